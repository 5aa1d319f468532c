import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { AppError } from '../errors/errors.ts';
import { limitRule } from '../limits/limits.ts';
import type { Log } from '../log/log.ts';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore, ServiceParts } from '../service/definition.ts';
import { serving } from '../telemetry/http.ts';
import { Abandoned, createEffort } from './effort.ts';
import { errorFormatter } from './errors.ts';
import { maxTokens, mostObjects, subgraphLimits } from './limits.ts';
import { plainJson } from './plain-json.ts';
import { baseContext } from './request.ts';
import { screening } from './screening.ts';
import { trailPlugin } from './trail-plugin.ts';
import { wholeAnswer } from './whole-answer.ts';

export type Listening = { url: string; close(): Promise<void> };

const jsonType = /^application\/json\s*(;|$)/i;
const largestBody = 4_000_000;
/** A large workbook over a slow line takes its time (milliseconds). */
const longestRequest = 900_000;

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
};

const headersOf = (request: IncomingMessage): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
};

const reply = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
};

const refusalOf = ({ message, code, details }: AppError): string =>
  JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] });

/** Texts of the GraphQL server may quote values: what is logged of them is that there was one. */
const wordless = (log: Log) => {
  const tell = (level: 'debug' | 'info' | 'warn' | 'error') => () =>
    log[level]('the GraphQL server had something to say');
  return { debug: tell('debug'), info: tell('debug'), warn: tell('warn'), error: tell('error') };
};

type Ready = () => Promise<boolean>;

/** The HTTP side of one service: its subgraph, health, readiness, metrics and routes of its own. */
export const listen = async <Context extends RequestContext>(
  core: ServiceCore,
  schema: GraphQLSchema,
  parts: ServiceParts<Context>,
  isReady: Ready,
): Promise<Listening> => {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens },
    validationRules: [limitRule(subgraphLimits)],
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    formatError: errorFormatter(core.log),
    plugins: [
      screening<Context>(),
      trailPlugin<Context>(core),
      plainJson<Context>(),
      wholeAnswer<Context>(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    stopOnTerminationSignals: false,
    logger: wordless(core.log),
  });
  await apollo.start();

  const graphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const begun = performance.now();
    const effort = createEffort(mostObjects);
    response.once('close', () => {
      if (!response.writableFinished) effort.abandon();
    });
    const running = apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: new URL(request.url ?? '/', 'http://service').search,
        body,
      },
      context: async () => parts.contextOf(await baseContext(core, request, effort, parts.disclosed)),
    });
    const answer = await Promise.race([running, effort.over]).catch((error: unknown) => {
      if (!(error instanceof AppError || error instanceof Abandoned)) throw error;
      const outcome = error instanceof Abandoned ? 'abandoned' : 'errors';
      const seconds = (performance.now() - begun) / 1000;
      core.metrics.operations.observe({ operation: 'graphql', outcome }, seconds);
      if (error instanceof AppError) reply(response, 400, 'application/json', refusalOf(error));
      return undefined;
    });
    if (answer === undefined) return;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') response.end(answer.body.string);
    else {
      for await (const chunk of answer.body.asyncIterator) response.write(chunk);
      response.end();
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/graphql' && request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return reply(response, 405, 'text/plain', 'POST only');
    }
    if (path === '/graphql' && !jsonType.test(request.headers['content-type'] ?? '')) {
      return reply(response, 415, 'text/plain', 'application/json only');
    }
    if (path === '/graphql') return graphql(request, response);
    if (path === '/healthz') return reply(response, 200, 'text/plain', 'ok');
    if (path === '/readyz') {
      const ready = await isReady();
      return reply(response, ready ? 200 : 503, 'text/plain', ready ? 'ready' : 'not ready');
    }
    if (path === '/metrics') {
      return reply(response, 200, core.metrics.registry.contentType, await core.metrics.registry.metrics());
    }
    for (const route of parts.routes ?? []) if (await route(request, response)) return;
    reply(response, 404, 'text/plain', 'not found');
  };

  const server: Server = createServer((request, response) => {
    serving(request, response, () => handle(request, response)).catch(() => {
      if (!response.headersSent) reply(response, 400, 'text/plain', 'bad request');
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = longestRequest;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(core.config.PORT, core.config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${core.config.HOST}:${port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      });
      await apollo.stop();
    },
  };
};
