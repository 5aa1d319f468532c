import type { GraphQLFormattedError } from 'graphql';

/** Answer of a gateway to one operation. */
export type Told = {
  status: number;
  headers: Headers;
  text: string;
  data: Record<string, unknown> | null | undefined;
  errors: GraphQLFormattedError[];
};

/** Sends an operation to any gateway by POST. */
export const askAt = async (
  gateway: { url: string },
  query: string,
  headers: Record<string, string> = {},
  variables: Record<string, unknown> = {},
): Promise<Told> => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, data, errors };
};

/** Places and facts of the errors. */
export const placesOf = ({ errors }: Told): unknown[] =>
  errors.map(({ path, extensions }) => [path, extensions]);

/** The number that a series of a gateway's metrics has; 0 where there is none. */
export const metricOf = async (gateway: { url: string }, series: string): Promise<number> => {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length) ?? 0);
};
