import { ConfigError, readConfig, ServiceConfig } from '../config/config.ts';
import { startTelemetry } from '../telemetry/telemetry.ts';
import type { RequestContext } from './context.ts';
import type { ServiceDefinition } from './definition.ts';
import { startService } from './start.ts';

/** What a service tells the process that started it, over the channel between them. */
export type Listening = { listening: string };

/**
 * Runs a service as a process of its own: configuration from the environment (all problems at once), an orderly
 * stop on SIGTERM and SIGINT, and when the process that started it is gone.
 */
export const runService = async <Context extends RequestContext>(
  definition: ServiceDefinition<Context>,
): Promise<void> => {
  try {
    const config = readConfig(ServiceConfig, process.env);
    const telemetry = await startTelemetry({
      service: definition.name,
      endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
      ratio: config.OTEL_TRACES_SAMPLER_ARG,
    });
    const running = await startService(definition, config);
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      running
        .stop()
        .then(telemetry.stop)
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    process.once('disconnect', stop);
    process.send?.({ listening: running.url } satisfies Listening);
    running.core.log.info({ url: running.url }, 'listening');
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${definition.name}: ${error.message}\n`);
    else process.stderr.write(`${definition.name} could not start: ${String(error)}\n`);
    process.exit(1);
  }
};
