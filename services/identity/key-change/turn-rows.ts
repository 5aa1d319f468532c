import type { KeyChangeParty } from '#libs/contracts/vocabulary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Turn } from './course.ts';

type Row = {
  change_id: string;
  ordinal: number;
  party: KeyChangeParty;
  unit: string;
  opened_at: Date;
  due_on: string;
  provisional: boolean;
  calendar_version: string;
  counted_from: string | null;
  counted_days: number | null;
  handled_by: string | null;
  handled_at: Date | null;
  opinion: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision: Turn['decision'];
  reason: string | null;
};

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const countedOf = ({ counted_from, counted_days }: Row): Pick<Turn, 'counted'> =>
  counted_from === null || counted_days === null
    ? {}
    : { counted: { from: counted_from, workingDays: counted_days } };

const turnOf = (row: Row): Turn => ({
  ordinal: row.ordinal,
  party: row.party,
  unit: row.unit,
  openedAt: new Date(row.opened_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  ...countedOf(row),
  handledBy: row.handled_by,
  handledAt: instant(row.handled_at),
  opinion: row.opinion,
  decidedBy: row.decided_by,
  decidedAt: instant(row.decided_at),
  decision: row.decision,
  reason: row.reason,
});

/** The turns of changes in order, by change. */
export const turnsOf = async (
  tx: Tx,
  persons: readonly string[],
  changes: readonly string[],
): Promise<ReadonlyMap<string, readonly Turn[]>> => {
  if (changes.length === 0) return new Map();
  const rows = await query<Row>(
    tx,
    `select change_id, ordinal, party, unit, opened_at, due_on::text, provisional, calendar_version,
            counted_from::text, counted_days, handled_by, handled_at, opinion, decided_by, decided_at, decision, reason
     from key_change_step where person_id = any($1::uuid[]) and change_id = any($2::uuid[])
     order by change_id, ordinal`,
    [persons, changes],
  );
  const turns = Map.groupBy(rows, (row) => row.change_id);
  return new Map([...turns].map(([change, own]) => [change, own.map(turnOf)]));
};

type Owner = { person: string; id: string; place: number };

export const insertTurn = (tx: Tx, { person, id, place }: Owner, turn: Turn): Promise<number> =>
  execute(
    tx,
    `insert into key_change_step (person_id, change_id, ordinal, place, party, unit, opened_at, due_on, provisional,
       calendar_version, counted_from, counted_days, handled_by, handled_at, opinion, decided_by, decided_at, decision,
       reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      person,
      id,
      turn.ordinal,
      place,
      turn.party,
      turn.unit,
      turn.openedAt,
      turn.dueOn,
      turn.provisional,
      turn.calendarVersion,
      turn.counted?.from ?? null,
      turn.counted?.workingDays ?? null,
      turn.handledBy,
      turn.handledAt,
      turn.opinion,
      turn.decidedBy,
      turn.decidedAt,
      turn.decision,
      turn.reason,
    ],
  );

/** Writes who handled or decided a turn, and until when it waits. */
export const updateTurn = (tx: Tx, { person, id }: Owner, turn: Turn): Promise<number> =>
  execute(
    tx,
    `update key_change_step set due_on = $4, provisional = $5, calendar_version = $6, handled_by = $7, handled_at = $8,
       opinion = $9, decided_by = $10, decided_at = $11, decision = $12, reason = $13
     where person_id = $1 and change_id = $2 and ordinal = $3`,
    [
      person,
      id,
      turn.ordinal,
      turn.dueOn,
      turn.provisional,
      turn.calendarVersion,
      turn.handledBy,
      turn.handledAt,
      turn.opinion,
      turn.decidedBy,
      turn.decidedAt,
      turn.decision,
      turn.reason,
    ],
  );
