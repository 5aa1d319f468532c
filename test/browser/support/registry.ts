import type { Ready } from '#deploy/local/ready.ts';
import { answerOf } from './graph.ts';

/** The registry of this run, as the setup started it. */
const ready: Ready = JSON.parse(process.env.TEST_REGISTRY ?? '{}');

/** Address of the console. */
export const home = new URL('/', ready.graphUrl).href;

/** What the graph answers a demo identity, to be compared with what the console shows. Throws where it complains. */
export const ask = (
  identity: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => {
  const token = ready.identities.find(({ name }) => name === identity)?.token;
  return answerOf({ graphUrl: ready.graphUrl, token }, query, variables);
};
