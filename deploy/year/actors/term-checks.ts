import { addDays, daysBetween, type IsoDate } from '#libs/law/dates.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Actor } from '../actor.ts';
import { schoolDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';

/** A school's check as its head reads it. */
type Check = { possibleFrom: IsoDate; dueOn: IsoDate; state: string; version: number };

/** What became of the check of a school in a term: `<school> <year> <term>`. */
export type CheckNotes = Map<
  string,
  { school: string; dueOn: IsoDate; faults: string[]; confirmedOn: IsoDate | null }
>;

const TERMS = [
  { schoolYear: 2025, term: 1 },
  { schoolYear: 2025, term: 2 },
  { schoolYear: 2026, term: 1 },
] as const;
type Term = (typeof TERMS)[number];

const FORGETS = 0.1;
const FINDS_A_FAULT = 0.2;
const TRIES_EARLY = 0.2;
/** Days after it opened in which most checks are made. */
const USUALLY_WITHIN = 60;
/** No check is owed by these kinds of school. */
const WITHOUT: readonly string[] = ['KINDERGARTEN', 'VOCATIONAL'];

const fields = 'check { possibleFrom dueOn state version }';

/**
 * Heads of schools check their registrations each term once it is possible (STA-03): most in time, with a fault now and then
 * that becomes a problem record; some forget. In Shanxi some try in the first month already, which is refused.
 */
export const actor: Actor = {
  name: 'term checks',
  at: '13:30',
  act: async (day, world) => {
    const notes = world.memory<CheckNotes>(() => new Map());
    for (const term of TERMS) {
      const schools = world.schools().filter(({ kind }) => !WITHOUT.includes(kind));
      await world.each(schools, (school) => look(world, notes, term, school, day));
    }
  },
};

const look = async (
  world: World,
  notes: CheckNotes,
  term: Term,
  school: School,
  day: IsoDate,
): Promise<void> => {
  const key = `${school.code} ${term.schoolYear} ${term.term}`;
  const fate = world.fate(key);
  const note = notes.get(key);
  if (note !== undefined && (note.confirmedOn !== null || day > note.dueOn)) return;
  if (!isNear(term, day)) return;
  const check = await checkOf(world, school, term);
  if (check === null) {
    if (note === undefined) await tryEarly(world, school, term, fate.chance(TRIES_EARLY));
    return;
  }
  const known = note ?? { school: school.code, dueOn: check.dueOn, faults: [], confirmedOn: null };
  known.dueOn = check.dueOn;
  notes.set(key, known);
  const forgets = fate.chance(FORGETS);
  const wanted = addDays(check.possibleFrom, fate.between(0, USUALLY_WITHIN));
  if (forgets || day < wanted || check.state !== 'CHECK_OPEN') return;
  const faults = fate.chance(FINDS_A_FAULT) ? faultsAt(world, school) : [];
  const confirmed = await confirm(world, school, term, { expectedVersion: check.version, faults });
  if (confirmed === null) return;
  known.confirmedOn = day;
  known.faults = faults.map(({ student }) => student);
};

/** Within half a year of the beginning of the term's half of the school year: nobody asks after other terms. */
const isNear = ({ schoolYear, term }: Term, day: IsoDate): boolean => {
  const from = term === 1 ? `${schoolYear}-09-01` : `${schoolYear + 1}-02-15`;
  const days = daysBetween(from, day);
  return days >= 0 && days < 180;
};

const checkOf = async (world: World, school: School, term: Term): Promise<Check | null> => {
  const answer = await world.read<{ termCheck: Check | null }>(
    schoolDesks(school.code).head,
    `query ($schoolYear: SchoolYear!, $term: Int!) { termCheck(schoolYear: $schoolYear, term: $term) {
       possibleFrom dueOn state version } }`,
    { ...term },
  );
  return answer?.termCheck ?? null;
};

const faultsAt = (world: World, { code }: School): { student: string; kind: string }[] => {
  const pupil = world.roster.all().find(({ school, status }) => school === code && status === 'IN_SCHOOL');
  return pupil === undefined ? [] : [{ student: pupil.person, kind: 'PERSON_RECORD_SEPARATED' }];
};

const confirm = (
  world: World,
  school: School,
  term: Term,
  input: Record<string, unknown>,
  expects: readonly string[] = [],
): Promise<{ check: Check | null } | null> =>
  world.order<{ check: Check | null }>({
    as: schoolDesks(school.code).head,
    does: 'confirmTermCheck',
    type: 'ConfirmTermCheckInput',
    gives: fields,
    expects,
    input: { ...term, note: '已逐班核对人籍和信息', withoutRecord: 0, faults: [], ...input },
  });

/** Somebody in a school of Shanxi wants to be done in the first month of the term already; the term has opened then. */
const tryEarly = async (world: World, school: School, term: Term, tries: boolean): Promise<void> => {
  if (!tries || !world.isShanxiLaw(school.code) || term.term !== 2) return;
  const tried = world.shared.memory;
  const key = `term checks early ${school.code}`;
  if (tried.has(key) || world.today < '2026-03-15') return;
  tried.set(key, true);
  await confirm(world, school, term, {}, ['TERM_CHECK_TOO_EARLY']);
};
