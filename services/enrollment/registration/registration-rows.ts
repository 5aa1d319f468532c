import type { ClaimResult } from '#libs/contracts/commands/claim-persons.ts';
import type { approvalDue } from '#libs/law/enrollment/approval.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { IntakeRow } from './open-intakes.ts';

/** A person whom identity has claimed for an intake, and the registration that comes of it. */
export type NewRegistration = {
  intake: IntakeRow;
  claim: Extract<ClaimResult, { outcome: 'CLAIMED' }>;
  enrollment: string;
};

/** When the authority has to decide. */
export type Due = ReturnType<typeof approvalDue>;

const enrollmentColumns: Columns = [
  ['person_id', 'uuid'],
  ['enrollment_id', 'uuid'],
  ['school', 'text'],
  ['place', 'bigint'],
  ['province', 'text'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['class_wanted', 'text'],
  ['status', 'text'],
  ['channel', 'text'],
  ['active', 'boolean'],
  ['marks', 'jsonb'],
  ['held', 'jsonb'],
  ['registered_at', 'timestamptz'],
  ['due_on', 'date'],
  ['due_provisional', 'boolean'],
  ['due_calendar', 'text'],
];

/** The persons, each in its next version: new ones in their first. */
export const nextVersions = async (
  tx: Tx,
  fresh: readonly NewRegistration[],
): Promise<Map<string, number>> => {
  const ordered = [...fresh].sort((a, b) => (a.claim.person < b.claim.person ? -1 : 1));
  const rows = await insertRows<{ person_id: string; version: number }>(
    tx,
    'pupil',
    [
      ['person_id', 'uuid'],
      ['place', 'bigint'],
      ['version', 'int'],
    ],
    ordered.map(({ claim, intake }) => [claim.person, intake.place, 1]),
    `on conflict (person_id) do update set version = pupil.version + 1, place = excluded.place
     returning person_id, version`,
  );
  return new Map(rows.map((row) => [row.person_id, row.version]));
};

const rowOf = (at: string, { intake, claim, enrollment }: NewRegistration, due: Due): unknown[] => {
  const { facts } = intake;
  return [
    claim.person,
    enrollment,
    intake.school,
    intake.place,
    intake.province,
    facts.stage,
    facts.entryYearAdj,
    facts.lastGrade,
    facts.classWanted,
    'PENDING_APPROVAL',
    claim.continued ? 'PRESCHOOL_LINK' : facts.channel,
    true,
    JSON.stringify(facts.marks),
    JSON.stringify(facts.held),
    at,
    due.dueDate,
    due.provisional,
    due.calendarVersion,
  ];
};

/** Writes registrations that wait for the authority (ENR-08). */
export const insertRegistrations = async (
  tx: Tx,
  at: string,
  fresh: readonly NewRegistration[],
  dueOf: (intake: IntakeRow) => Due,
): Promise<void> => {
  await insertRows(
    tx,
    'enrollment',
    enrollmentColumns,
    fresh.map((entry) => rowOf(at, entry, dueOf(entry.intake))),
  );
};
