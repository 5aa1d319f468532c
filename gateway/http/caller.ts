import type { IncomingMessage } from 'node:http';
import { isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { isPlainText } from '#libs/platform/subgraph/plain-text.ts';
import { outgoingTrace } from '#libs/platform/telemetry/spans.ts';
import { badRequest } from './refusal.ts';

/** Who sent a request, and the headers that travel on to the services. */
export type Caller = { actor: Actor | null; forwarded: Record<string, string> };

const longestPurpose = 1_000;

/** The purpose of a reading is text of the caller's, percent-encoded because headers are not. */
const isPurpose = (text: string): boolean => {
  try {
    const purpose = decodeURIComponent(text);
    return text.length <= longestPurpose && purpose.length > 0 && isPlainText(purpose);
  } catch {
    return false;
  }
};

/** A header that goes on where it fits; where it does not the request is refused with `otherwise`, or goes on without it. */
type Travelling = { name: string; fits(text: string): boolean; otherwise?: string };

const trace = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Every header of a caller that goes on to the services. */
const travelling: readonly Travelling[] = [
  { name: 'authorization', fits: (text) => text !== '' },
  {
    name: 'x-purpose',
    fits: isPurpose,
    otherwise: 'x-purpose 须为百分号编码的文本。 x-purpose must be percent-encoded text.',
  },
  {
    name: 'x-grant',
    fits: isUuid,
    otherwise: 'x-grant 须为批准的编号。 x-grant must be the id of a grant.',
  },
  { name: 'traceparent', fits: (text) => trace.test(text) },
];

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

const travellingOf = ({ headers }: Pick<IncomingMessage, 'headers'>): Record<string, string> => {
  const found: Record<string, string> = {};
  const problems: string[] = [];
  for (const { name, fits, otherwise } of travelling) {
    const text = one(headers[name]);
    if (text === undefined) continue;
    if (fits(text)) found[name] = text;
    else if (otherwise) problems.push(otherwise);
  }
  if (problems.length > 0) throw badRequest(problems.join(' '));
  return found;
};

/** Checks the token and gathers the headers; throws UNAUTHENTICATED for a bad token and BAD_REQUEST for bad headers. */
export const callerOf = async (
  tokens: Tokens,
  request: Pick<IncomingMessage, 'headers'>,
  operationId: string,
): Promise<Caller> => {
  const headers = travellingOf(request);
  return {
    actor: await tokens.actorFrom(request.headers.authorization),
    forwarded: { 'x-operation-id': operationId, ...headers, ...outgoingTrace() },
  };
};
