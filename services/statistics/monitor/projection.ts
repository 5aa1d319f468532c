import { type Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';
import { FormalNumberIssued, NumberClosed } from '#libs/contracts/events/identity.ts';
import { NumberDeleted, NumberReissued, NumberUpgraded } from '#libs/contracts/events/key-change.ts';
import {
  CrossProvinceStudyInitiated,
  TransferAutoCancelled,
  TransferCompleted,
  TransferInitiated,
  TransferPurged,
  TransferRejected,
  TransferWithdrawn,
} from '#libs/contracts/events/transfer.ts';
import { type IsoDate, shanghaiDate } from '#libs/law/dates.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells } from '../timeliness/cell-rows.ts';

/** What is counted here by day; what stands on a day is the sum of all days before and the day itself. */
type Counted =
  | 'SEATS_HELD'
  | 'TRANSFERS_PURGED'
  | 'TRANSFERS_CANCELLED'
  | `NUMBERS_ENDED:${'SUPERSEDED' | 'DELETED' | 'CLOSED'}`;
type Delta = { place: number; measure: Counted; day: IsoDate; n: number };

/** Kinds that give a person another number, so that the one before is history, and that end one. */
const endsNumber: readonly (readonly [EventKind, Counted])[] = [
  [FormalNumberIssued, 'NUMBERS_ENDED:SUPERSEDED'],
  [NumberReissued, 'NUMBERS_ENDED:SUPERSEDED'],
  [NumberUpgraded, 'NUMBERS_ENDED:SUPERSEDED'],
  [NumberDeleted, 'NUMBERS_ENDED:DELETED'],
  [NumberClosed, 'NUMBERS_ENDED:CLOSED'],
];
const holdsSeat = [TransferInitiated, CrossProvinceStudyInitiated] as const;
const endsCase = [
  ...[TransferCompleted, TransferRejected, TransferWithdrawn, TransferPurged, TransferAutoCancelled],
] as const;
const endedAs: Readonly<Record<string, Counted>> = {
  [TransferPurged.type]: 'TRANSFERS_PURGED',
  [TransferAutoCancelled.type]: 'TRANSFERS_CANCELLED',
};

/** Seats that running cases hold at the receiving schools, by case. */
type Seats = Map<string, number | null>;

const loadSeats = async (tx: Tx, cases: readonly string[]): Promise<Seats> => {
  const rows = await query<{ transfer: string; place: string }>(
    tx,
    'select transfer_id as transfer, place from seat_held where transfer_id = any($1::uuid[])',
    [cases],
  );
  return new Map(rows.map(({ transfer, place }) => [transfer, Number(place)]));
};

const saveSeats = async (tx: Tx, seats: Seats): Promise<void> => {
  await execute(tx, 'delete from seat_held where transfer_id = any($1::uuid[])', [[...seats.keys()]]);
  await insertRows(
    tx,
    'seat_held',
    [
      ['transfer_id', 'uuid'],
      ['place', 'bigint'],
    ],
    [...seats].filter(([, place]) => place !== null),
  );
};

const dayOf = ({ time }: Envelope): IsoDate => shanghaiDate(new Date(time));

const numberDeltas = (event: Envelope): Delta[] =>
  endsNumber.flatMap(([kind, measure]) =>
    kind.type === event.type ? [{ place: Number(event.data.place), measure, day: dayOf(event), n: 1 }] : [],
  );

const caseDeltas = (event: Envelope, seats: Seats): Delta[] => {
  const day = dayOf(event);
  const begins = holdsSeat.find((kind) => kind.type === event.type);
  if (begins !== undefined) {
    const { transfer, target } = readEvent(begins, event);
    if (typeof seats.get(transfer) === 'number') return [];
    seats.set(transfer, target.place);
    return [{ place: target.place, measure: 'SEATS_HELD', day, n: 1 }];
  }
  const ends = endsCase.find((kind) => kind.type === event.type);
  if (ends === undefined) return [];
  const { transfer, target } = readEvent(ends, event);
  const held = seats.get(transfer);
  seats.set(transfer, null);
  const measure = endedAs[event.type];
  return [
    ...(typeof held === 'number' ? [{ place: held, measure: 'SEATS_HELD' as const, day, n: -1 }] : []),
    ...(measure === undefined ? [] : [{ place: target.place, measure, day, n: 1 }]),
  ];
};

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  await query(tx, 'select id from monitor_turn where id = 1 for update');
  const cases = events.flatMap(({ data }) => (typeof data.transfer === 'string' ? [data.transfer] : []));
  const seats = await loadSeats(tx, cases);
  const deltas = events.flatMap((event) => [...numberDeltas(event), ...caseDeltas(event, seats)]);
  await saveSeats(tx, seats);
  await addToDayCells(tx, 'monitor_cell', deltas);
};

/** Numbers that ended, cases that were purged or cancelled and seats that running ones hold, by day in every block of the tree (STA-09). */
export const monitorProjection: Projection = {
  name: 'monitor',
  sources: ['identity', 'transfer'],
  types: [...endsNumber.map(([{ type }]) => type), ...[...holdsSeat, ...endsCase].map(({ type }) => type)],
  tables: ['monitor_cell', 'seat_held'],
  apply,
};
