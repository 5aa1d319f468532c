import { randomUUID } from 'node:crypto';
import type { Arrived, Bus } from '#libs/platform/bus/bus.ts';
import { unavailable } from '#libs/platform/errors/errors.ts';
import type { Logged, LogHead } from '#libs/platform/events/log.ts';

const unused = (): never => {
  throw new Error('the gateway neither publishes nor answers');
};

/** How an event gets to those who follow: over the stream, twice, or not at all, so that only the log has it. */
export type Delivery = 'once' | 'twice' | 'late' | 'never';

/** A source of events: its log, and what its stream still has to bring. */
class LocalSource {
  readonly name: string;
  epoch: string = randomUUID();
  reachable = true;
  log: Logged[] = [];
  late: Arrived[] = [];
  readonly takers = new Set<(arrived: Arrived) => void>();
  readonly resumers = new Set<() => void>();
  readonly heads = new Set<(head: LogHead) => void>();

  constructor(name: string) {
    this.name = name;
  }

  get head(): LogHead {
    return { seq: this.log.length, epoch: this.epoch };
  }

  deliver(arrived: Arrived): void {
    for (const take of this.takers) take(arrived);
  }

  append(subject: string): Arrived {
    const event = {
      specversion: '1.0' as const,
      id: randomUUID(),
      source: this.name,
      type: 'Changed',
      time: '2026-03-02T09:00:00+08:00',
      subject,
      dataschema: 'urn:xueji:event:Changed:1',
      datacontenttype: 'application/json' as const,
      aggregateversion: 1,
      data: {},
    };
    this.log.push({ seq: this.log.length + 1, event });
    return { seq: this.log.length, epoch: this.epoch, event };
  }
}

export type LocalBus = Bus & {
  /** Takers of a signal's subject. */
  listeners(subject: string): number;
  /** Records an event about a subject in the log of a source. */
  tell(source: string, subject: string, delivery?: Delivery): void;
  /** Brings what was late, in any order. */
  bringLate(source: string): void;
  /** Announces the end of the log. */
  announce(source: string): void;
  /** The stream begins anew, as after an interruption. */
  interrupt(source: string): void;
  /** The source comes back with another, empty log. */
  replaceLog(source: string): void;
  reach(source: string, reachable: boolean): void;
  head(source: string): LogHead;
};

const pattern = (subject: string): RegExp => new RegExp(`^${subject.replaceAll('*', '[^.]+')}$`);

/** A bus within one process: signals, and sources of events whose stream the test may disturb. */
export const createLocalBus = (): LocalBus => {
  const takers = new Map<string, Set<(payload: unknown) => void>>();
  const sources = new Map<string, LocalSource>();
  const of = (name: string): LocalSource => {
    const known = sources.get(name) ?? new LocalSource(name);
    sources.set(name, known);
    return known;
  };
  return {
    signal: (subject, payload) => {
      for (const [wanted, all] of takers)
        if (pattern(wanted).test(subject)) for (const take of all) take(payload);
    },
    onSignal: async (subject, take) => {
      const all = takers.get(subject) ?? new Set();
      takers.set(subject, all.add(take));
      return async () => void all.delete(take);
    },
    listeners: (subject) => takers.get(subject)?.size ?? 0,
    onEvents: async (name, take, onResumed = () => undefined) => {
      const source = of(name);
      source.takers.add(take);
      source.resumers.add(onResumed);
      onResumed();
      return async () => {
        source.takers.delete(take);
        source.resumers.delete(onResumed);
      };
    },
    onHead: async (name, take) => {
      of(name).heads.add(take);
      return async () => void of(name).heads.delete(take);
    },
    request: async (subject, payload) => {
      const source = of(subject.replace('log.', ''));
      if (!source.reachable) throw unavailable(source.name);
      const { after, limit } = payload as { after: number; limit: number };
      return { head: source.head, entries: source.log.slice(after, after + limit) };
    },
    tell: (name, subject, delivery = 'once') => {
      const source = of(name);
      const arrived = source.append(subject);
      if (delivery === 'late') source.late.unshift(arrived);
      if (delivery === 'once' || delivery === 'twice') source.deliver(arrived);
      if (delivery === 'twice') source.deliver(arrived);
    },
    bringLate: (name) => {
      for (const arrived of of(name).late.splice(0)) of(name).deliver(arrived);
    },
    announce: (name) => {
      for (const take of of(name).heads) take(of(name).head);
    },
    interrupt: (name) => {
      for (const resume of of(name).resumers) resume();
    },
    replaceLog: (name) => {
      Object.assign(of(name), { epoch: randomUUID(), log: [], late: [] });
    },
    reach: (name, reachable) => {
      of(name).reachable = reachable;
    },
    head: (name) => of(name).head,
    close: async () => undefined,
    publishEvents: unused,
    announceHead: unused,
    answer: unused,
  };
};
