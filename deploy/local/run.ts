import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownAnchors } from '#deploy/local/anchors.ts';
import { buildConsoleWhereStale } from '#deploy/local/build-console.ts';
import { Failure } from '#deploy/local/failure.ts';
import { Locked, takeLock } from '#deploy/local/lock.ts';
import { removeNats } from '#deploy/local/nats.ts';
import type { Network, NetworkOptions, StartNetwork } from '#deploy/local/network-contract.ts';
import { busyPort, forbiddenPort, obstacleAt } from '#deploy/local/ports.ts';
import { removePostgres } from '#deploy/local/postgres.ts';
import { type Progress, showProgress } from '#deploy/local/progress.ts';
import { readReady, removeReady, writeReady } from '#deploy/local/ready.ts';
import { removeSecrets } from '#deploy/local/secrets.ts';
import { type Servers, startServers } from '#deploy/local/servers.ts';
import type { StartOptions } from '#deploy/local/start-options.ts';
import { localPaths, makeStateDir, removeState } from '#deploy/local/state.ts';
import { listenForStop, type StopRequest } from '#deploy/local/stop-request.ts';
import { welcome } from '#deploy/local/welcome.ts';

export type Paths = ReturnType<typeof localPaths>;

/** What has been started, to be stopped in the opposite order. */
interface Running {
  servers: Servers | undefined;
  network: Network | undefined;
}

const networkStopTimeout = 10_000;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/**
 * Runs the registry on this machine until it is asked to stop. Resolves with the exit code: 0 after an orderly stop,
 * 130 when it was interrupted while starting, 1 when a server ended by itself. Throws `Failure` when it cannot start.
 * @param loadNetwork called while the servers start, since loading takes as long as they do
 */
export async function runUntilStopped(
  options: StartOptions,
  loadNetwork: () => Promise<StartNetwork>,
  paths: Paths = localPaths(),
): Promise<number> {
  makeStateDir(paths.dir);
  const lock = takeRunnerLock(paths);
  const running: Running = { servers: undefined, network: undefined };
  const stop = listenForStop(() => killNow(running, paths));
  const progress = showProgress(process.stdout);
  const awake = setInterval(() => undefined, 2 ** 30);
  try {
    removeReady(paths.ready);
    const graph = await start(options, loadNetwork, paths, running, stop, progress);
    progress.close();
    if (!graph) {
      say('\nInterrupted while starting; stopping what runs …');
      return 130;
    }
    say(welcome(graph));
    return await untilEnd(running.servers, stop);
  } catch (error) {
    if (stop.isRequested()) return 130;
    throw error;
  } finally {
    progress.close();
    removeReady(paths.ready);
    await stopAll(running);
    stop.close();
    lock.release();
    clearInterval(awake);
  }
}

function takeRunnerLock(paths: Paths) {
  try {
    return takeLock(paths.lock);
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    const ready = readReady(paths.ready);
    throw new Failure(
      ready
        ? `The registry already runs from this folder, at ${ready.graphUrl} (process ${error.holder.pid}).`
        : `The registry is being started or stopped from this folder by process ${error.holder.pid}.`,
      `Stop it with Ctrl-C where it was started, or: kill ${error.holder.pid}`,
    );
  }
}

/** The network when it answers, `undefined` when the start was interrupted. */
async function start(
  options: StartOptions,
  loadNetwork: () => Promise<StartNetwork>,
  paths: Paths,
  running: Running,
  stop: StopRequest,
  progress: Progress,
): Promise<Network | undefined> {
  await requirePort(options.port);
  if (options.fresh && process.env.DATABASE_URL) {
    throw new Failure(
      '--fresh removes the data of this folder, not those of the server that DATABASE_URL names: nothing was removed.',
      'To begin anew there, drop its database xueji or name another server; to begin anew here, unset DATABASE_URL.',
    );
  }
  if (options.fresh) await removeEverything(paths, progress);
  const loading = loadNetwork();
  loading.catch(() => undefined);
  const building = buildConsoleWhereStale();
  building.catch(() => undefined);
  running.servers = await startServers(
    { postgres: paths.postgres, nats: paths.nats, run: paths.run },
    progress,
  );
  if (stop.isRequested()) return undefined;
  const starting = startNetworkOn(running.servers, await loading, options, stop, progress, {
    stateDir: paths.dir,
    onProcesses: () => tellReady(paths, running),
  });
  starting.catch(() => undefined);
  running.network = await Promise.race([
    starting,
    stop.requested.then(() => undefined),
    failWithServers(running.servers),
  ]);
  if (!running.network) return undefined;
  const failed = await building;
  if (failed !== undefined) progress.note(failed);
  tellReady(paths, running);
  return running.network;
}

