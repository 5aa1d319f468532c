import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { withoutPersonalData } from './attributes.ts';

/** A span as it may leave: known attributes only, no events (exceptions quote texts), no text of a status. */
const clean = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    attributes: { value: withoutPersonalData(span.attributes), enumerable: true },
    events: { value: [], enumerable: true },
    status: { value: { code: span.status.code }, enumerable: true },
    links: {
      value: span.links.map((link) => ({ context: link.context })),
      enumerable: true,
    },
  }) as ReadableSpan;

/**
 * Takes out of every span what could be personal data, whoever recorded it: libraries write documents, operation names
 * and texts of errors into theirs (PRV-14).
 */
export const cleaned = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(clean), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
});
