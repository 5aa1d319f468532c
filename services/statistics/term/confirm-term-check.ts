import { z } from 'zod';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolTermChecked } from '#libs/contracts/events/term-check.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { ProblemRecordKind } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lineOf } from '#libs/law/layers.ts';
import { seasonOfTerm, type Term, termOf, termsAlong } from '#libs/law/organization/term-calendar.ts';
import { judgeConfirming, judgeLeftOpen } from '#libs/law/statistics/term-check.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { countedStatuses } from '../stock/pupil.ts';
import { leftOpenAt } from './left-open.ts';
import { openChecks, openingOf } from './open-checks.ts';
import { aggregateOf, lawOfSchool, owesCheck, type TermCheck } from './term.ts';
import { checkOfSchool, recount } from './term-rows.ts';

/** Most faults of one check; a school with more reports the others with identity. */
const MOST_FAULTS = 500;

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  schoolYear: z.int(),
  term: z.union([z.literal(1), z.literal(2)]),
  expectedVersion: z.int().min(1).nullish(),
  note: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .refine((words) => !/\p{Nd}{11}/u.test(words), {
      message: '请勿填写证件号、学籍号等号码。 Leave numbers of persons out.',
    }),
  faults: z.array(z.object({ student: Uuid, kind: ProblemRecordKind })).max(MOST_FAULTS),
  withoutRecord: z.int().min(0).max(10_000),
});
type Wanted = z.infer<typeof Input>;

/** Whether the check stands confirmed, and what the law says. */
export type Confirmed = { school: string; confirmed: boolean; findings: Finding[] };

const problem = (path: string[], code: string, message: string) => badInput([{ path, code, message }]);

/** The term of the school by the calendar of its place, or what is missing there (ORG-28). */
const termAt = async (core: ServiceCore, school: SchoolFact, { schoolYear, term }: Wanted) => {
  const law = lawOfSchool(school);
  const terms = termsAlong(lineOf(law), await core.directory.termsOf(lineOf(law)));
  return termOf(terms, { schoolYear, season: seasonOfTerm(term) }, core.clock.today(), law);
};

/** The check that runs, opened now where no worker has come by since its day. */
const heldCheck = async (tx: Tx, school: SchoolFact, term: Term, at: string): Promise<TermCheck> => {
  const opening = openingOf(school, term);
  await openChecks(tx, [opening], at);
  const held = await checkOfSchool(tx, school.code, opening, true);
  if (held === undefined) throw new Error('A check that was opened is not there');
  return held;
};

/** Faults of which no problem record waits yet. */
const newAmong = async (tx: Tx, faults: Wanted['faults']): Promise<number> => {
  const [known] = await query<{ waiting: number }>(
    tx,
    `select count(distinct (p.person_id, p.kind))::int as waiting from problem_standing p
     join unnest($1::uuid[], $2::text[]) as f (person_id, kind) on f.person_id = p.person_id and f.kind = p.kind`,
    [faults.map(({ student }) => student), faults.map(({ kind }) => kind)],
  );
  return faults.length - (known?.waiting ?? 0);
};

/** Each fault is of a pupil of the school itself; whether another exists is not told. */
const assertOwn = async (tx: Tx, school: string, faults: Wanted['faults']): Promise<void> => {
  const rows = await query<{ person: string }>(
    tx,
    `select person_id as person from pupil where person_id = any($1::uuid[]) and school = $2 and status = any($3::text[])`,
    [faults.map(({ student }) => student), school, countedStatuses()],
  );
  const own = new Set(rows.map(({ person }) => person));
  if (faults.some(({ student }) => !own.has(student))) {
    throw problem(
      ['faults'],
      'NOT_OF_THIS_SCHOOL',
      '只能填写本校在籍学生。 Only pupils of the own school are named.',
    );
  }
};

type Work = { core: ServiceCore; caller: Actor; school: SchoolFact; term: Term; wanted: Wanted };

