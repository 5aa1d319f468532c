import { v7 as uuidv7 } from 'uuid';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { personFormContext } from '#libs/contracts/person-form.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { childKeysOf } from '../entry/child-keys.ts';
import { type CollectedForm, personFormOf } from './collected-form.ts';
import type { IntakeFacts } from './intake.ts';

/** An intake that passed the law and is to be opened. */
export type ToOpen = {
  contentKey: Buffer;
  form: CollectedForm;
  facts: IntakeFacts;
  school: SchoolFact;
  by: string;
  at: string;
  job?: { id: string; row: number };
  /** The registration that was sent back and is corrected by this form. */
  correction?: { person: string; enrollment: string; note: string };
  /** Its id, where somebody has to know it beforehand. */
  id?: string;
};

/** An intake as it stands: what identity is asked with, or what became of it already. */
export type IntakeRow = {
  intake_id: string;
  content_key: Buffer;
  school: string;
  place: string;
  province: string;
  region: string;
  authority: string;
  sealed: Buffer | null;
  facts: IntakeFacts;
  /** Why it was refused; empty otherwise. */
  findings: Finding[];
  state: 'COLLECTING' | 'REGISTERED' | 'REFUSED' | 'CLOSED';
  person_id: string | null;
  enrollment_id: string | null;
  row_no: number | null;
  job_id: string | null;
  /** True where the form corrects the registration that the intake names from its beginning. */
  corrects: boolean;
  /** What the school says to its correction. */
  note: string | null;
  /** Login that handed it in. */
  opened_by: string;
  opened_at: Date;
};

const columns: Columns = [
  ['intake_id', 'uuid'],
  ['content_key', 'bytea'],
  ['school', 'text'],
  ['place', 'bigint'],
  ['province', 'text'],
  ['region', 'text'],
  ['authority', 'text'],
  ['sealed', 'bytea'],
  ['facts', 'jsonb'],
  ['job_id', 'uuid'],
  ['row_no', 'int'],
  ['state', 'text'],
  ['findings', 'jsonb'],
  ['opened_by', 'text'],
  ['opened_at', 'timestamptz'],
  ['corrects', 'boolean'],
  ['person_id', 'uuid'],
  ['enrollment_id', 'uuid'],
  ['note', 'text'],
  ['name_key', 'bytea'],
  ['document_key', 'bytea'],
];

const rowOf = (sealing: Sealing, intake: ToOpen): unknown[] => {
  const id = intake.id ?? uuidv7();
  const { school } = intake;
  const { nameKey, documentKey } = childKeysOf(sealing, intake.form);
  return [
    id,
    intake.contentKey,
    school.code,
    school.place,
    school.province,
    school.county ?? school.authority,
    school.authority,
    sealing.seal(JSON.stringify(personFormOf(intake.form)), personFormContext(id)),
    JSON.stringify(intake.facts),
    intake.job?.id ?? null,
    intake.job?.row ?? null,
    'COLLECTING',
    '[]',
    intake.by,
    intake.at,
    intake.correction !== undefined,
    intake.correction?.person ?? null,
    intake.correction?.enrollment ?? null,
    intake.correction?.note ?? null,
    nameKey,
    documentKey,
  ];
};

/** Intakes whose registration has ended make room: the child may come back to the same school. */
const closeEnded = (tx: Tx, keys: readonly Buffer[]): Promise<number> =>
  execute(
    tx,
    `update intake i set state = 'CLOSED' from enrollment e
     where i.content_key = any($1::bytea[]) and i.state = 'REGISTERED'
       and e.person_id = i.person_id and e.enrollment_id = i.enrollment_id and not e.active`,
    [keys],
  );

/** Of content keys those that have an intake which opening them once more would find, nothing being changed. */
export const keysInUse = async (tx: Tx, keys: readonly Buffer[]): Promise<Buffer[]> =>
  (
    await query<{ content_key: Buffer }>(
      tx,
      `select i.content_key from intake i
       where i.content_key = any($1::bytea[]) and i.state in ('COLLECTING', 'REGISTERED')
         and not exists (select 1 from enrollment e where i.state = 'REGISTERED'
           and e.person_id = i.person_id and e.enrollment_id = i.enrollment_id and not e.active)`,
      [keys],
    )
  ).map((row) => row.content_key);

/**
 * Opens intakes, or finds those that the same content opened before. Returns every one in the order of its file: of
 * two rows about one child the upper one is claimed.
 */
export const openIntakes = async (
  tx: Tx,
  sealing: Sealing,
  intakes: readonly ToOpen[],
): Promise<IntakeRow[]> => {
  const ordered = [...intakes].sort((a, b) => a.contentKey.compare(b.contentKey));
  const rows = ordered.map((intake) => rowOf(sealing, intake));
  const opened = await insertNew(tx, rows);
  if (opened.length === intakes.length) return opened.sort(inOrderOfFile);
  const keys = intakes.map((intake) => intake.contentKey);
  if ((await closeEnded(tx, keys)) > 0) await insertNew(tx, rows);
  const standing = await query<IntakeRow>(
    tx,
    `select * from intake where content_key = any($1::bytea[]) and state in ('COLLECTING', 'REGISTERED')`,
    [keys],
  );
  return standing.sort(inOrderOfFile);
};

const insertNew = (tx: Tx, rows: readonly unknown[][]): Promise<IntakeRow[]> =>
  insertRows<IntakeRow>(
    tx,
    'intake',
    columns,
    rows,
    `on conflict (content_key) where state in ('COLLECTING', 'REGISTERED') do nothing returning *`,
  );

const inOrderOfFile = (one: IntakeRow, other: IntakeRow): number =>
  instantOf(one) - instantOf(other) || (one.row_no ?? lastRow) - (other.row_no ?? lastRow);

const lastRow = Number.MAX_SAFE_INTEGER;

const instantOf = ({ opened_at }: IntakeRow): number => new Date(opened_at).getTime();
