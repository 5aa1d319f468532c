import { readConfig } from '#libs/platform/config/config.ts';
import { createLog } from '#libs/platform/log/log.ts';
import { startTelemetry } from '#libs/platform/telemetry/telemetry.ts';
import { GatewayConfig } from './config.ts';
import { rereadAtHangup } from './serving/supergraph-file.ts';
import { startGateway } from './start.ts';

const config = readConfig(GatewayConfig, process.env);
const log = createLog({ service: 'gateway', level: config.LOG_LEVEL });
const telemetry = await startTelemetry({
  service: 'gateway',
  endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  ratio: config.OTEL_TRACES_SAMPLER_ARG,
});
const gateway = await startGateway(config, { log });
log.info({ url: gateway.url }, 'listening');

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  gateway
    .close()
    .then(telemetry.stop)
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
};
rereadAtHangup(process, config.SUPERGRAPH_FILE, (supergraph) => void gateway.replace(supergraph), log);
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
