import { Failure } from '#deploy/local/failure.ts';
import type { StartNetwork } from '#deploy/local/network-contract.ts';
import { runUntilStopped } from '#deploy/local/run.ts';
import { parseStartOptions } from '#deploy/local/start-options.ts';

async function loadNetwork(): Promise<StartNetwork> {
  const { startNetwork } = await import('#deploy/local/network.ts');
  return startNetwork;
}

try {
  process.exit(await runUntilStopped(parseStartOptions(process.argv.slice(2)), loadNetwork));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exit(1);
}