function tellReady(paths: Paths, { servers, network }: Running): void {
  if (!servers || !network) return;
  const { graphUrl, identities, pids } = network;
  writeReady(paths.ready, { graphUrl, identities, pids: [process.pid, ...servers.pids, ...pids] });
}

async function requirePort(port: number): Promise<void> {
  const obstacle = await obstacleAt(port);
  if (obstacle === 'TAKEN') {
    throw new Failure(busyPort(port), `Stop it, or choose another port: npm start -- --port ${port + 1}`);
  }
  if (obstacle === 'FORBIDDEN')
    throw new Failure(forbiddenPort(port), 'Choose another: npm start -- --port 4000');
}

async function removeEverything(paths: Paths, progress: Progress): Promise<void> {
  const step = 'Removing what earlier starts kept';
  progress.begin(step);
  await Promise.all([removePostgres(paths.postgres), removeNats(paths.nats)]);
  removeState(paths.dir);
  rmSync(join(paths.anchors, ownAnchors), { recursive: true, force: true });
  removeSecrets(paths.dir);
  progress.finish(step);
}

async function startNetworkOn(
  servers: Servers,
  startNetwork: StartNetwork,
  options: StartOptions,
  stop: StopRequest,
  progress: Progress,
  rest: Pick<NetworkOptions, 'stateDir' | 'onProcesses'>,
): Promise<Network> {
  let current: string | undefined;
  const onProgress: NetworkOptions['onProgress'] = (step, done, total) => {
    if (current !== undefined && current !== step) progress.finish(current);
    current = step;
    if (done === undefined || total === undefined) progress.begin(step);
    else progress.count(step, done, total);
  };
  const { postgres, nats } = servers;
  const network = await startNetwork({
    adminUrl: postgres.adminUrl,
    nats: { url: nats.url, user: nats.user, password: nats.password },
    databaseElsewhere: postgres.pid === undefined ? new URL(postgres.adminUrl).host : undefined,
    ...options,
    ...rest,
    onProgress,
    tell: (sentence) => progress.note(sentence),
    signal: stop.signal,
  });
  if (current !== undefined) progress.finish(current);
  return network;
}

async function failWithServers(servers: Servers): Promise<never> {
  throw new Failure(await servers.ended);
}

async function untilEnd(servers: Servers | undefined, stop: StopRequest): Promise<number> {
  const end = await Promise.race([stop.requested.then(() => undefined), servers?.ended ?? stop.requested]);
  say(end === undefined ? '\nStopping …' : `\n${end}\nStopping the rest …`);
  return end === undefined ? 0 : 1;
}

async function stopAll({ network, servers }: Running): Promise<void> {
  if (network && !(await endsInTime(network.stop())))
    say('The services did not stop in time; stopping the servers.');
  if (!servers) return;
  await servers.stop();
  say('Stopped. The data are kept for the next npm start.');
}

async function endsInTime(stopping: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), networkStopTimeout);
  const stopped = stopping.then(
    () => true,
    (error: unknown) => {
      process.stderr.write(`The services did not stop cleanly: ${(error as Error).message}\n`);
      return true;
    },
  );
  const inTime = await Promise.race([stopped, late]);
  clearTimeout(timer);
  return inTime;
}

/** For somebody who presses Ctrl-C again. What PostgreSQL acknowledged survives; the next start recovers. */
function killNow({ network, servers }: Running, paths: Paths): void {
  say('Killed. The next npm start recovers.');
  removeReady(paths.ready);
  for (const pid of network?.pids ?? []) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  servers?.kill();
  process.exit(130);
}
