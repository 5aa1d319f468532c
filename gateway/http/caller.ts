import type { IncomingMessage } from 'node:http';
import { isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import { isPlainText } from '#libs/platform/subgraph/plain-text.ts';
import { outgoingTrace } from '#libs/platform/telemetry/spans.ts';
import { badRequest } from './refusal.ts';

/** Who sent a request, and the headers that travel on to the services. */
export type Caller = { actor: Actor | null; forwarded: Record<string, string> };

const trace = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const longestPurpose = 1_000;

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Checks the token and gathers the headers; throws UNAUTHENTICATED for a bad token and BAD_REQUEST for a bad purpose. */
export const callerOf = async (
  tokens: Tokens,
  request: Pick<IncomingMessage, 'headers'>,
  operationId: string,
): Promise<Caller> => {
  const { authorization, traceparent } = request.headers;
  const purpose = one(request.headers['x-purpose']);
  const traced = one(traceparent);
  const grant = one(request.headers['x-grant']);
  if (grant !== undefined && !isUuid(grant)) {
    throw badRequest('x-grant 须为批准的编号。 x-grant must be the id of a grant.');
  }
  if (purpose !== undefined && !isPurpose(purpose)) {
    throw badRequest('x-purpose 须为百分号编码的文本。 x-purpose must be percent-encoded text.');
  }
  return {
    actor: await tokens.actorFrom(authorization),
    forwarded: {
      'x-operation-id': operationId,
      ...(authorization ? { authorization } : {}),
      ...(purpose ? { 'x-purpose': purpose } : {}),
      ...(grant ? { 'x-grant': grant } : {}),
      ...(traced && trace.test(traced) ? { traceparent: traced } : {}),
      ...outgoingTrace(),
    },
  };
};

/** The purpose of a reading is text of the caller's, percent-encoded because headers are not. */
const isPurpose = (text: string): boolean => {
  try {
    const purpose = decodeURIComponent(text);
    return text.length <= longestPurpose && purpose.length > 0 && isPlainText(purpose);
  } catch {
    return false;
  }
};
