import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import { contextOf, inSpan } from './spans.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const routes: readonly [RegExp, string][] = [
  [/^\/graphql$/, '/graphql'],
  [new RegExp(`^/uploads/${uuid.source}$`), '/uploads/:id'],
  [new RegExp(`^/reports/${uuid.source}$`), '/reports/:id'],
  [new RegExp(`^/papers/${uuid.source}$`), '/papers/:id'],
  [new RegExp(`^/electronic/${uuid.source}$`), '/electronic/:id'],
  [new RegExp(`^/pages/${uuid.source}$`), '/pages/:id'],
  [new RegExp(`^/proofs/${uuid.source}$`), '/proofs/:id'],
];
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT']);

/** The route that a path stands for; `undefined` for everything that is not worth a trace or not ours. */
export const routeOf = (path: string): string | undefined => routes.find(([form]) => form.test(path))?.[1];

/**
 * Answers one request within a server span that continues the caller's trace. Probes, live streams and unknown paths
 * make no span; what a caller wrote into path or method becomes none of its attributes.
 */
export const serving = (
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> => {
  const route = routeOf((request.url ?? '/').split('?')[0] ?? '/');
  if (route === undefined) return work();
  const method = methods.has(request.method ?? '') ? String(request.method) : 'OTHER';
  const facts = { 'http.request.method': method, 'http.route': route };
  const parent = contextOf(request.headers.traceparent);
  return inSpan(`${method} ${route}`, { kind: SpanKind.SERVER, facts, parent }, async (span) => {
    await work();
    span.setAttribute('http.response.status_code', response.statusCode);
  });
};
