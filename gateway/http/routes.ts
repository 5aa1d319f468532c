import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'undici';
import type { Tokens } from '#libs/platform/actor/tokens.ts';
import type { GatewayConfig } from '../config.ts';
import { consoleRoutes } from '../console/serve/routes.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { CurrentGraph } from '../serving/current-graph.ts';
import { createCheckPage } from './check-page.ts';
import type { FileServices } from './file-services.ts';
import { filePath, passFile } from './files.ts';
import { createGraphiql } from './graphiql.ts';
import { answerGraphql } from './graphql.ts';
import { passPublished, publishedPaths } from './published.ts';
import type { Answer, Route } from './server.ts';

type Parts = {
  current: Pick<CurrentGraph, 'now'>;
  tokens: Tokens;
  rates: RateLimits;
  config: GatewayConfig;
  /** Undefined where the graph alone is served. */
  services: FileServices | undefined;
  metrics: GatewayMetrics;
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

/** Addresses of files, and of what everybody may see of certificates. */
const filesOf = (
  { files, certificates, tickets, figures }: FileServices,
  { tokens, rates, config }: Pick<Parts, 'tokens' | 'rates' | 'config'>,
): Route[] => {
  const fileOf =
    (service: Pool): Answer =>
    (request, response, operationId) =>
      passFile(
        { files: service, tokens, rates, most: config.MAX_UPLOAD_BYTES },
        request,
        response,
        pathOf(request),
        operationId,
      );
  const matchesFile = (folder: string) => (path: string) => path.startsWith(folder) && filePath.test(path);
  const gets = (service: Pool, ...folders: string[]): Route[] =>
    folders.map((folder) => ({ matches: matchesFile(folder), method: 'GET', answer: fileOf(service) }));
  return [
    { matches: matchesFile('/uploads/'), method: 'PUT', answer: fileOf(files) },
    ...gets(files, '/reports/', '/proofs/', '/attachments/'),
    ...gets(certificates, '/papers/', '/electronic/', '/pages/'),
    ...gets(tickets, '/slips/'),
    ...gets(figures, '/exports/'),
    {
      matches: (path) => publishedPaths.includes(path),
      method: 'GET',
      answer: (request, response) => passPublished(certificates, request, response, pathOf(request)),
    },
    { matches: exactly('/check'), method: 'GET', answer: createCheckPage() },
  ];
};

/** The page of GraphiQL. It holds nothing of the schema: that its user's token asks for. */
const editor = (): Route[] => [
  { matches: exactly('/graphiql'), method: 'GET', answer: createGraphiql() },
  // Reached where there is no console.
  {
    matches: exactly('/'),
    method: 'GET',
    answer: async (_, response) => void response.writeHead(302, { location: '/graphiql' }).end(),
  },
];

/** Every address of the gateway. */
export const routesOf = (parts: Parts): Route[] => {
  const { current, tokens, rates, config, services, metrics } = parts;
  return [
    {
      matches: exactly('/graphql'),
      method: '*',
      answer: (request, response, id) => {
        const { streams } = current.now();
        return streams.isAskedFor(request)
          ? streams.answer(request, response, id)
          : answerGraphql({ current, tokens, rates, config }, request, response, id);
      },
    },
    {
      matches: exactly('/graphql/stream'),
      method: '*',
      answer: (request, response, id) => current.now().streams.answer(request, response, id),
    },
    ...(services ? filesOf(services, parts) : []),
    ...(config.CONSOLE === 'on' ? consoleRoutes(config) : []),
    ...(config.GRAPHIQL === 'on' ? editor() : []),
    {
      matches: exactly('/healthz'),
      method: 'GET',
      answer: async (_, response) => plain(response, 200, 'ok'),
    },
    {
      matches: exactly('/readyz'),
      method: 'GET',
      answer: async (_, response) => {
        const ready = await current.now().isReady();
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
