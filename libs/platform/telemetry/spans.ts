import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TimeInput,
  trace,
} from '@opentelemetry/api';
import type { SpanFacts } from './attributes.ts';
import { isRecording } from './switched-tracers.ts';

export type Traced = {
  kind?: SpanKind;
  facts?: SpanFacts;
  /** What the span belongs to; what is under way here unless told otherwise. */
  parent?: Context;
  links?: Link[];
  startTime?: TimeInput;
};

const tracer = () => trace.getTracer('xueji');

/** Code or name of a failure; never its text, which may quote values. */
const errorType = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return typeof error;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'object';
};

/** Marks a span as failed, by code alone. */
export const markFailed = (span: Span, error: unknown): void => {
  span.setAttribute('error.type', errorType(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
};

/** Takes what it is told and keeps nothing. */
const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Does the work within a span, which ends with it. Where nothing is recorded it is the work and nothing else. */
export const inSpan = <T>(name: string, traced: Traced, work: (span: Span) => Promise<T>): Promise<T> => {
  if (!isRecording()) return work(noSpan);
  const { kind = SpanKind.INTERNAL, facts, links, startTime } = traced;
  const options = { kind, attributes: facts, links, startTime };
  return tracer().startActiveSpan(name, options, traced.parent ?? context.active(), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
};

/** A span that is over already: something that happened to one trace while it was done for many. */
export const recordSpan = (name: string, traced: Traced): void => {
  const { kind = SpanKind.INTERNAL, facts, links, startTime } = traced;
  tracer().startSpan(name, { kind, attributes: facts, links, startTime }, traced.parent).end();
};

/** Whether what is under way here is being recorded. */
export const isTraced = (): boolean => isRecording() && (trace.getActiveSpan()?.isRecording() ?? false);

type Carrier = { traceparent?: string };

/** The trace context to send along, in W3C form; nothing while no trace is under way. */
export const outgoingTrace = (): Carrier => {
  const carrier: Carrier = {};
  if (!isRecording()) return carrier;
  propagation.inject(context.active(), carrier, {
    set: (target, key, value) => {
      if (key === 'traceparent') target.traceparent = value;
    },
  });
  return carrier;
};

/** As `outgoingTrace`, for what is kept: only a trace that is recorded is worth its bytes. */
export const keptTrace = (): Carrier => (isTraced() ? outgoingTrace() : {});

/** The context that a received `traceparent` names; the root where there is none or it is not one. */
export const contextOf = (traceparent: unknown): Context =>
  typeof traceparent === 'string' && traceparent !== ''
    ? propagation.extract(ROOT_CONTEXT, { traceparent })
    : ROOT_CONTEXT;

/** Does the work as part of the trace that a received `traceparent` names. */
export const continuing = <T>(traceparent: unknown, work: () => Promise<T>): Promise<T> =>
  context.with(contextOf(traceparent), work);

/** Ids of what is under way, as log lines carry them. */
export const traceIds = (): { trace_id: string; span_id: string } | undefined => {
  const current = trace.getActiveSpan()?.spanContext();
  return current && trace.isSpanContextValid(current)
    ? { trace_id: current.traceId, span_id: current.spanId }
    : undefined;
};
