import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localPaths, projectRoot } from '#deploy/local/state.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { carryOut } from './carry-out.ts';
import { type Order, readOrder, usage } from './order.ts';

type Address = { url: string; user?: string; password?: string; prefix?: string };

/** Of the environment, else of the network that the local runner keeps. */
const natsAddress = (): Address | undefined => {
  const { NATS_URL, NATS_USER, NATS_PASSWORD, NATS_PREFIX } = process.env;
  if (NATS_URL) return { url: NATS_URL, user: NATS_USER, password: NATS_PASSWORD, prefix: NATS_PREFIX };
  const kept = (name: string) => join(localPaths().nats, name);
  if (!existsSync(kept('port')) || !existsSync(kept('password'))) return undefined;
  return {
    url: `nats://127.0.0.1:${readFileSync(kept('port'), 'utf8').trim()}`,
    user: 'registry',
    password: readFileSync(kept('password'), 'utf8'),
  };
};

const services = (): string[] =>
  readdirSync(join(projectRoot, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${line}   `);
};

const run = async (order: Order): Promise<number> => {
  const address = natsAddress();
  if (address === undefined) {
    process.stderr.write(
      'There is no local network here: set NATS_URL to the NATS server of the services.\n',
    );
    return 1;
  }
  const connected = await connectNats({ ...address, name: 'operations', log: silentLog }).catch(
    () => undefined,
  );
  if (connected === undefined) {
    process.stderr.write(`No NATS server answers at ${address.url}. Does the network run?\n`);
    return 1;
  }
  try {
    const console = { out: say, progress };
    return (await carryOut(connected, services(), order, console)) ? 0 : 2;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  } finally {
    await connected.close();
  }
};

const order = readOrder(process.argv.slice(2));
if (order === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exit(1);
}
process.exit(await run(order));