const confirm = async (tx: Tx, { core, caller, school, term, wanted }: Work): Promise<Confirmed> => {
  const at = core.clock.now();
  const today = core.clock.today();
  const law = lawOfSchool(school);
  const refused = judgeConfirming(openingOf(school, term).window, today, law);
  if (refused.length > 0) return { school: school.code, confirmed: false, findings: refused };
  const check = await heldCheck(tx, school, term, at);
  const { expectedVersion, note } = wanted;
  if (expectedVersion && check.version !== expectedVersion) throw versionConflict(check.version);
  if (check.state !== 'CHECK_OPEN') {
    throw problem(['term'], 'WRONG_STATE', '本学期已核准。 The term has been checked.');
  }
  const faults = [...new Map(wanted.faults.map((each) => [`${each.student} ${each.kind}`, each])).values()];
  await assertOwn(tx, school.code, faults);
  const standing = await leftOpenAt(tx, school.place);
  const left = {
    ...standing,
    problems: standing.problems + (await newAmong(tx, faults)),
    withoutRecord: wanted.withoutRecord,
  };
  await execute(
    tx,
    `update term_check set state = 'SCHOOL_CHECKED', confirmed_at = $4, confirmed_by = $5, note = $6, problems = $7,
       unverified = $8, unfinished = $9, without_record = $10, version = version + 1
     where school = $1 and school_year = $2 and term = $3`,
    [
      ...[check.school, check.schoolYear, check.term, at, caller.subject, note],
      ...[left.problems, left.unverified, left.unfinished, left.withoutRecord],
    ],
  );
  await insertRows(
    tx,
    'term_fault',
    [
      ['school', 'text'],
      ['school_year', 'int'],
      ['term', 'int'],
      ['person_id', 'uuid'],
      ['kind', 'text'],
      ['place', 'bigint'],
      ['open', 'boolean'],
    ],
    faults.map(({ student, kind }) => [
      ...[check.school, check.schoolYear, check.term, student, kind, check.place, true],
    ]),
  );
  await recount(tx, [{ place: check.place, term: check, from: 'CHECK_OPEN', to: 'SCHOOL_CHECKED' }]);
  const { schoolYear, term: nth, place, authority, province } = check;
  await recordEvents(tx, at, [
    recorded(SchoolTermChecked, aggregateOf(check), check.version + 1, {
      ...{ school: check.school, schoolYear, term: nth, place, authority, province, left },
      checkedOn: today,
      faults: faults.map(({ student, kind }) => ({ person: student, kind })),
    }),
  ]);
  return { school: school.code, confirmed: true, findings: judgeLeftOpen(left, today, law) };
};

/**
 * A school confirms that it has checked its registrations for a term, once, and names the faults that it found (STA-03):
 * each becomes a problem record that is followed to its end (STA-05). Throws BAD_USER_INPUT before the term has opened.
 */
export const confirmTermCheck = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Confirmed> => {
  enforces('STA-03', 'STA-05');
  const caller = authorize(actor, 'term-check.confirm');
  const wanted = parseInput(Input, input);
  const own = await core.directory.workplaceOf(caller);
  const school = own && (await core.directory.school(own.code));
  if (school === undefined || !owesCheck(school)) throw outOfJurisdiction();
  const { term, findings } = await termAt(core, school, wanted);
  if (term === undefined) return { school: school.code, confirmed: false, findings };
  if (core.clock.today() < term.opensOn) {
    throw problem(['term'], 'TERM_NOT_OPEN', '该学期尚未开学。 The term has not opened.');
  }
  const { idempotencyKey: key, ...request } = wanted;
  const confirmed = await asWorker(core.worker, (tx) =>
    once<Confirmed>(
      tx,
      { operation: 'confirmTermCheck', caller: caller.subject, key, request, at: core.clock.now() },
      () => confirm(tx, { core, caller, school, term, wanted }),
    ),
  );
  core.wakeRelay();
  return confirmed;
};
