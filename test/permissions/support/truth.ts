import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { numberContext } from '#services/identity/person/claim-key.ts';
import type { Nation } from './nation.ts';

export type Pupil = {
  person: string;
  enrollment: string;
  school: string;
  place: number;
  schoolClass: string;
  status: string;
  version: number;
  number: string;
  formerNumber: string | null;
};
export type Job = { id: string; school: string; place: number };
export type SchoolClassRow = { id: string; school: string };
export type Problem = { id: string; person: string; openedAt: string };
export type BatchRow = { id: string; school: string };
export type LedgerRow = { id: string; school: string };
/** Something that waits; `owner`: the school or county whose it is. */
export type Waiting = { id: string; owner: string };
export type FiledRegistrar = {
  id: string;
  workplace: string;
  subject: string;
  roles: readonly string[];
  version: number;
};

/** What there is, read past every scope, and who may see it by the management tree. */
export type Truth = {
  pupils: readonly Pupil[];
  classes: readonly SchoolClassRow[];
  jobs: readonly Job[];
  problems: readonly Problem[];
  batchRows: readonly BatchRow[];
  entries: readonly LedgerRow[];
  admissions: readonly Waiting[];
  entryPlaces: readonly Waiting[];
  deferrals: readonly Waiting[];
  /** Complaints that schools have filed about pupils of theirs. */
  tickets: readonly Waiting[];
  /** Cases that those complaints are about, by their public ids. */
  ticketCases: readonly Waiting[];
  registrars: readonly FiledRegistrar[];
  schools: readonly string[];
  units: readonly string[];
  /** The authority of a school and every unit above it; the school's own code first. */
  lineOf(school: string): readonly string[];
  /** The unit and every unit above it. */
  lineOfUnit(unit: string): readonly string[];
  levelOf(unit: string): string | undefined;
  guardiansOf(person: string): readonly string[];
  teachersOf(schoolClass: string): readonly string[];
};

export const readTruth = async ({ network, plan }: Nation): Promise<Truth> => {
  const { core: identity } = network.service('identity');
  const { core: enrollment } = network.service('enrollment');
  const { core: organization } = network.service('organization');
  const rows = <Row>(service: typeof identity, text: string): Promise<Row[]> =>
    asWorker(service.worker, (tx) => query<Row>(tx, text));
  const numbers = await rows<{ person_id: string; state: string; sealed: Buffer }>(
    identity,
    'select person_id, state, sealed from student_number',
  );
  const numberOf = (state: string) =>
    new Map(
      numbers
        .filter((row) => row.state === state)
        .map(
          (row) => [row.person_id, identity.sealing.open(row.sealed, numberContext(row.person_id))] as const,
        ),
    );
  const [current, former] = [numberOf('ACTIVE'), numberOf('SUPERSEDED')];
  const enrollments = await rows<Omit<Pupil, 'number' | 'formerNumber' | 'place'> & { place: string }>(
    enrollment,
    `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.place, e.class_id as "schoolClass",
            e.status, p.version from enrollment e join pupil p on p.person_id = e.person_id
     order by e.place, e.person_id`,
  );
  const jobs = await rows<Omit<Job, 'place'> & { place: string }>(
    enrollment,
    'select job_id as id, school, place from import_job order by school',
  );
  const links = await rows<{ person: string; subject: string }>(
    identity,
    'select person_id as person, subject from guardian_link where until is null',
  );
  const teachers = await rows<{ id: string; subject: string }>(
    enrollment,
    'select class_id as id, subject from class_teacher where until is null',
  );
  const problems = await rows<{ id: string; person: string; at: Date | string }>(
    identity,
    'select problem_id as id, person_id as person, opened_at as at from problem_record order by opened_at, problem_id',
  );
  const parents = new Map(plan.tree.units.map((unit) => [unit.code, unit.parent]));
  const levels = new Map(plan.tree.units.map((unit) => [unit.code, unit.level]));
  const lineOfUnit = (unit: string): string[] => {
    const above = parents.get(unit);
    return [unit, ...(above ? lineOfUnit(above) : [])];
  };
  const authorities = new Map(plan.schools.map(({ code, authority }) => [code, authority]));
  return {
    pupils: enrollments.map((row) => ({
      ...row,
      place: Number(row.place),
      number: current.get(row.person) ?? '',
      formerNumber: former.get(row.person) ?? null,
    })),
    classes: await rows(enrollment, 'select class_id as id, school from school_class order by class_id'),
    jobs: jobs.map((job) => ({ ...job, place: Number(job.place) })),
    problems: problems.map(({ at, ...row }) => ({ ...row, openedAt: new Date(at).toISOString() })),
    batchRows: await rows(enrollment, 'select row_id as id, school from grade_batch_row order by row_id'),
    admissions: await rows(
      enrollment,
      'select admission_id as id, school as owner from admission order by school',
    ),
    entryPlaces: await rows(
      enrollment,
      'select place_id as id, school as owner from entry_place order by school',
    ),
    tickets: await rows(
      network.service('complaint-ticket').core,
      'select ticket_id as id, student_school as owner from ticket where student_school is not null order by ticket_id',
    ),
    ticketCases: await rows(
      network.service('complaint-ticket').core,
      `select person_id || '.' || case_id as id, unit as owner from case_step order by case_id`,
    ),
    deferrals: await rows(
      enrollment,
      'select deferral_id as id, county as owner from deferral order by county',
    ),
    entries: await rows(enrollment, 'select entry_id as id, school from dropout_entry order by school'),
    registrars: await rows(
      organization,
      'select registrar_id as id, workplace, subject, roles, version from registrar order by place, registrar_id',
    ),
    schools: plan.schools.map(({ code }) => code),
    units: [...new Set(plan.schools.flatMap(({ authority }) => lineOfUnit(authority)))],
    lineOf: (school) => [school, ...lineOfUnit(authorities.get(school) ?? '')],
    lineOfUnit,
    levelOf: (unit) => levels.get(unit),
    guardiansOf: (person) => links.filter((link) => link.person === person).map(({ subject }) => subject),
    teachersOf: (id) => teachers.filter((row) => row.id === id).map(({ subject }) => subject),
  };
};

