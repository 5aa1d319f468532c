import type { Stage, TransferApplicationState } from '#libs/contracts/vocabulary.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { largestPage } from '#libs/platform/subgraph/connection.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { PaperKind } from '../cases/request.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { FamilyReason } from './family-request.ts';

type Row = {
  application_id: string;
  person_id: string;
  place: string;
  province: string;
  school: string | null;
  authority: string;
  state: TransferApplicationState;
  kind: CaseKind;
  stage: Stage;
  grade: number;
  request: FamilyReason;
  sealed: Uint8Array;
  findings: CaseFinding[];
  source: ApplicationRecord['source'];
  applied_on: string;
  applied_by: string;
  applied_at: Date;
  due_on: string;
  provisional: boolean;
  calendar_version: string;
  counted_from: string | null;
  counted_days: number | null;
  arranged: boolean;
  follows: string | null;
  papers_asked: PaperKind[];
  answered_by: string | null;
  answered_at: Date | null;
  reasons: string[];
  note: string | null;
  proposed_school: string | null;
  handled_by: string | null;
  handled_at: Date | null;
  place_kept_until: string | null;
  case_id: string | null;
  ended_at: Date | null;
  version: number;
  events: number;
};

const columns = `application_id, person_id, place, province, school, authority, state, kind, stage, grade, request, sealed,
  findings, source, applied_on::text, applied_by, applied_at, due_on::text, provisional, calendar_version, counted_from::text,
  counted_days, arranged, follows, papers_asked, answered_by, answered_at, reasons, note, proposed_school, handled_by, handled_at,
  place_kept_until::text, case_id, ended_at, version, events`;

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const proposalOf = ({ proposed_school: school, handled_by: by, handled_at: at }: Row) =>
  school === null || by === null || at === null ? null : { school, by, at: new Date(at).toISOString() };

const recordOf = (row: Row): ApplicationRecord => ({
  id: row.application_id,
  person: row.person_id,
  place: Number(row.place),
  province: row.province,
  school: row.school,
  authority: row.authority,
  state: row.state,
  kind: row.kind,
  stage: row.stage,
  grade: row.grade,
  reason: row.request,
  sealed: row.sealed,
  findings: row.findings,
  source: row.source,
  appliedOn: row.applied_on,
  appliedBy: row.applied_by,
  appliedAt: new Date(row.applied_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  ...(row.counted_from !== null && row.counted_days !== null
    ? { counted: { from: row.counted_from, workingDays: row.counted_days } }
    : {}),
  arranged: row.arranged,
  proposal: proposalOf(row),
  placeKeptUntil: row.place_kept_until,
  follows: row.follows,
  papersAsked: row.papers_asked,
  answeredBy: row.answered_by,
  answeredAt: instant(row.answered_at),
  reasons: row.reasons,
  note: row.note,
  transfer: row.case_id,
  endedAt: instant(row.ended_at),
  version: row.version,
  events: row.events,
});

/** Applications that meet a condition of ours, as far as the scope covers them; values are bound, never written in. */
export const applicationsWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<ApplicationRecord[]> =>
  (await query<Row>(tx, `select ${columns} from transfer_application where ${condition}`, parameters)).map(
    recordOf,
  );

/** An application with its lock; undefined where the scope does not cover it. */
export const lockApplication = async (tx: Tx, id: string): Promise<ApplicationRecord | undefined> =>
  (await applicationsWhere(tx, 'application_id = $1 for update', [id]))[0];

/** The latest applications of persons, up to the largest page of each; oldest first. */
export const applicationsOfPersons = (tx: Tx, persons: readonly string[]): Promise<ApplicationRecord[]> =>
  applicationsWhere(
    tx,
    `application_id in (select latest.application_id from unnest($1::uuid[]) as of(person) cross join lateral (
       select application_id from transfer_application where person_id = of.person
       order by applied_at desc, application_id desc limit $2) latest)
     order by applied_at, application_id`,
    [persons, largestPage],
  );

/** Writes a new application; false where one of the child to the same school, or to the county, is open. */
export const insertApplication = async (tx: Tx, made: ApplicationRecord): Promise<boolean> => {
  const written = await execute(
    tx,
    `insert into transfer_application (application_id, person_id, place, province, school, authority, state, kind, stage,
       grade, request, sealed, findings, source, applied_on, applied_by, applied_at, due_on, provisional, calendar_version,
       arranged, follows, version, events, counted_from, counted_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13::jsonb, $14::jsonb, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26)
     on conflict (person_id, coalesce(school, '')) where ended_at is null do nothing`,
    [
      ...[made.id, made.person, made.place, made.province, made.school, made.authority, made.state],
      ...[made.kind, made.stage, made.grade, JSON.stringify(made.reason), made.sealed],
      ...[JSON.stringify(made.findings), JSON.stringify(made.source), made.appliedOn, made.appliedBy],
      ...[made.appliedAt, made.dueOn, made.provisional, made.calendarVersion, made.arranged],
      ...[made.follows, made.version, made.events],
      ...[made.counted?.from ?? null, made.counted?.workingDays ?? null],
    ],
  );
  return written === 1;
};

/** Writes how an application stands now. */
export const updateApplication = (tx: Tx, after: ApplicationRecord): Promise<number> =>
  execute(
    tx,
    `update transfer_application set state = $2, place = $3, school = $4, authority = $5, due_on = $6, provisional = $7,
       calendar_version = $8, arranged = $9, papers_asked = $10::text[], answered_by = $11, answered_at = $12,
       reasons = $13::text[], note = $14, case_id = $15, ended_at = $16, findings = $17::jsonb, version = $18, events = $19,
       counted_from = $20, counted_days = $21, proposed_school = $22, handled_by = $23, handled_at = $24,
       place_kept_until = $25
     where application_id = $1`,
    [
      ...[after.id, after.state, after.place, after.school, after.authority, after.dueOn, after.provisional],
      ...[after.calendarVersion, after.arranged, [...after.papersAsked], after.answeredBy, after.answeredAt],
      ...[[...after.reasons], after.note, after.transfer, after.endedAt, JSON.stringify(after.findings)],
      ...[after.version, after.events, after.counted?.from ?? null, after.counted?.workingDays ?? null],
      ...[after.proposal?.school ?? null, after.proposal?.by ?? null, after.proposal?.at ?? null],
      after.placeKeptUntil,
    ],
  );
