import type { MikroORM } from '@mikro-orm/postgresql';
import { pupilsOfTeacher } from '#libs/contracts/commands/pupils-of-teacher.ts';
import type {
  GradeChangeKind,
  GradePermissionSetting,
  IssuedYear,
  SchoolFact,
  UnitFact,
} from '#libs/contracts/events/organization.ts';
import type { Actor } from '../actor/actor.ts';
import type { Bus } from '../bus/bus.ts';
import { ask } from '../commands/internal.ts';
import { query } from '../database/query.ts';
import { asWorker, emptyScope, type Scope } from '../database/scope.ts';
import { isGranted } from '../permissions/table.ts';

export type Promotion = { schoolYear: number; effectiveAt: string };

/** Units, schools and calendars as this service knows them, and what a caller's place in the tree lets it see. */
export type Directory = {
  unit(code: string): Promise<UnitFact | undefined>;
  units(): Promise<ReadonlyMap<string, UnitFact>>;
  school(code: string): Promise<SchoolFact | undefined>;
  schoolsOf(codes: readonly string[]): Promise<ReadonlyMap<string, SchoolFact>>;
  /** Schools whose position lies in a range of the tree. */
  schoolsIn(lo: number, hi: number): Promise<SchoolFact[]>;
  promotions(): Promise<readonly Promotion[]>;
  /** The years whose working days the ministry has published, each in its last issue (ORG-28). */
  workingDays(): Promise<readonly IssuedYear[]>;
  /** What a province has set for skipping or repeating a grade; null where it has set nothing (ACC-16). */
  gradePermission(province: string, kind: GradeChangeKind): Promise<GradePermissionSetting | null>;
  /** Range of the tree or list of persons that the caller's standing covers (PRV-11, PRV-12). */
  scopeOf(actor: Actor): Promise<Scope>;
  /** The unit or school that somebody works for; nothing where level and unit of the claims do not agree. */
  workplaceOf(actor: Actor): Promise<Workplace | undefined>;
  /** The range of a unit or school by its public code. */
  rangeOf(code: string): Promise<{ lo: number; hi: number } | undefined>;
  /** Asks anew from now on: the reference tables have changed. */
  forget(): void;
};

/** A unit or school and the range of the tree that it manages. */
export type Workplace = { code: string; lo: number; hi: number };

const freshFor = 1_000;

/** Levels and roles with a standing range over children; everybody else has a short list of persons, or nobody. */
const standingLevels: ReadonlySet<Actor['level']> = new Set(['PROVINCE', 'CITY', 'COUNTY', 'SCHOOL']);
const standingRoles = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'] as const;

const ministry = '000000';

type Remembered<T> = { value: T; at: number };

