import { type Nats, startNats } from '#deploy/local/nats.ts';
import { type Postgres, startPostgres } from '#deploy/local/postgres.ts';
import type { Progress } from '#deploy/local/progress.ts';

/** PostgreSQL and nats-server of one runner. */
export interface Servers {
  postgres: Postgres;
  nats: Nats;
  /** Processes that were started here. */
  pids: number[];
  /** Resolves with a sentence when one of them ends by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Ends both at once, leaving recovery to the next start. */
  kill(): void;
}

/** Starts both servers side by side. When one fails the other is stopped again, and the failure thrown. */
export async function startServers(
  dirs: { postgres: string; nats: string; run: string },
  progress: Progress,
): Promise<Servers> {
  const steps = { postgres: 'PostgreSQL', nats: 'NATS JetStream', fetch: 'Fetching the nats-server package' };
  progress.begin(steps.postgres);
  progress.begin(steps.nats);
  const [postgres, nats] = await allOrNone(
    startPostgres({ dataDir: dirs.postgres, runDir: dirs.run }).then((server) => {
      const { host } = new URL(server.adminUrl);
      const elsewhere = server.dataElsewhere === undefined ? '' : `, its data in ${server.dataElsewhere}`;
      progress.finish(steps.postgres, `${host}${elsewhere}`);
      return server;
    }),
    startNats({
      storeDir: dirs.nats,
      runDir: dirs.run,
      onFetch: () => progress.begin(steps.fetch),
    }).then((server) => {
      progress.finish(steps.fetch);
      progress.finish(steps.nats, new URL(server.url).host);
      return server;
    }),
  );
  return {
    postgres,
    nats,
    pids: [postgres.pid, nats.pid].filter((pid) => pid !== undefined),
    ended: Promise.race([
      postgres.exited.then(() => `PostgreSQL has ended by itself; its log is ${dirs.run}/postgres.log.`),
      nats.exited.then(() => `nats-server has ended by itself; its log is ${dirs.run}/nats.log.`),
    ]),
    async stop() {
      await Promise.all([postgres.stop(), nats.stop()]);
    },
    kill() {
      endAtOnce(postgres.pid, 'SIGQUIT');
      endAtOnce(nats.pid, 'SIGKILL');
    },
  };
}

/** Two servers, or the reason why one is missing, with the other stopped. */
export async function allOrNone<A extends { stop(): Promise<void> }, B extends { stop(): Promise<void> }>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<[A, B]> {
  try {
    return await Promise.all([first, second]);
  } catch (error) {
    for (const result of await Promise.allSettled([first, second])) {
      if (result.status === 'fulfilled') await result.value.stop();
    }
    throw error;
  }
}

function endAtOnce(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
