import { Pool } from 'undici';
import { Failure } from '#deploy/local/failure.ts';
import type { Registry } from '#deploy/local/import/registry.ts';

type Answer<Data> = { data?: Data | null; errors?: { message: string }[] };

/** One caller's connections to the graph, with as little work of the load's own as can be. */
export type GraphClient = {
  /** Throws `Failure` with the first error of the graph. */
  ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
  close(): Promise<void>;
};

export const openGraph = ({ graphUrl, token }: Registry, connections: number): GraphClient => {
  const { origin, pathname } = new URL(graphUrl);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return {
    ask: async <Data>(query: string, variables: Record<string, unknown>): Promise<Data> => {
      const body = JSON.stringify({ query, variables });
      const response = await pool.request({ method: 'POST', path: pathname, headers, body });
      const { data, errors } = (await response.body.json()) as Answer<Data>;
      const [error] = errors ?? [];
      if (error !== undefined || !data) {
        throw new Failure(`The graph answered ${response.statusCode}: ${error?.message ?? 'no data'}`);
      }
      return data;
    },
    close: () => pool.close(),
  };
};