/** A directory over the reference tables; what it remembers is at most a second old. */
export const createDirectory = (worker: MikroORM, bus: Bus): Directory => {
  let units: Remembered<ReadonlyMap<string, UnitFact>> | undefined;
  let promotions: Remembered<readonly Promotion[]> | undefined;
  let workingDays: Remembered<readonly IssuedYear[]> | undefined;
  const schools = new Map<string, Remembered<SchoolFact | undefined>>();
  const isFresh = (entry: Remembered<unknown> | undefined) =>
    entry !== undefined && performance.now() - entry.at < freshFor;

  const loadUnits = async (): Promise<ReadonlyMap<string, UnitFact>> => {
    const rows = await asWorker(worker, (tx) => query<{ fact: UnitFact }>(tx, 'select fact from unit_ref'));
    return new Map(rows.map((row) => [row.fact.code, row.fact]));
  };

  const allUnits = async (): Promise<ReadonlyMap<string, UnitFact>> => {
    if (units !== undefined && isFresh(units)) return units.value;
    const value = await loadUnits();
    units = { value, at: performance.now() };
    return value;
  };

  const schoolsOf = async (codes: readonly string[]): Promise<ReadonlyMap<string, SchoolFact>> => {
    const unknown = [...new Set(codes)].filter((code) => !isFresh(schools.get(code)));
    if (unknown.length > 0) {
      const rows = await asWorker(worker, (tx) =>
        query<{ fact: SchoolFact }>(tx, 'select fact from school_ref where code = any($1::text[])', [
          unknown,
        ]),
      );
      if (schools.size > 50_000) schools.clear();
      const at = performance.now();
      for (const code of unknown) schools.set(code, { value: undefined, at });
      for (const row of rows) schools.set(row.fact.code, { value: row.fact, at });
    }
    return new Map(
      codes.flatMap((code) => {
        const fact = schools.get(code)?.value;
        return fact === undefined ? [] : [[code, fact] as const];
      }),
    );
  };

  const school = async (code: string) => (await schoolsOf([code])).get(code);

  const rangeOf = async (code: string): Promise<{ lo: number; hi: number } | undefined> => {
    if (code.length === 10) {
      const fact = await school(code);
      return fact && { lo: fact.place, hi: fact.place };
    }
    const unit = (await allUnits()).get(code);
    return unit && { lo: unit.lo, hi: unit.hi };
  };

  const personsOf = async (subject: string): Promise<string[]> => {
    const rows = await asWorker(worker, (tx) =>
      query<{ person_id: string }>(
        tx,
        'select person_id from standing_ref where subject = $1 and until is null limit 200',
        [subject],
      ),
    );
    return rows.map((row) => row.person_id);
  };

  /** Pupils of a class teacher's own classes, as enrollment knows them now; nobody else leads any. */
  const ledBy = async ({ level, roles, school, subject }: Actor): Promise<readonly string[]> => {
    if (level !== 'SCHOOL' || school === undefined || !roles.has('CLASS_TEACHER')) return [];
    return (await ask(bus, pupilsOfTeacher, { subject, school })).persons;
  };

  const workplaceOf = async ({ level, school, unit }: Actor): Promise<Workplace | undefined> => {
    if (level === 'SCHOOL') {
      const range = school === undefined ? undefined : await rangeOf(school);
      return range && school !== undefined ? { code: school, ...range } : undefined;
    }
    const fact = (await allUnits()).get(level === 'MINISTRY' ? ministry : (unit ?? ''));
    return fact?.level === level ? { code: fact.code, lo: fact.lo, hi: fact.hi } : undefined;
  };

  /** The range that a standing of a level covers; the ministry has none over children. */
  const standingRange = async (actor: Actor): Promise<Workplace | undefined> =>
    standingLevels.has(actor.level) ? workplaceOf(actor) : undefined;

  const scopeOf = async (actor: Actor): Promise<Scope> => {
    if (!isGranted(actor, 'student.read')) return emptyScope;
    if (actor.level === 'NONE') {
      if (!actor.roles.has('GUARDIAN')) return emptyScope;
      return { ...emptyScope, persons: await personsOf(actor.subject) };
    }
    if (!standingRoles.some((role) => actor.roles.has(role))) {
      return { ...emptyScope, persons: await ledBy(actor) };
    }
    const range = await standingRange(actor);
    return range === undefined ? emptyScope : { lo: range.lo, hi: range.hi, persons: [] };
  };

  return {
    unit: async (code) => (await allUnits()).get(code),
    units: allUnits,
    school,
    schoolsOf,
    schoolsIn: async (lo, hi) => {
      const rows = await asWorker(worker, (tx) =>
        query<{ fact: SchoolFact }>(
          tx,
          'select fact from school_ref where place between $1 and $2 order by place limit 20000',
          [lo, hi],
        ),
      );
      return rows.map((row) => row.fact);
    },
    promotions: async () => {
      if (promotions !== undefined && isFresh(promotions)) return promotions.value;
      const rows = await asWorker(worker, (tx) =>
        query<{ school_year: number; effective_at: Date | string }>(
          tx,
          'select school_year, effective_at from promotion_ref order by school_year',
        ),
      );
      const value = rows.map((row) => ({
        schoolYear: row.school_year,
        effectiveAt: new Date(row.effective_at).toISOString(),
      }));
      promotions = { value, at: performance.now() };
      return value;
    },
    workingDays: async () => {
      if (workingDays !== undefined && isFresh(workingDays)) return workingDays.value;
      const rows = await asWorker(worker, (tx) =>
        query<{ fact: IssuedYear }>(tx, 'select fact from working_days_ref order by year'),
      );
      const value = rows.map(({ fact }) => fact);
      workingDays = { value, at: performance.now() };
      return value;
    },
    gradePermission: async (province, kind) => {
      const rows = await asWorker(worker, (tx) =>
        query<{ setting: GradePermissionSetting }>(
          tx,
          'select setting from grade_permission_ref where province = $1 and kind = $2',
          [province, kind],
        ),
      );
      return rows[0]?.setting ?? null;
    },
    scopeOf,
    workplaceOf,
    rangeOf,
    forget: () => {
      units = undefined;
      promotions = undefined;
      workingDays = undefined;
      schools.clear();
    },
  };
};
