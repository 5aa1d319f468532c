import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { TransferState } from '#libs/law/transfer/course.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import type { TransferPlan } from '#libs/law/transfer/parties.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { largestPage } from '#libs/platform/subgraph/connection.ts';
import type { Filing } from '../filing/filing.ts';
import { type Beside, type BesideRow, besideColumns, besideOf } from './beside-rows.ts';
import type { CaseRecord } from './case-record.ts';
import type { CaseFinding } from './own-finding.ts';
import type { CaseRequest } from './request.ts';

type Row = {
  case_id: string;
  person_id: string;
  enrollment_id: string;
  registration_version: number;
  kind: CaseKind;
  state: TransferState;
  source_school: string;
  source_place: string;
  source_province: string;
  source_authority: string;
  source_stage: Stage;
  target_school: string;
  target_place: string;
  target_province: string;
  target_authority: string;
  target_stage: Stage;
  target_grade: number;
  entry_year_adj: number;
  last_grade: number;
  stands_still: boolean;
  class_id: string | null;
  competent_authority: string | null;
  competent_place: string | null;
  request: CaseRequest;
  sealed: Uint8Array;
  plan: TransferPlan;
  findings: CaseFinding[];
  filing: Filing | null;
  grade_consent: boolean;
  policy_on: string;
  opened_at: Date;
  opened_by: string;
  started_at: Date | null;
  purge_at: Date | null;
  approved_at: Date | null;
  ended_at: Date | null;
  waits_until: Date | null;
  release_place: boolean;
  version: number;
  events: number;
};

const columns = `case_id, person_id, enrollment_id, registration_version, kind, state, source_school, source_place,
  source_province, source_authority, source_stage, target_school, target_place, target_province, target_authority,
  target_stage, target_grade, entry_year_adj, last_grade, stands_still, class_id, competent_authority, competent_place,
  request, sealed, plan, findings, filing, grade_consent, policy_on::text,
  opened_at, opened_by, started_at, purge_at, approved_at, ended_at, waits_until, release_place, version, events`;

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const sidesOf = (row: Row): Pick<CaseRecord, 'source' | 'target'> => ({
  source: {
    school: row.source_school,
    place: Number(row.source_place),
    province: row.source_province,
    authority: row.source_authority,
    stage: row.source_stage,
  },
  target: {
    school: row.target_school,
    place: Number(row.target_place),
    province: row.target_province,
    authority: row.target_authority,
    stage: row.target_stage,
    grade: row.target_grade,
    entryYearAdj: row.entry_year_adj,
    lastGrade: row.last_grade,
    schoolClass: row.class_id,
    competent:
      row.competent_authority === null
        ? null
        : { authority: row.competent_authority, place: Number(row.competent_place) },
  },
});

const recordOf = (row: Row, { steps, papers, callUp }: Beside): CaseRecord => ({
  id: row.case_id,
  person: row.person_id,
  enrollment: row.enrollment_id,
  registrationVersion: row.registration_version,
  kind: row.kind,
  state: row.state,
  standsStill: row.stands_still,
  ...sidesOf(row),
  request: row.request,
  papers,
  sealed: row.sealed,
  plan: row.plan,
  findings: row.findings,
  filing: row.filing,
  gradeConsent: row.grade_consent,
  policyOn: row.policy_on,
  openedAt: new Date(row.opened_at).toISOString(),
  openedBy: row.opened_by,
  startedAt: instant(row.started_at),
  purgeAt: instant(row.purge_at),
  approvedAt: instant(row.approved_at),
  callUp,
  endedAt: instant(row.ended_at),
  waitsUntil: instant(row.waits_until),
  releasePlace: row.release_place,
  version: row.version,
  events: row.events,
  steps,
});

type Condition = { where: string; parameters: readonly unknown[] };

/** Cases and all beside them as they are at one moment, oldest first. */
const found = async (tx: Tx, { where, parameters }: Condition): Promise<CaseRecord[]> => {
  const rows = await query<Row & BesideRow>(
    tx,
    `select ${columns}, ${besideColumns('transfer_case.case_id')} from transfer_case where ${where}
     order by opened_at, case_id`,
    parameters,
  );
  return rows.map((row) => recordOf(row, besideOf(row)));
};

const besideThem = (tx: Tx, ids: readonly string[]): Promise<BesideRow[]> =>
  query<BesideRow>(
    tx,
    `select ${besideColumns('asked.id')} from unnest($1::uuid[]) with ordinality as asked (id, nth) order by asked.nth`,
    [ids],
  );

/** Cases with their locks; what lies beside them is read under the lock, not as it was before somebody else let go of it. */
const locked = async (tx: Tx, { where, parameters }: Condition): Promise<CaseRecord[]> => {
  const rows = await query<Row>(tx, `select ${columns} from transfer_case where ${where}`, parameters);
  if (rows.length === 0) return [];
  const beside = await besideThem(
    tx,
    rows.map((row) => row.case_id),
  );
  return rows.flatMap((row, nth) => {
    const own = beside[nth];
    return own === undefined ? [] : [recordOf(row, besideOf(own))];
  });
};

/** Cases by id, as far as the scope covers them, oldest first. */
export const casesById = async (tx: Tx, ids: readonly string[]): Promise<CaseRecord[]> =>
  ids.length === 0 ? [] : found(tx, { where: 'case_id = any($1::uuid[])', parameters: [ids] });

