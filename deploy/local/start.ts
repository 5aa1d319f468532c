import { runCommand } from '#deploy/local/command.ts';
import type { StartNetwork } from '#deploy/local/network-contract.ts';
import { runUntilStopped } from '#deploy/local/run.ts';
import { parseStartOptions } from '#deploy/local/start-options.ts';

async function loadNetwork(): Promise<StartNetwork> {
  const { startNetwork } = await import('#deploy/local/network.ts');
  return startNetwork;
}

await runCommand(() => runUntilStopped(parseStartOptions(process.argv.slice(2)), loadNetwork));
process.exit();
