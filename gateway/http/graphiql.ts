import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

type Page = { compressed: Buffer; etag: string; policy: string };

const policyOf = (html: string): string => {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text]) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')} 'wasm-unsafe-eval'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const render = async (): Promise<Page> => {
  // Nine megabytes of text, which only those who open the page need.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    endpoint: '/graphql',
    title: '学籍 GraphiQL',
    defaultQuery:
      '# 请在 Headers 中填写令牌 Put your token into Headers: {"authorization": "Bearer …"}\n{\n  viewer {\n    name\n    level\n  }\n}\n',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'headers',
    subscriptionsProtocol: 'GRAPHQL_SSE',
  });
  const compressed = await promisify(gzip)(html, { level: 9 });
  return {
    compressed,
    etag: `"${createHash('sha256').update(compressed).digest('base64url')}"`,
    policy: policyOf(html),
  };
};

/** Serves the page of GraphiQL: rendered and compressed once, at the first asking; it loads nothing from outside. */
export const createGraphiql = () => {
  let page: Promise<Page> | undefined;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    page ??= render();
    const { compressed, etag, policy } = await page;
    response.setHeader('content-security-policy', policy);
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-length', compressed.length);
    response.end(compressed);
  };
};
