import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '../../config.ts';
import { notFound } from '../../http/refusal.ts';
import type { Route } from '../../http/server.ts';
import { sections } from '../sections.ts';
import { type BuiltFile, type BuiltFiles, readBuiltFiles } from './built-files.ts';
import { encodingFor } from './encoding.ts';
import { notBuiltPage } from './not-built.ts';

type Settings = Pick<GatewayConfig, 'CONSOLE_FOLDER' | 'CONSOLE_CLIENT_ID' | 'CONSOLE_SCOPE' | 'OIDC_ISSUER'>;

const hashed = '/assets/';
const shownAt = new RegExp(`^/(?:(?:${sections.join('|')})(?:/.*)?)?$`);

/**
 * Scripts and requests go to the gateway and to the issuer alone. Styles may be written by scripts, as Ant Design and
 * the tips of charts do; no script may.
 */
const policyOf = ({ OIDC_ISSUER }: Settings): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${new URL(OIDC_ISSUER).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const send = (request: IncomingMessage, response: ServerResponse, file: BuiltFile, caching: string): void => {
  response.setHeader('cache-control', caching);
  response.setHeader('etag', file.etag);
  response.setHeader('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const encoding = encodingFor(request.headers['accept-encoding'], file);
  const body = file.bodies[encoding] ?? file.bodies.identity;
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(200, { 'content-type': file.type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

/** Addresses of the console: its page, for every section and what is below; its files; where it has its users sign in. */
export const consoleRoutes = (settings: Settings): Route[] => {
  let built: BuiltFiles | undefined;
  const files = async (): Promise<BuiltFiles | undefined> => {
    built ??= await readBuiltFiles(settings.CONSOLE_FOLDER);
    return built;
  };
  const policy = policyOf(settings);
  const told = JSON.stringify({
    issuer: settings.OIDC_ISSUER,
    clientId: settings.CONSOLE_CLIENT_ID,
    scope: settings.CONSOLE_SCOPE,
  });
  return [
    {
      matches: (path) => shownAt.test(path),
      method: 'GET',
      answer: async (request, response) => {
        const page = (await files())?.get('/index.html');
        if (page) {
          response.setHeader('content-security-policy', policy);
          send(request, response, page, 'no-cache');
          return;
        }
        response.writeHead(503, { 'content-type': 'text/html; charset=utf-8' }).end(notBuiltPage);
      },
    },
    {
      matches: (path) => path.startsWith(hashed) || path === '/icon.svg',
      method: 'GET',
      answer: async (request, response) => {
        const path = pathOf(request);
        const file = (await files())?.get(path);
        if (!file) throw notFound();
        send(
          request,
          response,
          file,
          path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        );
      },
    },
    {
      matches: (path) => path === '/console.json',
      method: 'GET',
      answer: async (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
          .end(told),
    },
  ];
};
