/** The data of an event as it was written, before any schema looked at it. */
export type EventData = Record<string, unknown>;

/** Turns the data of one version of an event kind into that of the next. Pure; it makes up nothing that matters. */
export type Upcaster = (data: EventData) => EventData;

/** For each event type, by the version it starts from, the step to the next version. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

/**
 * Every step between versions that were ever sent; there is none yet, since every kind is at version 1. Within a
 * version changes are additive only, and whoever raises a version adds the step here: events of the old one stay in
 * the logs for good.
 */
export const upcasters: Upcasters = {};

/** An event of a version that this program cannot read: newer than itself, or older without a step from it. */
export class UnknownEventVersion extends Error {
  readonly code = 'UNKNOWN_EVENT_VERSION';

  constructor(type: string, version: number) {
    super(`${type} version ${version} cannot be read`);
    this.name = 'UnknownEventVersion';
  }
}

/** The data of an event of version `from` as version `to` of the same kind, step by step. */
export const upcast = (
  type: string,
  data: EventData,
  from: number,
  to: number,
  steps: Upcasters = upcasters,
): EventData => {
  if (from > to) throw new UnknownEventVersion(type, from);
  let current = data;
  for (let version = from; version < to; version++) {
    const step = steps[type]?.[version];
    if (step === undefined) throw new UnknownEventVersion(type, version);
    current = step(current);
  }
  return current;
};