/** A case with its lock; nothing where the scope does not cover it. */
export const lockCase = async (tx: Tx, id: string): Promise<CaseRecord | undefined> => {
  // The second statement is sent behind the first, and done once that has its lock.
  const [rows, beside] = await Promise.all([
    query<Row>(tx, `select ${columns} from transfer_case where case_id = $1 for update`, [id]),
    besideThem(tx, [id]),
  ]);
  const [row] = rows;
  const [own] = beside;
  return row && own && recordOf(row, besideOf(own));
};

/** What is open about a person, drafts among it, each locked; for workers. */
export const lockOpenOf = (tx: Tx, person: string): Promise<CaseRecord[]> =>
  locked(tx, {
    where: 'person_id = $1 and ended_at is null order by case_id for update',
    parameters: [person],
  });

/** The latest cases of persons, up to the largest page of each, as far as the scope covers them; oldest first. */
export const casesOfPersons = (tx: Tx, persons: readonly string[]): Promise<CaseRecord[]> =>
  found(tx, {
    where: `case_id in (select latest.case_id from unnest($1::uuid[]) as of(person) cross join lateral (
      select case_id from transfer_case where person_id = of.person
      order by opened_at desc, case_id desc limit $2) latest)`,
    parameters: [persons, largestPage],
  });

/**
 * The first case of which a condition is true, locked, and none that somebody else has at hand. For workers; the condition
 * is one of their own texts, `order` likewise.
 */
export const lockFirst = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
  order: string,
): Promise<CaseRecord | undefined> =>
  (
    await locked(tx, {
      where: `${condition} order by ${order} limit 1 for update skip locked`,
      parameters,
    })
  )[0];

/** Writes a new draft without its steps and papers; false where the school has one for this person already. */
export const insertCase = async (tx: Tx, made: CaseRecord): Promise<boolean> => {
  const { source, target } = made;
  const written = await execute(
    tx,
    `insert into transfer_case (case_id, person_id, enrollment_id, registration_version, kind, state, source_school,
       source_place, source_province, source_authority, source_stage, target_school, target_place, target_province,
       target_authority, target_stage, target_grade, entry_year_adj, last_grade, class_id, competent_authority,
       competent_place, request, sealed, plan, findings, applied_on, policy_on, opened_at, opened_by, purge_at, version, events)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
       $23::jsonb, $24, $25::jsonb, $26::jsonb, $27, $28, $29, $30, $31, $32, $33)
     on conflict (person_id, target_school) where ended_at is null and started_at is null do nothing`,
    [
      ...[made.id, made.person, made.enrollment, made.registrationVersion, made.kind, made.state],
      ...[source.school, source.place, source.province, source.authority, source.stage],
      ...[target.school, target.place, target.province, target.authority, target.stage],
      ...[target.grade, target.entryYearAdj, target.lastGrade, target.schoolClass],
      ...[target.competent?.authority ?? null, target.competent?.place ?? null],
      ...[
        JSON.stringify(made.request),
        made.sealed,
        JSON.stringify(made.plan),
        JSON.stringify(made.findings),
      ],
      ...[made.request.appliedOn, made.policyOn, made.openedAt, made.openedBy, made.purgeAt],
      ...[made.version, made.events],
    ],
  );
  return written === 1;
};

/** Writes how a case stands now; `settleApplications`: what families have asked for is to follow it. */
export const updateCase = (
  tx: Tx,
  after: CaseRecord,
  { settleApplications }: { settleApplications: boolean },
): Promise<number> =>
  execute(
    tx,
    `update transfer_case set state = $2, registration_version = $3, findings = $4::jsonb, plan = $5::jsonb,
       policy_on = $6, started_at = $7, purge_at = $8, approved_at = $9, ended_at = $10, release_place = $11,
       filing = $12::jsonb, version = $13, events = $14, grade_consent = $15, stands_still = $16,
       place_asked_at = case when $7::timestamptz is null then place_asked_at end,
       place_asked_by = case when $7::timestamptz is null then place_asked_by end,
       settle_applications = settle_applications or $17
     where case_id = $1`,
    [
      ...[after.id, after.state, after.registrationVersion, JSON.stringify(after.findings)],
      ...[JSON.stringify(after.plan), after.policyOn, after.startedAt, after.purgeAt, after.approvedAt],
      ...[after.endedAt, after.releasePlace, after.filing && JSON.stringify(after.filing)],
      ...[after.version, after.events, after.gradeConsent, after.standsStill, settleApplications],
    ],
  );

/** True where another case about the person has started, at whatever schools: no more is told of it (PRV-15). */
export const isAnotherOpen = async (tx: Tx, person: string, than: string): Promise<boolean> =>
  (
    await query(
      tx,
      `select 1 from transfer_case where person_id = $1 and ended_at is null and started_at is not null and case_id <> $2
       limit 1`,
      [person, than],
    )
  ).length > 0;

/** Of these drafts, those about whose person another case has started, at whatever schools. */
export const overtaken = async (tx: Tx, cases: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await query<{ id: string }>(
    tx,
    `select d.case_id as id from transfer_case d where d.case_id = any($1::uuid[]) and d.started_at is null
       and d.ended_at is null and exists (select from transfer_case c where c.person_id = d.person_id
         and c.case_id <> d.case_id and c.started_at is not null and c.ended_at is null)`,
    [cases],
  );
  return new Set(rows.map(({ id }) => id));
};
