import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import type { Pool } from 'undici';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import type { Streams } from '../live/stream.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Operations } from '../operation/operations.ts';
import { createCheckPage } from './check-page.ts';
import { filePath, passFile } from './files.ts';
import { createGraphiql } from './graphiql.ts';
import { answerGraphql } from './graphql.ts';
import { passPublished, publishedPaths } from './published.ts';
import type { Answer, Route } from './server.ts';

type Parts = {
  apollo: ApolloServer<GatewayContext>;
  operations: Operations;
  tokens: Tokens;
  config: GatewayConfig;
  files: Pool;
  certificates: Pool;
  tickets: Pool;
  streams: Streams;
  metrics: GatewayMetrics;
  isReady(): Promise<boolean>;
};

const exactly =
  (wanted: string) =>
  (path: string): boolean =>
    path === wanted;

const plain = (
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void => {
  response.writeHead(status, { 'content-type': type }).end(text);
};

/** Every address of the gateway. */
export const routesOf = (parts: Parts): Route[] => {
  const { apollo, operations, tokens, config, files, certificates, tickets, streams, metrics, isReady } =
    parts;
  const graphiql = createGraphiql();
  const fileOf =
    (service: Pool): Answer =>
    (request, response, operationId) =>
      passFile(
        { files: service, tokens, most: config.MAX_UPLOAD_BYTES },
        request,
        response,
        pathOf(request),
        operationId,
      );
  const matchesFile = (folder: string) => (path: string) => path.startsWith(folder) && filePath.test(path);
  return [
    {
      matches: exactly('/graphql'),
      method: '*',
      answer: (request, response, id) =>
        answerGraphql({ apollo, operations, tokens, config }, request, response, id),
    },
    { matches: exactly('/graphql/stream'), method: '*', answer: streams.answer },
    { matches: matchesFile('/uploads/'), method: 'PUT', answer: fileOf(files) },
    { matches: matchesFile('/reports/'), method: 'GET', answer: fileOf(files) },
    ...['/papers/', '/electronic/', '/pages/'].map(
      (folder): Route => ({ matches: matchesFile(folder), method: 'GET', answer: fileOf(certificates) }),
    ),
    ...['/proofs/', '/attachments/'].map(
      (folder): Route => ({ matches: matchesFile(folder), method: 'GET', answer: fileOf(files) }),
    ),
    { matches: matchesFile('/slips/'), method: 'GET', answer: fileOf(tickets) },
    {
      matches: (path) => publishedPaths.includes(path),
      method: 'GET',
      answer: (request, response) => passPublished(certificates, request, response, pathOf(request)),
    },
    { matches: exactly('/graphiql'), method: 'GET', answer: graphiql },
    { matches: exactly('/check'), method: 'GET', answer: createCheckPage() },
    {
      matches: exactly('/'),
      method: 'GET',
      answer: async (_, response) => void response.writeHead(302, { location: '/graphiql' }).end(),
    },
    {
      matches: exactly('/healthz'),
      method: 'GET',
      answer: async (_, response) => plain(response, 200, 'ok'),
    },
    {
      matches: exactly('/readyz'),
      method: 'GET',
      answer: async (_, response) => {
        const ready = await isReady();
        plain(response, ready ? 200 : 503, ready ? 'ready' : 'not ready');
      },
    },
    {
      matches: exactly('/metrics'),
      method: 'GET',
      answer: async (_, response) =>
        plain(response, 200, await metrics.registry.metrics(), metrics.registry.contentType),
    },
  ];
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';
