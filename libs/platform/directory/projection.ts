import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { GuardianLinked, GuardianUnlinked } from '#libs/contracts/events/identity.ts';
import {
  ExamRegistrationSet,
  GradePermissionSet,
  PromotionSet,
  SchoolSet,
  TermCalendarSet,
  UnitsSet,
  WorkingDaysPublished,
} from '#libs/contracts/events/organization.ts';
import { AccountFact, registrarEvents } from '#libs/contracts/events/registrar.ts';
import { insertRows } from '../database/insert.ts';
import type { Tx } from '../database/orm.ts';
import { execute } from '../database/query.ts';
import type { Projection } from '../events/projection.ts';

/** Facts of a run by their key, the last word on each: what the events one by one would leave behind. */
type Facts = {
  units: Map<string, unknown[]>;
  schools: Map<string, unknown[]>;
  promotions: Map<number, unknown[]>;
  terms: Map<string, unknown[]>;
  accounts: Map<string, unknown[]>;
  workingDays: Map<number, unknown[]>;
  gradePermissions: Map<string, unknown[]>;
  examRegistrations: Map<string, unknown[]>;
};

const ofRegistrars = new Map(registrarEvents.map((kind) => [kind.type as string, kind]));

/** The account of any event of a registrar: all carry it whole, so the last one stands for all. */
const readAccount = (facts: Facts, event: Envelope): void => {
  const kind = ofRegistrars.get(event.type);
  if (kind === undefined) return;
  const fact = AccountFact.parse(readEvent(kind, event));
  facts.accounts.set(fact.registrar, [fact.registrar, fact.subject, fact.workplace, JSON.stringify(fact)]);
};

const readFact = (facts: Facts, event: Envelope): void => {
  switch (event.type) {
    case UnitsSet.type:
      for (const unit of readEvent(UnitsSet, event).units) {
        facts.units.set(unit.code, [unit.code, JSON.stringify(unit)]);
      }
      return;
    case SchoolSet.type: {
      const school = readEvent(SchoolSet, event);
      const { code, place, authority } = school;
      facts.schools.set(code, [code, place, authority, JSON.stringify(school)]);
      return;
    }
    case PromotionSet.type: {
      const { schoolYear, effectiveAt } = readEvent(PromotionSet, event);
      facts.promotions.set(schoolYear, [schoolYear, effectiveAt]);
      return;
    }
    case TermCalendarSet.type: {
      const { region, schoolYear, terms } = readEvent(TermCalendarSet, event);
      facts.terms.set(`${region}:${schoolYear}`, [region, schoolYear, JSON.stringify(terms)]);
      return;
    }
    case WorkingDaysPublished.type: {
      const issued = readEvent(WorkingDaysPublished, event);
      facts.workingDays.set(issued.year, [issued.year, JSON.stringify(issued)]);
      return;
    }
    case GradePermissionSet.type: {
      const { province, kind, setting } = readEvent(GradePermissionSet, event);
      facts.gradePermissions.set(`${province}:${kind}`, [province, kind, setting]);
      return;
    }
    case ExamRegistrationSet.type: {
      const { region, schoolYear, endsOn } = readEvent(ExamRegistrationSet, event);
      facts.examRegistrations.set(`${region}:${schoolYear}`, [region, schoolYear, endsOn]);
      return;
    }
  }
};

const saveFacts = async (tx: Tx, facts: Facts): Promise<void> => {
  const { units, schools, promotions, terms, accounts, workingDays } = facts;
  const { gradePermissions, examRegistrations } = facts;
  await insertRows(
    tx,
    'unit_ref',
    [
      ['code', 'text'],
      ['fact', 'jsonb'],
    ],
    [...units.values()],
    'on conflict (code) do update set fact = excluded.fact',
  );
  await insertRows(
    tx,
    'school_ref',
    [
      ['code', 'text'],
      ['place', 'bigint'],
      ['authority', 'text'],
      ['fact', 'jsonb'],
    ],
    [...schools.values()],
    `on conflict (code) do update set place = excluded.place, authority = excluded.authority, fact = excluded.fact`,
  );
  await insertRows(
    tx,
    'promotion_ref',
    [
      ['school_year', 'int'],
      ['effective_at', 'timestamptz'],
    ],
    [...promotions.values()],
    'on conflict (school_year) do update set effective_at = excluded.effective_at',
  );
  await insertRows(
    tx,
    'term_ref',
    [
      ['region', 'text'],
      ['school_year', 'int'],
      ['terms', 'jsonb'],
    ],
    [...terms.values()],
    'on conflict (region, school_year) do update set terms = excluded.terms',
  );
  await insertRows(
    tx,
    'account_ref',
    [
      ['registrar_id', 'uuid'],
      ['subject', 'text'],
      ['workplace', 'text'],
      ['fact', 'jsonb'],
    ],
    [...accounts.values()],
    'on conflict (registrar_id) do update set fact = excluded.fact',
  );
  await insertRows(
    tx,
    'working_days_ref',
    [
      ['year', 'int'],
      ['fact', 'jsonb'],
    ],
    [...workingDays.values()],
    'on conflict (year) do update set fact = excluded.fact',
  );
  await insertRows(
    tx,
    'grade_permission_ref',
    [
      ['province', 'text'],
      ['kind', 'text'],
      ['setting', 'text'],
    ],
    [...gradePermissions.values()],
    'on conflict (province, kind) do update set setting = excluded.setting',
  );
  await insertRows(
    tx,
    'exam_registration_ref',
    [
      ['region', 'text'],
      ['school_year', 'int'],
      ['ends_on', 'date'],
    ],
    [...examRegistrations.values()],
    'on conflict (region, school_year) do update set ends_on = excluded.ends_on',
  );
};

/** Ties of guardians begin and end: few, and in their order. */
const saveStanding = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === GuardianLinked.type) {
    const { subject, person, from } = readEvent(GuardianLinked, event);
    await execute(
      tx,
      `insert into standing_ref (subject, person_id, since) values ($1, $2, $3)
       on conflict (subject, person_id) do update set since = excluded.since, until = null`,
      [subject, person, from],
    );
  }
  if (event.type === GuardianUnlinked.type) {
    const { subject, person, to } = readEvent(GuardianUnlinked, event);
    await execute(tx, 'update standing_ref set until = $3 where subject = $1 and person_id = $2', [
      subject,
      person,
      to,
    ]);
  }
};

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const facts: Facts = {
    units: new Map(),
    schools: new Map(),
    promotions: new Map(),
    terms: new Map(),
    accounts: new Map(),
    workingDays: new Map(),
    gradePermissions: new Map(),
    examRegistrations: new Map(),
  };
  for (const event of events) {
    readFact(facts, event);
    readAccount(facts, event);
  }
  await saveFacts(tx, facts);
  for (const event of events) await saveStanding(tx, event);
};

/** The copy of units, schools, calendars, accounts and guardians' ties that every service keeps. */
export const directoryProjection: Projection = {
  name: 'directory',
  sources: ['organization', 'identity'],
  types: [
    UnitsSet.type,
    SchoolSet.type,
    PromotionSet.type,
    TermCalendarSet.type,
    WorkingDaysPublished.type,
    GradePermissionSet.type,
    ExamRegistrationSet.type,
    ...registrarEvents.map(({ type }) => type),
    GuardianLinked.type,
    GuardianUnlinked.type,
  ],
  tables: [
    'unit_ref',
    'school_ref',
    'promotion_ref',
    'term_ref',
    'working_days_ref',
    'grade_permission_ref',
    'exam_registration_ref',
    'account_ref',
    'standing_ref',
  ],
  apply,
};
