import type { Attributes } from '@opentelemetry/api';

/**
 * Every attribute that a span may carry out of the process. Names follow the OpenTelemetry semantic conventions where
 * there is one. Values are words of the program: routes, statement texts, subjects, kinds of events, codes.
 */
export const spanAttributes = [
  'db.query.text',
  'db.system.name',
  'error.type',
  'graphql.operation.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.batch.message_count',
  'messaging.destination.name',
  'messaging.operation.type',
  'messaging.system',
  'service',
  'xueji.consumer',
  'xueji.event.type',
  'xueji.operation_id',
  'xueji.source',
] as const;

export type SpanAttribute = (typeof spanAttributes)[number];
export type SpanFacts = Partial<Record<SpanAttribute, string | number>>;

const allowed: ReadonlySet<string> = new Set(spanAttributes);

/** Long numbers are nothing that a word of the program holds: ID numbers, student numbers, telephone numbers. */
const longNumber = /\d{11,}[Xx]?/g;

/** What may leave of a span's attributes: the known names alone, their texts without long numbers (PRV-14). */
export const withoutPersonalData = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => allowed.has(name))
      .map(([name, value]) => [name, typeof value === 'string' ? value.replaceAll(longNumber, '…') : value]),
  );
