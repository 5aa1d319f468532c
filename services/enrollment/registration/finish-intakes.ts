import { v7 as uuidv7 } from 'uuid';
import type { ClaimResult } from '#libs/contracts/commands/claim-persons.ts';
import { EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import { approvalDue } from '#libs/law/enrollment/approval.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { afterRegistration, type EnrollmentRow } from './after-registration.ts';
import { handInAgain, lockReturned } from './hand-in-again.ts';
import { holdBy, judgeAnswers, type RowOfPerson } from './judge-answers.ts';
import { leaveKindergarten } from './leave-kindergarten.ts';
import type { IntakeRow } from './open-intakes.ts';
import { type Due, insertRegistrations, type NewRegistration, nextVersions } from './registration-rows.ts';

/** What became of an intake. */
export type IntakeOutcome = {
  intake: string;
  contentKey: string;
  person: string | null;
  enrollment: string | null;
  findings: Finding[];
  /** The registration as it was just written, where it is the only one that the person has ever had. */
  written?: EnrollmentRow;
};

export type Finishing = {
  tx: Tx;
  at: string;
  today: string;
  calendar: WorkingDayCalendar;
  schools: ReadonlyMap<string, SchoolFact>;
};

/**
 * Ends intakes with identity's answers, in one transaction: registered and waiting for approval (ENR-08), or
 * refused with what the asking school may know (ID-17, PRV-15). An intake that ended already stays as it is.
 */
export const finishIntakes = async (
  finishing: Finishing,
  intakes: readonly IntakeRow[],
  claims: readonly ClaimResult[],
): Promise<IntakeOutcome[]> => {
  enforces('ENR-08', 'ENR-05');
  const open = await lockOpen(finishing.tx, intakes);
  const answers = new Map(claims.map((claim) => [claim.intake, claim]));
  const fresh: NewRegistration[] = [];
  const corrected: IntakeRow[] = [];
  const keyChanges: IntakeRow[] = [];
  const known: { intake: IntakeRow; findings: Finding[] }[] = [];
  const ending = intakes.filter((candidate) => open.has(candidate.intake_id));
  const found = await judgeAnswers(
    finishing.tx,
    ending.map((intake) => ({
      answer: answers.get(intake.intake_id),
      job: intake.job_id,
      today: finishing.today,
      place: lawPlaceOf(finishing, intake),
      isPreschool: intake.facts.stage === 'PRESCHOOL',
    })),
    rowsOf(ending, answers),
  );
  for (const [at, intake] of ending.entries()) {
    const answer = answers.get(intake.intake_id);
    const findings = found[at] ?? [];
    const held = answer?.outcome === 'CLAIMED' ? await holdBy(finishing.tx, intake, findings) : intake;
    if (answer?.outcome === 'CLAIMED' && intake.corrects) corrected.push(held);
    else if (answer?.outcome === 'CLAIMED') fresh.push({ intake: held, claim: answer, enrollment: uuidv7() });
    if (answer?.outcome === 'EXISTS') known.push({ intake, findings });
    if (answer?.outcome === 'KEY_CHANGE') keyChanges.push(intake);
  }
  const written = await register(finishing, fresh);
  const outcomes: IntakeOutcome[] = [];
  for (const intake of corrected) outcomes.push(await correct(finishing, intake));
  for (const { intake, findings } of known) outcomes.push(await refuse(finishing, intake, findings));
  for (const intake of keyChanges)
    outcomes.push(await refuse(finishing, intake, [keyChange(finishing, intake)]));
  return [...outcomes, ...fresh.map((entry) => outcomeOf(entry, written))];
};

/** The rows by which persons come in with these intakes. */
const rowsOf = (
  ending: readonly IntakeRow[],
  answers: ReadonlyMap<string, ClaimResult>,
): Map<string, RowOfPerson> =>
  new Map(
    ending.flatMap(({ intake_id: intake, job_id: job, row_no: row }) => {
      const answer = answers.get(intake);
      return answer?.outcome !== 'CLAIMED' || job === null || row === null
        ? []
        : [[answer.person, { job, row }] as const];
    }),
  );

const outcomeOf = (
  { intake, claim, enrollment }: NewRegistration,
  written: ReadonlyMap<string, EnrollmentRow>,
): IntakeOutcome => ({
  intake: intake.intake_id,
  contentKey: intake.content_key.toString('hex'),
  person: claim.person,
  enrollment,
  findings: intake.facts.held,
  written: written.get(claim.person),
});

const lockOpen = async (tx: Tx, intakes: readonly IntakeRow[]): Promise<Set<string>> => {
  const rows = await query<{ intake_id: string }>(
    tx,
    `select intake_id from intake where intake_id = any($1::uuid[]) and state = 'COLLECTING'
     order by intake_id for update`,
    [intakes.map((intake) => intake.intake_id)],
  );
  return new Set(rows.map((row) => row.intake_id));
};

/** Writes the registrations; returns the rows of those who were never registered before, by person. */
const register = async (
  finishing: Finishing,
  fresh: readonly NewRegistration[],
): Promise<Map<string, EnrollmentRow>> => {
  if (fresh.length === 0) return new Map();
  const { tx, at } = finishing;
  const versions = await nextVersions(tx, fresh);
  const dueOf = dueBySchool(finishing);
  await leaveKindergarten(
    tx,
    fresh.map(({ claim }) => claim.person),
  );
  await insertRegistrations(tx, at, fresh, dueOf);
  await execute(
    tx,
    `update intake i set state = 'REGISTERED', sealed = null, person_id = r.person, enrollment_id = r.enrollment
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as r (id, person, enrollment) where i.intake_id = r.id`,
    [
      fresh.map(({ intake }) => intake.intake_id),
      fresh.map(({ claim }) => claim.person),
      fresh.map(({ enrollment }) => enrollment),
    ],
  );
  await recordEvents(
    tx,
    at,
    fresh.map(({ intake, claim, enrollment }) => {
      const { facts } = intake;
      return recorded(EnrollmentRegistered, claim.person, versions.get(claim.person) ?? 1, {
        person: claim.person,
        enrollment,
        school: intake.school,
        place: Number(intake.place),
        province: intake.province,
        stage: facts.stage,
        entryYearAdj: facts.entryYearAdj,
        lastGrade: facts.lastGrade,
        status: 'PENDING_APPROVAL',
        channel: facts.channel,
        marks: facts.marks,
      });
    }),
  );
  const rows = await afterRegistration(
    finishing,
    fresh.map(({ intake, claim, enrollment }) => ({ intake, person: claim.person, enrollment })),
  );
  const first = rows.filter(({ person_id }) => versions.get(person_id) === 1);
  return new Map(first.map((row) => [row.person_id, row]));
};

/** When the authority has to decide: worked out once for each school of a batch. */
const dueBySchool = (finishing: Finishing): ((intake: IntakeRow) => Due) => {
  const known = new Map<string, Due>();
  return (intake) => {
    const due =
      known.get(intake.school) ??
      approvalDue(new Date(finishing.at), lawPlaceOf(finishing, intake), finishing.calendar);
    known.set(intake.school, due);
    return due;
  };
};

const lawPlaceOf = (finishing: Finishing, intake: IntakeRow): LawPlace => {
  const school = finishing.schools.get(intake.school);
  return school ? lawPlaceOfSchool(school) : { province: intake.province };
};

/** A corrected form that identity has taken: the registration says what it says, and waits again (W-03). */
const correct = async (finishing: Finishing, intake: IntakeRow): Promise<IntakeOutcome> => {
  const { tx, at } = finishing;
  const { person_id: person, enrollment_id: enrollment, facts, note } = intake;
  const row = await lockReturned(tx, person ?? '', enrollment ?? '');
  if (row?.status !== 'RETURNED_TO_SCHOOL') throw new Error('A correction whose registration does not wait');
  const due = approvalDue(new Date(at), lawPlaceOf(finishing, intake), finishing.calendar);
  await handInAgain(tx, row, { at, due, note: note ?? '', facts, by: intake.opened_by });
  await execute(tx, `update intake set state = 'REGISTERED', sealed = null where intake_id = $1`, [
    intake.intake_id,
  ]);
  return {
    intake: intake.intake_id,
    contentKey: intake.content_key.toString('hex'),
    person,
    enrollment,
    findings: facts.held,
  };
};

const keyChange = (finishing: Finishing, intake: IntakeRow): Finding =>
  finding('ID-13', {
    code: 'KEY_INFO_NOT_APPROVED',
    outcome: 'REJECT',
    message: '该学生已有正式学籍号，姓名和身份证件号码不能在此更正。',
    messageEn: 'This pupil has a formal number: name and document are not corrected here.',
    path: ['input', 'form'],
    remedy: '请按原姓名、证件号码提交，另行申请关键信息修改。',
    on: finishing.today,
    place: lawPlaceOf(finishing, intake),
  });

const refuse = async (
  finishing: Finishing,
  intake: IntakeRow,
  findings: Finding[],
): Promise<IntakeOutcome> => {
  await execute(
    finishing.tx,
    `update intake set state = 'REFUSED', sealed = null, findings = $2::jsonb where intake_id = $1`,
    [intake.intake_id, JSON.stringify(findings)],
  );
  return {
    intake: intake.intake_id,
    contentKey: intake.content_key.toString('hex'),
    person: null,
    enrollment: null,
    findings,
  };
};
