import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { cleaned } from './clean-exporter.ts';
import { recordWith } from './switched-tracers.ts';
import type { Telemetry } from './telemetry.ts';

export type TracingOptions = {
  service: string;
  ratio: number;
  exporter: SpanExporter;
  /** How spans reach the exporter; in batches unless told otherwise. */
  processor?: (exporter: SpanExporter) => SpanProcessor;
};

/** A collector that does not answer holds up the end of the process no longer than this (milliseconds). */
const exportTimeout = 3_000;

/** An exporter to an OTLP collector over HTTP, at the standard path below its base address. */
export const otlpExporter = (endpoint: string): SpanExporter =>
  new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: exportTimeout });

/** Records traces of this process and hands them, without personal data, to the exporter. One at a time. */
export const startTracing = (options: TracingOptions): Telemetry => {
  const { service, ratio, exporter, processor = (to) => new BatchSpanProcessor(to) } = options;
  const provider = new BasicTracerProvider({
    resource: new Resource({ 'service.name': service, 'service.namespace': 'xueji' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [processor(cleaned(exporter))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const stopRecording = recordWith(provider);
  return {
    stop: async () => {
      // A collector that is gone costs its spans, not an orderly end.
      await provider.shutdown().catch(() => undefined);
      stopRecording();
      context.disable();
      propagation.disable();
    },
  };
};
