import { GatewayConfig } from '#gateway/config.ts';
import type { Graph } from '#gateway/federation/graph.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import { readConfig } from '#libs/platform/config/config.ts';
import { type Log, silentLog } from '#libs/platform/log/log.ts';
import type { NetworkPlan } from './services.ts';

export type Front = {
  subgraphs: readonly { name: string; url: string }[];
  /** Variables beside those that follow from the plan. */
  environment?: Partial<Record<keyof GatewayConfig, string>>;
  log?: Log;
  /** What the gateway stands before, where it was loaded already. */
  graph?: Graph;
};

/** Rates that nothing reaches, for runs that ask faster than anybody may: a benchmark, a year in minutes. */
export const anyRate = { RATE_PER_CALLER: '1000000000', RATE_PER_UNIT: '1000000000' } as const;

/** Starts the gateway before the services of a network; on a free port unless told otherwise. */
export const startFront = (
  { nats, oidc }: Pick<NetworkPlan, 'nats' | 'oidc'>,
  { subgraphs, environment = {}, log = silentLog, graph }: Front,
): Promise<RunningGateway> => {
  const urls = Object.fromEntries(subgraphs.map(({ name, url }) => [name, `${url}/graphql`]));
  const config = readConfig(GatewayConfig, {
    PORT: '0',
    SUBGRAPH_URLS: JSON.stringify(urls),
    FILES_URL: subgraphs.find(({ name }) => name === 'enrollment')?.url,
    OIDC_ISSUER: oidc.issuer,
    OIDC_JWKS_URL: oidc.jwksUrl,
    OIDC_AUDIENCE: oidc.audience,
    NATS_URL: nats.url,
    NATS_USER: nats.user,
    NATS_PASSWORD: nats.password,
    NATS_PREFIX: nats.prefix,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  return startGateway(config, { log, graph });
};
