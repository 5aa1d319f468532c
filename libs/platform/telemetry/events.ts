import { type Link, SpanKind, trace } from '@opentelemetry/api';
import type { SpanFacts } from './attributes.ts';
import { contextOf, inSpan, recordSpan } from './spans.ts';

/** What is done with a run of events at once. */
export type EventWork = { verb: 'publish' | 'apply'; facts: SpanFacts };

type Traceable = { type?: unknown; traceparent?: unknown };

/** Most events of one run that are followed each for itself. */
const mostFollowed = 128;

const typeOf = (event: Traceable): string =>
  typeof event.type === 'string' && /^[\w.-]{1,80}$/.test(event.type) ? event.type : 'unknown';

const linkTo = (event: Traceable): Link[] => {
  const spanContext = trace.getSpanContext(contextOf(event.traceparent));
  return spanContext ? [{ context: spanContext }] : [];
};

const traceOf = (event: Traceable): string | undefined =>
  trace.getSpanContext(contextOf(event.traceparent))?.traceId;

/**
 * Does the work for a run of events as part of their traces. Events of one trace: the work is a span of that trace.
 * Of several: the work is a span of its own, linked to the events, and each event's trace gets a span that links to it.
 * Events without a trace make no span, so that an unobserved run costs nothing.
 */
export const onBehalfOf = <T>(
  { verb, facts }: EventWork,
  events: readonly (Traceable | null | undefined)[],
  work: () => Promise<T>,
): Promise<T> => {
  const traced = events.flatMap((event) => (event && traceOf(event) !== undefined ? [event] : []));
  const [first] = traced;
  if (first === undefined) return work();
  const kind = verb === 'publish' ? SpanKind.PRODUCER : SpanKind.CONSUMER;
  const common: SpanFacts = {
    ...facts,
    'messaging.system': 'nats',
    'messaging.operation.type': verb === 'publish' ? 'send' : 'process',
  };
  const batch = { ...common, 'messaging.batch.message_count': events.length };
  if (traced.every((event) => traceOf(event) === traceOf(first))) {
    const parent = contextOf(first.traceparent);
    return inSpan(`${verb} ${typeOf(first)}`, { kind, facts: batch, parent }, work);
  }
  const followed = traced.slice(0, mostFollowed);
  const startTime = Date.now();
  return inSpan(`${verb} batch`, { kind, facts: batch, links: followed.flatMap(linkTo) }, async (span) => {
    const result = await work();
    for (const event of followed) {
      recordSpan(`${verb} ${typeOf(event)}`, {
        kind,
        startTime,
        parent: contextOf(event.traceparent),
        facts: { ...common, 'xueji.event.type': typeOf(event) },
        links: [{ context: span.spanContext() }],
      });
    }
    return result;
  });
};
