import { z } from 'zod';

/** A consumer of a source as its service sees it. */
export const ConsumerLag = z.object({
  consumer: z.string(),
  source: z.string(),
  /** Number of the last event of the source that took effect. */
  position: z.int(),
  /** Last number of the source's log as last heard of; null before anything was heard. */
  head: z.int().nullable(),
  parked: z.int(),
  trouble: z.enum(['LOG_REPLACED']).nullable(),
});
export type ConsumerLag = z.infer<typeof ConsumerLag>;

/** The way of a service's own events: waiting for a number, numbered, published. */
export const OwnEvents = z.object({ waiting: z.int(), head: z.int(), published: z.int() });
export type OwnEvents = z.infer<typeof OwnEvents>;

export const ParkedEvents = z.object({
  consumer: z.string(),
  source: z.string(),
  aggregate: z.string(),
  events: z.int(),
  firstSeq: z.int(),
  reason: z.string(),
});
export type ParkedEvents = z.infer<typeof ParkedEvents>;

/** What a rebuild tells while it runs, over `operationsSignal`. */
export const RebuildProgress = z.discriminatedUnion('state', [
  z.object({ state: z.literal('RUNNING'), read: z.int() }),
  z.object({
    state: z.literal('DONE'),
    read: z.int(),
    parked: z.int(),
    different: z.array(z.string()),
    took: z.number(),
  }),
  z.object({ state: z.literal('FAILED'), reason: z.string() }),
]);
export type RebuildProgress = z.infer<typeof RebuildProgress>;

export const operationsSignal = (service: string, job: string): string => `operations.${service}.${job}`;

const Consumer = z.object({ consumer: z.string().min(1) });

/** What an operator may ask of a running service. Any of its processes answers. */
export const operationsOf = (service: string) => ({
  lag: {
    subject: `operations.${service}.lag`,
    timeout: 5_000,
    request: z.object({}),
    reply: z.object({ own: OwnEvents, consumers: z.array(ConsumerLag) }),
  },
  parked: {
    subject: `operations.${service}.parked`,
    timeout: 5_000,
    request: z.object({}),
    reply: z.object({ parked: z.array(ParkedEvents) }),
  },
  /** Applies parked events again; what fails again stays. */
  unpark: {
    subject: `operations.${service}.unpark`,
    timeout: 60_000,
    request: Consumer,
    reply: z.object({ applied: z.int(), left: z.int() }),
  },
  /** Starts a rebuild, or with `compareOnly` a comparison; what comes of it is signalled under the job's id. */
  rebuild: {
    subject: `operations.${service}.rebuild`,
    timeout: 5_000,
    request: Consumer.extend({ job: z.string().regex(/^[\w-]+$/), compareOnly: z.boolean() }),
    reply: z.object({ job: z.string() }),
  },
  /**
   * For a reaction whose source's log was replaced: takes everything up to `seq` of the new log as done. A
   * projection is rebuilt instead.
   */
  accept: {
    subject: `operations.${service}.accept`,
    timeout: 10_000,
    request: Consumer.extend({ source: z.string().min(1), seq: z.int().min(0) }),
    reply: z.object({ seq: z.int() }),
  },
  /**
   * Gives the service's own log a new identity: after its database was restored from a backup that lacks events which
   * others have applied. Every consumer of it then refuses it until it is rebuilt or accepted.
   */
  renew: {
    subject: `operations.${service}.renew`,
    timeout: 10_000,
    request: z.object({}),
    reply: z.object({ head: z.int() }),
  },
});