/** The unit or school that the claims name, where its level is the one claimed. */
export const workplaceOf = (truth: Truth, actor: Actor): string | undefined => {
  if (actor.level === 'SCHOOL') return actor.school;
  const unit = actor.level === 'MINISTRY' ? '000000' : actor.unit;
  return unit !== undefined && truth.levelOf(unit) === actor.level ? unit : undefined;
};

const authorityLevels: readonly string[] = ['PROVINCE', 'CITY', 'COUNTY'];

/**
 * The unit or school whose children the actor has a standing over; containment in the tree, without its numbers.
 * A token that was not given `student:read` has none.
 */
export const standingOf = (truth: Truth, actor: Actor): string | undefined => {
  if (!actor.scopes.has('student:read')) return undefined;
  const has = (...roles: Parameters<Actor['roles']['has']>[0][]) =>
    roles.some((role) => actor.roles.has(role));
  if (actor.level === 'SCHOOL') {
    return has('REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL') ? actor.school : undefined;
  }
  if (!authorityLevels.includes(actor.level) || !has('REGISTRAR', 'DECISION_MAKER')) return undefined;
  return actor.unit !== undefined && truth.levelOf(actor.unit) === actor.level ? actor.unit : undefined;
};

export const coversSchool = (truth: Truth, actor: Actor, school: string): boolean => {
  const standing = standingOf(truth, actor);
  return standing !== undefined && truth.lineOf(school).includes(standing);
};

/** May this actor see this child at all? */
export const seesPupil = (
  truth: Truth,
  actor: Actor,
  pupil: Pick<Pupil, 'person' | 'school' | 'schoolClass'>,
): boolean => {
  if (!actor.scopes.has('student:read')) return false;
  if (coversSchool(truth, actor, pupil.school)) return true;
  if (actor.level === 'NONE') {
    return actor.roles.has('GUARDIAN') && truth.guardiansOf(pupil.person).includes(actor.subject);
  }
  return (
    actor.level === 'SCHOOL' &&
    actor.school === pupil.school &&
    actor.roles.has('CLASS_TEACHER') &&
    standingOf(truth, actor) === undefined &&
    truth.teachersOf(pupil.schoolClass).includes(actor.subject)
  );
};
