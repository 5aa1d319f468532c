import type { Envelope } from '#libs/contracts/envelope.ts';
import { applyRun } from '#libs/platform/events/apply.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { idOf } from './events.ts';

export type Source = 'organization' | 'enrollment' | 'identity' | 'transfer' | 'archive' | 'complaint-ticket';

/** The logs of the services that statistics learns from, for tests without those services. */
export type Feed = {
  readonly logs: Readonly<Record<Source, Envelope[]>>;
  /** Appends to a source's log and applies it at once, in runs of `size`. Returns how many were parked. */
  tell(source: Source, events: readonly Envelope[], size?: number): Promise<number>;
  /** Answers requests for the logs over the bus, as the services would. */
  serve(): Promise<void>;
};

export const epoch = idOf('epoch of the test');

const isFor = (projection: Projection, source: Source): boolean => projection.sources.includes(source);

/** Feeds a running statistics service. */
export const feedOf = ({ core, projections }: RunningService): Feed => {
  const logs: Record<Source, Envelope[]> = {
    ...{ organization: [], enrollment: [], identity: [] },
    ...{ transfer: [], archive: [], 'complaint-ticket': [] },
  };

  const applyFrom = async (projection: Projection, source: Source, first: number, size: number) => {
    let parked = 0;
    for (let at = first; at < logs[source].length; at += size) {
      const run = logs[source].slice(at, at + size).map((event, n) => ({ seq: at + n + 1, event }));
      const applied = await applyRun({ orm: core.worker, projection, source, epoch, run, log: silentLog });
      projection.applied?.(applied.events);
      parked += applied.parked;
    }
    return parked;
  };

  return {
    logs,
    tell: async (source, events, size = 300) => {
      const first = logs[source].length;
      logs[source].push(...events);
      let parked = 0;
      for (const projection of projections) {
        if (isFor(projection, source)) parked += await applyFrom(projection, source, first, size);
      }
      return parked;
    },
    serve: async () => {
      for (const [source, log] of Object.entries(logs)) {
        await core.bus.answer(`log.${source}`, async (asked) => {
          const { after, limit } = asked as { after: number; limit: number };
          return {
            head: { seq: log.length, epoch },
            entries: log.slice(after, after + limit).map((event, at) => ({ seq: after + at + 1, event })),
          };
        });
      }
    },
  };
};
