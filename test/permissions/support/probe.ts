import { randomUUID } from 'node:crypto';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { TestNetwork } from '#test/support/network.ts';
import type { Asker } from './actors.ts';
import type { Truth } from './truth.ts';

/** An answer as bytes and as read. */
export type Reply = { status: number; text: string; data: Record<string, unknown> | null; codes: string[] };

export type Ask = (
  service: ServiceName,
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
) => Promise<Reply>;

export type Pick = { of<T>(all: readonly T[]): T; below(limit: number): number };

/** What a probe has at hand. `leak` notes something that the asker may not learn. */
export type Probing = { truth: Truth; asker: Asker; pick: Pick; ask: Ask; leak(what: string): void };

export type Probe = (probing: Probing) => Promise<void>;

/** Asks one subgraph over HTTP, as any program on the network could. */
export const asking =
  (network: TestNetwork, asker: Asker): Ask =>
  async (service, query, variables = {}, headers = {}) => {
    const response = await fetch(`${network.service(service).url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(asker.token === null ? {} : { authorization: `Bearer ${asker.token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const read = JSON.parse(text) as {
      data?: Record<string, unknown> | null;
      errors?: { extensions: { code: string } }[];
    };
    return {
      status: response.status,
      text,
      data: read.data ?? null,
      codes: (read.errors ?? []).map(({ extensions }) => extensions.code),
    };
  };

/** A reply without the words that the caller sent itself. */
export const without = ({ status, text }: Reply, ...sent: readonly string[]): string =>
  `${status} ${sent.reduce((rest, word) => (word === '' ? rest : rest.replaceAll(word, '·')), text)}`;

/** The refusals that an asker without a right may hear, and no other: of a service, or of the gateway before any is asked. */
export const refusals: readonly string[] = [
  'OUT_OF_JURISDICTION',
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
];

/**
 * What is somebody else's and what nobody has are answered alike, byte for byte but for the words that were sent.
 * Notes a leak otherwise, and where the answer is not a refusal though it must be one.
 */
export const sameAsNothing = async (
  probing: Probing,
  name: string,
  send: (word: string) => Promise<Reply>,
  foreign: string,
  nothing: string,
  mustRefuse = true,
): Promise<void> => {
  const [one, other] = [await send(foreign), await send(nothing)];
  if (without(one, foreign) !== without(other, nothing)) {
    probing.leak(
      `${name}: what exists is answered unlike what does not: ${without(one, foreign)} / ${without(other, nothing)}`,
    );
  }
  if (mustRefuse && !one.codes.some((code) => refusals.includes(code))) {
    probing.leak(`${name}: answered instead of refused: ${without(one, foreign).slice(0, 200)}`);
  }
  if (one.codes.includes('INTERNAL')) probing.leak(`${name}: ended in a fault`);
};

export const nowhere = (): string => randomUUID();
export const noSchool = '2199999999';
export const noUnit = '149998';
