import { KeyInfoChangeMoved } from '#libs/contracts/events/key-change.ts';
import type { KeyChangeKind, KeyChangeState } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { currentTurn, type Turn } from './course.ts';
import { insertTurn, turnsOf, updateTurn } from './turn-rows.ts';

/** A change of key information as it is kept, with its turns in order. */
export type ChangeRecord = {
  person: string;
  id: string;
  place: number;
  province: string;
  school: string;
  kind: KeyChangeKind;
  /** Whether a guardian proposed it or the school entered it. */
  channel: 'MOBILE' | 'SCHOOL';
  state: KeyChangeState;
  /** The proposal, sealed. */
  sealed: Uint8Array;
  /** What the law says of it, at the request or after the checks. */
  findings: Finding[];
  /** The day whose law the change keeps. */
  policyOn: string;
  openedAt: string;
  openedBy: string;
  endedAt: string | null;
  version: number;
  steps: readonly Turn[];
};

type Row = {
  person_id: string;
  change_id: string;
  place: string;
  province: string;
  school: string;
  kind: KeyChangeKind;
  channel: ChangeRecord['channel'];
  state: KeyChangeState;
  sealed: Uint8Array;
  findings: Finding[];
  policy_on: string;
  opened_at: Date;
  opened_by: string;
  ended_at: Date | null;
  version: number;
};

const columns = `person_id, change_id, place, province, school, kind, channel, state, sealed, findings, policy_on::text,
  opened_at, opened_by, ended_at, version`;

const recordOf = (row: Row, steps: readonly Turn[]): ChangeRecord => ({
  person: row.person_id,
  id: row.change_id,
  place: Number(row.place),
  province: row.province,
  school: row.school,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  sealed: row.sealed,
  findings: row.findings,
  policyOn: row.policy_on,
  openedAt: new Date(row.opened_at).toISOString(),
  openedBy: row.opened_by,
  endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
  version: row.version,
  steps,
});

const withTurns = async (tx: Tx, rows: readonly Row[]): Promise<ChangeRecord[]> => {
  const turns = await turnsOf(
    tx,
    rows.map((row) => row.person_id),
    rows.map((row) => row.change_id),
  );
  return rows.map((row) => recordOf(row, turns.get(row.change_id) ?? []));
};

/** A change with its person's lock; nothing where the scope does not cover it. */
export const lockChange = async (tx: Tx, person: string, id: string): Promise<ChangeRecord | undefined> => {
  await query(tx, 'select person_id from person where person_id = $1 for update', [person]);
  const rows = await query<Row>(
    tx,
    `select ${columns} from key_change where person_id = $1 and change_id = $2 for update`,
    [person, id],
  );
  return (await withTurns(tx, rows))[0];
};

/** Changes by id, as far as the scope covers them, oldest first. */
export const changesById = async (tx: Tx, ids: readonly string[]): Promise<ChangeRecord[]> =>
  ids.length === 0
    ? []
    : withTurns(
        tx,
        await query<Row>(
          tx,
          `select ${columns} from key_change where change_id = any($1::uuid[]) order by opened_at, change_id`,
          [ids],
        ),
      );

/** The change of a person that runs, of which there is at most one. */
export const runningChange = async (tx: Tx, person: string): Promise<ChangeRecord | undefined> =>
  (
    await withTurns(
      tx,
      await query<Row>(tx, `select ${columns} from key_change where person_id = $1 and ended_at is null`, [
        person,
      ]),
    )
  )[0];

/** Writes a new change with its turns, and tells of it. */
export const insertChange = async (
  tx: Tx,
  at: string,
  made: ChangeRecord,
  papers: readonly string[],
): Promise<void> => {
  await execute(
    tx,
    `insert into key_change (person_id, change_id, place, province, school, kind, channel, state, sealed, findings,
       policy_on, opened_at, opened_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14)`,
    [
      made.person,
      made.id,
      made.place,
      made.province,
      made.school,
      made.kind,
      made.channel,
      made.state,
      made.sealed,
      JSON.stringify(made.findings),
      made.policyOn,
      made.openedAt,
      made.openedBy,
      made.version,
    ],
  );
  for (const turn of made.steps) await insertTurn(tx, made, turn);
  await tell(tx, at, made, papers);
};

/** Writes a change as it has become: its last turns, those that followed, and its state. */
export const saveChange = async (
  tx: Tx,
  at: string,
  before: ChangeRecord,
  after: ChangeRecord,
  papers: readonly string[] = [],
): Promise<void> => {
  const known = before.steps.length;
  for (const turn of after.steps.slice(Math.max(0, known - 1), known)) await updateTurn(tx, after, turn);
  for (const turn of after.steps.slice(known)) await insertTurn(tx, after, turn);
  await execute(
    tx,
    `update key_change set state = $3, sealed = $4, findings = $5::jsonb, ended_at = $6, version = $7
     where person_id = $1 and change_id = $2`,
    [
      after.person,
      after.id,
      after.state,
      after.sealed,
      JSON.stringify(after.findings),
      after.endedAt,
      after.version,
    ],
  );
  await tell(tx, at, after, papers);
};

const tell = async (tx: Tx, at: string, record: ChangeRecord, papers: readonly string[]): Promise<void> => {
  const turn = currentTurn(record);
  const { person, place, province, school, kind, state } = record;
  await recordEvents(tx, at, [
    recorded(KeyInfoChangeMoved, `key-change:${record.id}`, record.version, {
      ...{ change: record.id, person, place, province, school, kind, state },
      ...(turn && {
        turn: { party: turn.party, unit: turn.unit, dueOn: turn.dueOn, provisional: turn.provisional },
      }),
      papers: [...papers],
    }),
  ]);
};
