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
import { emptyScope, type Scope, single } from '../database/scope.ts';
import { type Action, isGranted } from '../permissions/table.ts';
import type { Memory } from './memory.ts';

export type Promotion = { schoolYear: number; effectiveAt: string };

/** The terms that a region has entered for a school year, both days included. */
export type TermsOfYear = {
  region: string;
  schoolYear: number;
  terms: readonly { term: number; opensOn: string; closesOn: string }[];
};

/** The last day of the registration for the college entrance examination that a region has announced for a school year. */
export type ExamRegistrationOfYear = { region: string; schoolYear: number; endsOn: string };

/** Units, schools and calendars as this service knows them, and what a caller's place in the tree lets it see. */
export type Directory = {
  unit(code: string): Promise<UnitFact | undefined>;
  units(): Promise<ReadonlyMap<string, UnitFact>>;
  school(code: string): Promise<SchoolFact | undefined>;
  schoolsOf(codes: readonly string[]): Promise<ReadonlyMap<string, SchoolFact>>;
  /** Schools whose position lies in a range of the tree. */
  schoolsIn(lo: number, hi: number): Promise<SchoolFact[]>;
  promotions(): Promise<readonly Promotion[]>;
  /** What these regions have entered of terms (ORG-28). */
  termsOf(regions: readonly string[]): Promise<TermsOfYear[]>;
  /** What these regions have announced of registrations for the college entrance examination (TRF-16). */
  examRegistrationsOf(regions: readonly string[]): Promise<ExamRegistrationOfYear[]>;
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
};

/** A unit or school and the range of the tree that it manages. */
export type Workplace = { code: string; lo: number; hi: number };

/** Levels and roles with a standing range over children; everybody else has a short list of persons, or nobody. */
const standingLevels: ReadonlySet<Actor['level']> = new Set(['PROVINCE', 'CITY', 'COUNTY', 'SCHOOL']);
const standingRoles = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'] as const;

const ministry = '000000';

/**
 * A directory over the reference tables. `reading`: the action without which nobody has a scope in this service at all, so
 * that its database shows no row to whom the table of permissions does not let read there.
 */
export const createDirectory = (
  beside: MikroORM,
  bus: Bus,
  memory: Memory,
  reading: Action = 'student.read',
): Directory => {
  const units = memory.of(async (): Promise<ReadonlyMap<string, UnitFact>> => {
    const rows = await single<{ fact: UnitFact }>(beside, 'select fact from unit_ref');
    return new Map(rows.map((row) => [row.fact.code, row.fact]));
  });

  const schoolsOf = memory.ofMany(async (codes: readonly string[]) => {
    const rows = await single<{ fact: SchoolFact }>(
      beside,
      'select fact from school_ref where code = any($1::text[])',
      [codes],
    );
    return new Map(rows.map(({ fact }) => [fact.code, fact]));
  });

  const promotions = memory.of(async (): Promise<readonly Promotion[]> => {
    const rows = await single<{ school_year: number; effective_at: Date | string }>(
      beside,
      'select school_year, effective_at from promotion_ref order by school_year',
    );
    return rows.map((row) => ({
      schoolYear: row.school_year,
      effectiveAt: new Date(row.effective_at).toISOString(),
    }));
  });

  const workingDays = memory.of(async (): Promise<readonly IssuedYear[]> => {
    const rows = await single<{ fact: IssuedYear }>(
      beside,
      'select fact from working_days_ref order by year',
    );
    return rows.map(({ fact }) => fact);
  });

  const termsOfRegions = memory.ofMany(async (regions: readonly string[]) => {
    const rows = await single<TermsOfYear>(
      beside,
      'select region, school_year as "schoolYear", terms from term_ref where region = any($1::text[])',
      [regions],
    );
    return Map.groupBy(rows, ({ region }) => region);
  });

  const examRegistrationsOfRegions = memory.ofMany(async (regions: readonly string[]) => {
    const rows = await single<ExamRegistrationOfYear>(
      beside,
      `select region, school_year as "schoolYear", ends_on::text as "endsOn" from exam_registration_ref
       where region = any($1::text[])`,
      [regions],
    );
    return Map.groupBy(rows, ({ region }) => region);
  });

  const gradePermissions = memory.of(async (province: string) => {
    const rows = await single<{ kind: GradeChangeKind; setting: GradePermissionSetting }>(
      beside,
      'select kind, setting from grade_permission_ref where province = $1',
      [province],
    );
    return new Map(rows.map(({ kind, setting }) => [kind, setting]));
  });

  const school = async (code: string) => (await schoolsOf([code])).get(code);

  const rangeOf = async (code: string): Promise<{ lo: number; hi: number } | undefined> => {
    if (code.length === 10) {
      const fact = await school(code);
      return fact && { lo: fact.place, hi: fact.place };
    }
    const unit = (await units()).get(code);
    return unit && { lo: unit.lo, hi: unit.hi };
  };

  const personsOf = async (subject: string): Promise<string[]> => {
    const rows = await single<{ person_id: string }>(
      beside,
      'select person_id from standing_ref where subject = $1 and until is null limit 200',
      [subject],
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
    const fact = (await units()).get(level === 'MINISTRY' ? ministry : (unit ?? ''));
    return fact?.level === level ? { code: fact.code, lo: fact.lo, hi: fact.hi } : undefined;
  };

  /** The range that a standing of a level covers; the ministry has none over children. */
  const standingRange = async (actor: Actor): Promise<Workplace | undefined> =>
    standingLevels.has(actor.level) ? workplaceOf(actor) : undefined;

  const scopeOf = async (actor: Actor): Promise<Scope> => {
    if (!isGranted(actor, reading)) return emptyScope;
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
    unit: async (code) => (await units()).get(code),
    units: () => units(),
    school,
    schoolsOf,
    schoolsIn: async (lo, hi) => {
      const rows = await single<{ fact: SchoolFact }>(
        beside,
        'select fact from school_ref where place between $1 and $2 order by place limit 20000',
        [lo, hi],
      );
      return rows.map((row) => row.fact);
    },
    promotions: () => promotions(),
    termsOf: async (regions) => [...(await termsOfRegions(regions)).values()].flat(),
    examRegistrationsOf: async (regions) => [...(await examRegistrationsOfRegions(regions)).values()].flat(),
    workingDays: () => workingDays(),
    gradePermission: async (province, kind) => (await gradePermissions(province)).get(kind) ?? null,
    scopeOf,
    workplaceOf,
    rangeOf,
  };
};
