import type { Bus, Stop } from '#libs/platform/bus/bus.ts';
import type { LogHead } from '#libs/platform/events/log.ts';
import { Progress, progressSignal } from '#libs/platform/events/progress.ts';

/** A process of a service that has told nothing for so many milliseconds is taken for gone. */
const longestSilence = 3_500;

/** How far the services have followed one another, as they tell it themselves. */
export type ServiceProgress = {
  /** True while at least one process of the service tells of itself. */
  isHeard(service: string): boolean;
  /** True where a process of the service follows the source. */
  follows(service: string, source: string): boolean;
  /** True where the log up to there has taken effect in every process of the service. */
  hasReached(service: string, source: string, place: LogHead): boolean;
  /** Calls whenever a service has told something. */
  onTold(listener: (service: string) => void): void;
  stop: Stop;
};

type Heard = { at: number; places: ReadonlyMap<string, LogHead> };

/** Listens to these services; `now` is in milliseconds and only goes forward. */
export const followProgress = async (
  bus: Pick<Bus, 'onSignal'>,
  services: readonly string[],
  now: () => number = () => performance.now(),
): Promise<ServiceProgress> => {
  const heard = new Map<string, Map<string, Heard>>(services.map((service) => [service, new Map()]));
  const listeners = new Set<(service: string) => void>();

  const hear = (service: string, payload: unknown): void => {
    const progress = Progress.safeParse(payload);
    if (!progress.success) return;
    const { process, places } = progress.data;
    heard.get(service)?.set(process, {
      at: now(),
      places: new Map(places.map(({ source, epoch, seq }) => [source, { epoch, seq }])),
    });
    for (const listener of listeners) listener(service);
  };

  const alive = (service: string): Heard[] => {
    const processes = heard.get(service) ?? new Map<string, Heard>();
    for (const [process, { at }] of processes) {
      if (now() - at > longestSilence) processes.delete(process);
    }
    return [...processes.values()];
  };

  const stops = await Promise.all(
    services.map((service) => bus.onSignal(progressSignal(service), (payload) => hear(service, payload))),
  );
  return {
    isHeard: (service) => alive(service).length > 0,
    follows: (service, source) => alive(service).some(({ places }) => places.has(source)),
    hasReached: (service, source, { epoch, seq }) => {
      const processes = alive(service);
      const reached = ({ places }: Heard): boolean => {
        const place = places.get(source);
        return place?.epoch === epoch && place.seq >= seq;
      };
      return processes.length > 0 && processes.every(reached);
    },
    onTold: (listener) => void listeners.add(listener),
    stop: async () => {
      listeners.clear();
      await Promise.all(stops.map((stop) => stop()));
    },
  };
};
