import type { ExamRegistration } from '#libs/law/organization/exam-registration.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Terms } from '#services/organization/calendar/terms.ts';
import type { Contact } from '#services/organization/contacts/contact.ts';
import { contactsOf, saveContacts } from '#services/organization/contacts/contact-rows.ts';
import type { School } from '#services/organization/school/school.ts';
import { saveCalendars, savePromotions } from '#services/organization/store/calendars.ts';
import { saveExamRegistration } from '#services/organization/store/exam-registrations.ts';
import { lockLoad, takeNumbers } from '#services/organization/store/number-series.ts';
import { saveSchools } from '#services/organization/store/schools.ts';
import { saveUnits, unitVersions, wholeTree } from '#services/organization/store/units.ts';
import type { OrgUnit } from '#services/organization/tree/org-unit.ts';

type Many<T> = Iterable<T> | AsyncIterable<T>;

/** What organization begins with, as the generators of the demo nation give it; each unit after the one above it. */
export type OrganizationFacts = {
  units: Many<OrgUnit>;
  schools: Many<School>;
  calendars: Many<{ region: string; schoolYear: number; terms: Terms }>;
  promotions: Many<{ schoolYear: number; effectiveAt: string }>;
  /** Last days of registrations for the college entrance examination. */
  examRegistrations?: Many<ExamRegistration>;
  /** Where people turn with complaints, of units that have published nothing yet. */
  contacts?: Many<{ unit: string; contacts: readonly Contact[] }>;
};

/** How many of each were new (or, for units, changed). */
export type Loaded = { units: number; schools: number; calendars: number; promotions: number };

/** Most schools of one transaction. */
const SCHOOLS_AT_ONCE = 100;

/**
 * Loads units, schools, calendars and promotions through the tables and events of organization. Units follow the
 * facts given; of everything else only what is missing is entered, so that a repetition changes nothing and what
 * people have decided meanwhile stays. One load writes at a time.
 */
export const loadOrganization = async (
  core: Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>,
  facts: OrganizationFacts,
): Promise<Loaded> => {
  const at = core.clock.now();
  const inLoad = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    asWorker(core.worker, async (tx) => {
      await lockLoad(tx);
      return work(tx);
    });

  const units = await collect(facts.units);
  const loadedUnits = await inLoad((tx) => loadUnits(tx, units, at));
  let schools = 0;
  for (const part of chunks(await collect(facts.schools), SCHOOLS_AT_ONCE)) {
    schools += await inLoad((tx) => loadSchools(tx, part, at));
    core.wakeRelay();
  }
  const calendars = await collect(facts.calendars);
  const promotions = await collect(facts.promotions);
  const examRegistrations = await collect(facts.examRegistrations ?? []);
  const rest = await inLoad(async (tx) => ({
    calendars: await loadCalendars(tx, calendars, at),
    promotions: await loadPromotions(tx, promotions, at),
  }));
  await inLoad((tx) => loadExamRegistrations(tx, examRegistrations, at));
  const contacts = await collect(facts.contacts ?? []);
  await inLoad((tx) => loadContacts(tx, contacts, at));
  core.wakeRelay();
  return { units: loadedUnits, schools, ...rest };
};

const loadUnits = async (tx: Tx, units: readonly OrgUnit[], at: string): Promise<number> => {
  const known = await wholeTree(tx);
  const changed = units.filter((unit) => !same(unit, known.find(unit.code)));
  const versions = await unitVersions(tx);
  for (const [province, members] of Map.groupBy(changed, (unit) => unit.province)) {
    await saveUnits(tx, province, members, versions.get(province) ?? 0, at);
  }
  return changed.length;
};

const same = (one: OrgUnit, other: OrgUnit | undefined): boolean =>
  other !== undefined &&
  one.name === other.name &&
  one.level === other.level &&
  one.parent === other.parent &&
  one.lo === other.lo &&
  one.hi === other.hi &&
  one.province === other.province &&
  one.gbt2260 === other.gbt2260;

const loadSchools = async (tx: Tx, schools: readonly School[], at: string): Promise<number> => {
  const known = await codesIn(
    tx,
    'select code from school where code = any($1::text[])',
    schools.map(({ code }) => code),
  );
  const missing = schools.filter(({ code }) => !known.has(code));
  if (missing.length === 0) return 0;
  await takeNumbers(tx, missing);
  await saveSchools(
    tx,
    await wholeTree(tx),
    missing.map((school) => ({ school, version: 1 })),
    at,
  );
  return missing.length;
};

const loadCalendars = async (
  tx: Tx,
  calendars: readonly { region: string; schoolYear: number; terms: Terms }[],
  at: string,
): Promise<number> => {
  const key = (region: string, schoolYear: number) => `${region}:${schoolYear}`;
  const known = await codesIn(
    tx,
    `select region || ':' || school_year as code from term_calendar where region = any($1::text[])`,
    calendars.map(({ region }) => region),
  );
  const missing = calendars.filter(({ region, schoolYear }) => !known.has(key(region, schoolYear)));
  await saveCalendars(
    tx,
    missing.map(({ region, schoolYear, terms }) => ({ region, schoolYear, terms, version: 1 })),
    at,
  );
  return missing.length;
};

const loadPromotions = async (
  tx: Tx,
  promotions: readonly { schoolYear: number; effectiveAt: string }[],
  at: string,
): Promise<number> => {
  const known = await codesIn(
    tx,
    'select school_year::text as code from promotion where school_year = any($1::int[])',
    promotions.map(({ schoolYear }) => schoolYear),
  );
  const missing = promotions.filter(({ schoolYear }) => !known.has(String(schoolYear)));
  await savePromotions(
    tx,
    missing.map(({ schoolYear, effectiveAt }) => ({
      schoolYear,
      effectiveAt: new Date(effectiveAt),
      version: 1,
    })),
    at,
  );
  return missing.length;
};

const loadExamRegistrations = async (
  tx: Tx,
  announced: readonly ExamRegistration[],
  at: string,
): Promise<void> => {
  const key = ({ region, schoolYear }: ExamRegistration) => `${region}:${schoolYear}`;
  const known = await codesIn(
    tx,
    `select region || ':' || school_year as code from exam_registration where region = any($1::text[])`,
    announced.map(({ region }) => region),
  );
  for (const each of announced.filter((one) => !known.has(key(one))))
    await saveExamRegistration(tx, each, at);
};

const loadContacts = async (
  tx: Tx,
  published: readonly { unit: string; contacts: readonly Contact[] }[],
  at: string,
): Promise<void> => {
  const codes = published.map(({ unit }) => unit);
  const known = await contactsOf(tx, codes);
  const tree = await wholeTree(tx);
  for (const { unit: code, contacts } of published) {
    const unit = tree.find(code);
    if (unit !== undefined && !known.has(code)) await saveContacts(tx, unit, contacts, 0, at);
  }
};

const codesIn = async (tx: Tx, text: string, keys: readonly unknown[]): Promise<Set<string>> =>
  new Set((await query<{ code: string }>(tx, text, [keys])).map((row) => row.code));

const collect = async <T>(many: Many<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of many) all.push(one);
  return all;
};

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));
