import type { GraphQLFormattedError } from 'graphql';
import { composeSupergraph } from '#gateway/compose.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { loadGraph } from '#gateway/federation/graph.ts';
import type { LiveTime } from '#gateway/live/view.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import type { Log } from '#libs/platform/log/log.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { startGraph, type TestGraph } from './graph.ts';
import { createLocalBus } from './local-bus.ts';
import { audience, createSigner, issuer, type Signer } from './signer.ts';

export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  data: Record<string, unknown> | null | undefined;
  errors: GraphQLFormattedError[] | undefined;
};

export type TestNetwork = TestGraph &
  Signer & {
    gateway: RunningGateway;
    bus: ReturnType<typeof createLocalBus>;
    /** Sends an operation by POST. */
    ask(
      query: string,
      options?: { bearer?: string; variables?: Record<string, unknown>; headers?: Record<string, string> },
    ): Promise<Answer>;
    /** Sends any request. */
    send(path: string, init?: RequestInit): Promise<Answer>;
    /** Another gateway over the same graph; closed with the network. */
    another(settings: Partial<Record<keyof GatewayConfig, string>>): Promise<RunningGateway>;
    stop(): Promise<void>;
  };

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, data: json.data, errors: json.errors };
};

/** A gateway over the small graph, with its subgraphs, tokens and signals. */
export const startNetwork = async (
  settings: Partial<Record<keyof GatewayConfig, string>> = {},
  { bus: kind, ...parts }: { time?: LiveTime; log?: Log; bus?: 'local' | 'nats' } = {},
): Promise<TestNetwork> => {
  const [graph, signer] = await Promise.all([startGraph(), createSigner()]);
  const loaded = await loadGraph(composeSupergraph([graph.people, graph.places]), silentLog);
  const bus = createLocalBus();
  const gateways: RunningGateway[] = [];
  const another = async (more: Partial<Record<keyof GatewayConfig, string>>): Promise<RunningGateway> => {
    const config = GatewayConfig.parse({
      PORT: '0',
      SUBGRAPH_URLS: JSON.stringify({ people: graph.people.url, places: graph.places.url }),
      FILES_URL: 'http://127.0.0.1:9',
      OIDC_ISSUER: issuer,
      OIDC_JWKS_URL: `${issuer}/jwks`,
      OIDC_AUDIENCE: audience,
      NATS_URL: 'nats://127.0.0.1:9',
      ...settings,
      ...more,
    });
    const started = await startGateway(config, {
      log: silentLog,
      tokens: signer.tokens,
      graph: loaded,
      ...(kind === 'nats' ? {} : { bus }),
      ...parts,
    });
    gateways.push(started);
    return started;
  };
  const gateway = await another({});
  const send: TestNetwork['send'] = async (path, init) =>
    answerOf(await fetch(`${gateway.url}${path}`, init));
  return {
    ...graph,
    ...signer,
    gateway,
    bus,
    another,
    send,
    ask: (query, { bearer, variables, headers } = {}) =>
      send('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer ? { authorization: bearer } : {}),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      }),
    stop: async () => {
      await Promise.all(gateways.map((one) => one.close()));
      await Promise.all([graph.people.stop(), graph.places.stop()]);
    },
  };
};
