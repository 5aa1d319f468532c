import { v7 as uuidv7 } from 'uuid';
import type { DataOf, EventKind } from '#libs/contracts/envelope.ts';
import { dataSchemaOf } from '#libs/contracts/envelope.ts';
import type { Tx } from '../database/orm.ts';
import { execute } from '../database/query.ts';
import { keptTrace } from '../telemetry/spans.ts';

/** A state change to be told: its kind, the aggregate and the aggregate's new version, and the data. */
export type Recorded<Kind extends EventKind = EventKind> = {
  kind: Kind;
  aggregate: string;
  version: number;
  data: DataOf<Kind>;
};

export const recorded = <Kind extends EventKind>(
  kind: Kind,
  aggregate: string,
  version: number,
  data: DataOf<Kind>,
): Recorded => ({ kind, aggregate, version, data });

const envelopeOf = (event: Recorded, at: string) => ({
  specversion: '1.0',
  id: uuidv7(),
  source: event.kind.source,
  type: event.kind.type,
  time: at,
  subject: event.aggregate,
  dataschema: dataSchemaOf(event.kind),
  datacontenttype: 'application/json',
  aggregateversion: event.version,
  ...keptTrace(),
  data: event.kind.data.parse(event.data),
});

/** Bytes of one event: the broker takes a megabyte, and an answer with one event of a log must fit as well. */
const largestEvent = 500_000;

/** An event that no transport could carry: refused where it is made, so that nothing behind it has to wait. */
export class EventTooLarge extends Error {
  readonly code = 'EVENT_TOO_LARGE';

  constructor(type: string) {
    super(`${type} takes more than ${largestEvent} bytes`);
    this.name = 'EventTooLarge';
  }
}

const written = (event: Recorded, at: string): string => {
  const text = JSON.stringify(envelopeOf(event, at));
  if (Buffer.byteLength(text) > largestEvent) throw new EventTooLarge(event.kind.type);
  return text;
};

/**
 * Records events in the transaction of the state they tell of. `(aggregate, version)` is unique in the outbox, and
 * what the relay has moved to the log is looked up there: two writers of one version cannot both commit. Throws
 * EventTooLarge, and the database's refusal (23505) to the second writer.
 */
export const recordEvents = async (tx: Tx, at: string, events: readonly Recorded[]): Promise<void> => {
  if (events.length === 0) return;
  await execute(tx, 'select record_events($1::text[], $2::int[], $3::text[], $4::jsonb[], $5::timestamptz)', [
    events.map((event) => event.aggregate),
    events.map((event) => event.version),
    events.map((event) => event.kind.type),
    events.map((event) => written(event, at)),
    at,
  ]);
};
