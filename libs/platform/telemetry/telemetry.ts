/** What a process tells about itself as traces, and where to. */
export type TelemetryOptions = {
  /** Name of the process in the traces. */
  service: string;
  /** Base address of an OTLP collector over HTTP; nothing is loaded or recorded without one. */
  endpoint?: string;
  /** Share of new traces that is recorded, 0 to 1; a trace that a caller began is recorded as the caller says. */
  ratio?: number;
};

export type Telemetry = {
  /** Sends what is waiting and stops recording. */
  stop(): Promise<void>;
};

/** Starts recording traces where a collector is configured; the tracing SDK is loaded only then. */
export const startTelemetry = async ({ service, endpoint, ratio }: TelemetryOptions): Promise<Telemetry> => {
  if (endpoint === undefined) return { stop: async () => undefined };
  const { otlpExporter, startTracing } = await import('./sdk.ts');
  return startTracing({ service, ratio: ratio ?? 1, exporter: otlpExporter(endpoint) });
};
