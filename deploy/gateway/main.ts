import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GraphQLError } from 'graphql';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { ConfigError } from '#libs/platform/config/config.ts';
import { createLog } from '#libs/platform/log/log.ts';
import { serveSupergraph } from './serve.ts';

const usage = `npm run gateway -- --supergraph FILE [--port 4000] [--host 127.0.0.1] [--no-auth]

Serves any supergraph of Federation 2 at /graphql, without files, subscriptions or anything of the registry.
  --supergraph FILE   the composed supergraph; its subgraphs are at the addresses that it gives (@join__graph),
                      unless SUBGRAPH_URLS has others: {"name": "http://…/graphql"}. The file is followed: another
                      supergraph in it is served from then on, and one that cannot be is left alone
  --no-auth           checks no token and guards no field; otherwise OIDC_ISSUER, OIDC_JWKS_URL and OIDC_AUDIENCE
                      tell who is believed, and @authenticated, @requiresScopes and @policy are kept
Limits and the log are set by the variables of the gateway: MAX_DEPTH, MAX_COST, LOG_LEVEL, …`;

const options = {
  supergraph: { type: 'string' },
  port: { type: 'string', default: '4000' },
  host: { type: 'string', default: '127.0.0.1' },
  auth: { type: 'boolean', default: true },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const orderOf = (args: string[]) => {
  try {
    return parseArgs({ args, options, allowNegative: true }).values;
  } catch (error) {
    throw new Failure((error as Error).message, '', usage);
  }
};

const contentOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new Failure(`cannot read: ${file}`);
  });

const isMendable = (error: unknown): error is Error =>
  error instanceof ConfigError || error instanceof GraphQLError;

await runCommand(async () => {
  const { supergraph: file, port, host, auth, help } = orderOf(process.argv.slice(2));
  if (help) throw new Help(usage);
  if (file === undefined) throw new Failure('--supergraph FILE is needed', '', usage);
  const { env } = process;
  const log = createLog({ service: 'gateway', level: env.LOG_LEVEL ?? 'info' });
  const order = { supergraph: await contentOf(file), file, port: Number(port), host, auth, env, log };
  const gateway = await serveSupergraph(order).catch((error: unknown) => {
    throw isMendable(error) ? new Failure(error.message) : error;
  });
  log.info({ url: gateway.url, auth }, 'listening');
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopped.resolve());
  await stopped.promise;
  await gateway.close();
  return 0;
});
