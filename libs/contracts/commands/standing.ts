import { z } from 'zod';
import { ConsumerLag, OwnEvents, ParkedEvents } from './operations.ts';

/** Days that somebody is waiting for, by what kind of work they are about. */
export const ClockKind = z.enum([
  'REGISTRATION',
  'ENROLLMENT_CASE',
  'KEY_CHANGE',
  'PROBLEM_RECORD',
  'TRANSFER',
  'HAND_OVER',
  'OUTCOMES',
  'TICKET',
  'CORRECTION',
]);
export type ClockKind = z.infer<typeof ClockKind>;

/** Open clocks of a kind, those of them that are over, and the earliest day among these; counted up to a limit. */
export const ClocksDue = z.object({
  kind: ClockKind,
  open: z.int().min(0),
  overdue: z.int().min(0),
  oldest: z.iso.date().nullable(),
});
export type ClocksDue = z.infer<typeof ClocksDue>;

/** Readings of personal data on a day in Beijing: operations, and persons in them, counted once an operation. */
export const ReadsOfDay = z.object({
  day: z.iso.date(),
  operations: z.int().min(0),
  persons: z.int().min(0),
});
export type ReadsOfDay = z.infer<typeof ReadsOfDay>;

/** A rebuild or comparison that runs. */
export const RunningRebuild = z.object({
  job: z.string(),
  consumer: z.string(),
  compareOnly: z.boolean(),
  /** For how many seconds it has run. */
  seconds: z.int().min(0),
  /** Events read so far. */
  read: z.int().min(0),
});
export type RunningRebuild = z.infer<typeof RunningRebuild>;

export const Standing = z.object({
  version: z.string(),
  /** When the process that answers was started, by the clock on the wall. */
  since: z.iso.datetime(),
  own: OwnEvents,
  /** `waiting`: seconds for which the oldest event that has not taken effect has been announced. */
  consumers: z.array(ConsumerLag.extend({ waiting: z.number().min(0) })),
  parked: z.array(ParkedEvents.omit({ aggregate: true }).extend({ aggregates: z.int() })),
  rebuilds: z.array(RunningRebuild),
  clocks: z.array(ClocksDue),
  reads: z.array(ReadsOfDay),
});
export type Standing = z.infer<typeof Standing>;

/** How a service stands, for those who operate it. Any of its processes answers; no answer means that none runs. */
export const standingOf = (service: string) => ({
  subject: `operations.${service}.standing`,
  timeout: 2_500,
  request: z.object({}),
  reply: Standing,
});

/** Told every second by the process that rebuilds, and once more at the end. */
export const RebuildSign = RunningRebuild.extend({ ended: z.boolean() });
export type RebuildSign = z.infer<typeof RebuildSign>;
export const rebuildSignal = (service: string): string => `rebuilds.${service}`;
