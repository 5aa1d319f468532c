import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAddress } from '#deploy/local/addresses.ts';
import { runCommand } from '#deploy/local/command.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { localPaths, projectRoot } from '#deploy/local/state.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { carryOut } from './carry-out.ts';
import { type Order, readOrder, usage } from './order.ts';

type Address = { url: string; user?: string; password?: string; prefix?: string };

/** Of the environment, else of the network that the local runner keeps. */
const natsAddress = (): Address | undefined => {
  const { NATS_URL, NATS_USER, NATS_PASSWORD, NATS_PREFIX } = process.env;
  if (NATS_URL) {
    const { protocol, host, username, password } = serverAddress('nats', 'NATS_URL', NATS_URL);
    return {
      url: `${protocol}//${host}`,
      user: decodeURIComponent(username) || NATS_USER,
      password: decodeURIComponent(password) || NATS_PASSWORD,
      prefix: NATS_PREFIX,
    };
  }
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

/** Throws `Failure` where nobody can be asked. */
const connected = async (): ReturnType<typeof connectNats> => {
  const address = natsAddress();
  if (address === undefined)
    throw new Failure('There is no local network here: set NATS_URL to the NATS server of the services.');
  return connectNats({ ...address, name: 'operations', log: silentLog }).catch(() => {
    throw new Failure(`No NATS server answers at ${address.url}. Does the network run?`);
  });
};

const run = async (order: Order): Promise<number> => {
  const bus = await connected();
  try {
    return (await carryOut(bus, services(), order, { out: say, progress })) ? 0 : 2;
  } catch (error) {
    throw new Failure((error as Error).message);
  } finally {
    await bus.close();
  }
};

await runCommand(() => {
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) throw new Help(usage);
  const order = readOrder(words);
  if (order === undefined) throw new Failure(usage);
  return run(order);
});
process.exit();
