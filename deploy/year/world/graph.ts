import type { Desk } from './desks.ts';

/** An error of the graph, as far as the year looks at it. */
export type GraphFault = { code: string; message: string; problems: string[] };
export type Answer<Data> = { data: Data | null; faults: GraphFault[] };

/** The public graph, in the name of whoever asks. */
export type Graph = {
  ask<Data>(who: Desk | null, document: string, variables?: Record<string, unknown>): Promise<Answer<Data>>;
  /** Sends the bytes of a file to the address that the graph gave for it. */
  send(url: string, bytes: Buffer): Promise<number>;
  /** Mutations that were sent so far. */
  sent(): number;
};

type Wire = {
  data?: unknown;
  errors?: {
    message: string;
    extensions?: { code?: string; problems?: { code?: string; path?: string[] }[] };
  }[];
};

/** @param tokenFor a signed token with these claims; asked once for each login and its claims */
export const graphAt = (url: string, tokenFor: (claims: Desk) => Promise<string>): Graph => {
  const tokens = new Map<string, Promise<string>>();
  let sent = 0;
  const tokenOf = (who: Desk): Promise<string> => {
    const name = JSON.stringify(who);
    const token = tokens.get(name) ?? tokenFor(who);
    tokens.set(name, token);
    return token;
  };
  return {
    sent: () => sent,
    ask: async <Data>(who: Desk | null, document: string, variables: Record<string, unknown> = {}) => {
      if (document.startsWith('mutation')) sent++;
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-purpose': 'registration work',
          ...(who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` }),
        },
        body: JSON.stringify({ query: document, variables }),
      });
      const { data = null, errors = [] } = (await response.json()) as Wire;
      const faults = errors.map(({ message, extensions }) => ({
        message,
        code: extensions?.code ?? 'UNKNOWN',
        problems: (extensions?.problems ?? []).map(
          ({ code, path }) => `${(path ?? []).join('.')}:${code ?? ''}`,
        ),
      }));
      return { data: data as Data | null, faults };
    },
    send: async (address, bytes) => {
      const { pathname, search } = new URL(address);
      const response = await fetch(new URL(`${pathname}${search}`, url), {
        method: 'PUT',
        body: new Uint8Array(bytes),
      });
      await response.body?.cancel();
      return response.status;
    },
  };
};
