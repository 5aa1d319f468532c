import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';

const nobody: TracerProvider = new ProxyTracerProvider();
let recording = nobody;

/** Libraries keep the tracer that they got first: this one asks for each span who records now. */
const switched: TracerProvider = {
  getTracer: (name, version, options): Tracer => {
    const now = () => recording.getTracer(name, version, options);
    return {
      startSpan: (...span) => now().startSpan(...span),
      startActiveSpan: (...span: unknown[]) =>
        (now().startActiveSpan as (...of: unknown[]) => never).apply(now(), span),
    };
  },
};

/** Whether spans of this process go anywhere. */
export const isRecording = (): boolean => recording !== nobody;

/** From now on spans of this process go to `provider`; returns how to end that. */
export const recordWith = (provider: TracerProvider): (() => void) => {
  trace.setGlobalTracerProvider(switched);
  recording = provider;
  return () => {
    if (recording === provider) recording = nobody;
  };
};
