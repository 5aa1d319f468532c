import type { Ready } from '#deploy/local/ready.ts';

/** The registry of this run, as the setup started it. */
const ready: Ready = JSON.parse(process.env.TEST_REGISTRY ?? '{}');

/** Address of the console. */
export const home = new URL('/', ready.graphUrl).href;

/** What the graph answers a demo identity, to be compared with what the console shows. Throws where it complains. */
export const ask = async (
  identity: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => {
  const token = ready.identities.find(({ name }) => name === identity)?.token;
  const response = await fetch(ready.graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};
