import { collectedFromRow } from '#services/enrollment/registration/collected-form.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import type { Child } from '../province/newcomers.ts';
import { informationCentre, schoolDesks, unitDesks } from '../world/desks.ts';
import { provinceOf } from '../world/province-of.ts';
import { pupilOf, wordOnAbroad } from '../world/registering.ts';
import { schoolYearOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

/** A row of the running lists: whose it is, and what must come of it. */
type Listed = { child: Child; school: string; isSecond: boolean };
type Memory = { came: number; rows: Map<string, Listed>; submitted: Set<string> };
type Row = { id: string; status: string; enrollment: { id: string } | null };
type Batch = { id: string; status: string; rows: Row[] };

const LISTED_TWICE = 0.15;
const TOO_EARLY = 0.3;
const batchFields = 'batch { id status }';

/**
 * Pupils of other grades who come without a record (ENR-10): schools list them, the province hands the month's list in
 * when the month is over, and the ministry's centre checks it.
 */
export const actor: Actor = {
  name: 'other grades',
  at: '13:00',
  act: async (day, world) => {
    const memory = world.memory<Memory>(() => ({ came: 0, rows: new Map(), submitted: new Set() }));
    if (isFirstOf(world.shared.days, day))
      for (const province of provincesOf(memory)) await handIn(world, memory, province);
    if (day.slice(5, 7) === '07' || day.slice(5, 7) === '08') return;
    await listSome(world, memory);
    if (day.slice(8) >= '08' && day.slice(8) <= '14' && world.random().chance(TOO_EARLY))
      for (const province of provincesOf(memory))
        await submit(world, province, day.slice(0, 7), ['BATCH_BEFORE_MONTH_END']);
  },
};

/** Provinces whose schools have listed somebody. */
const provincesOf = ({ rows }: Memory): string[] =>
  [...new Set([...rows.values()].map(({ school }) => provinceOf(school)))].sort();

const listSome = async (world: World, memory: Memory): Promise<void> => {
  const { arrivals } = world.shared.newcomers;
  const weeks = world.shared.days.length;
  const upTo = Math.ceil((arrivals.length * (world.shared.days.indexOf(world.today) + 1)) / weeks);
  for (const child of arrivals.slice(memory.came, upTo)) {
    await list(world, memory, child, child.school, false);
    const other = world
      .schools(child.stage)
      .find(({ code }) => code !== child.school && provinceOf(code) === provinceOf(child.school));
    if (other !== undefined && world.random(child.key).chance(LISTED_TWICE))
      await list(world, memory, child, other.code, true);
  }
  memory.came = upTo;
};

/** Grades are those of the year in which the child comes. */
const inRunningYear = (world: World, child: Child): Child => ({
  ...child,
  entryYearAdj: child.entryYearAdj + (schoolYearOf(world.today) - world.shared.plan.schoolYear),
});

const list = async (
  world: World,
  memory: Memory,
  child: Child,
  school: string,
  isSecond: boolean,
): Promise<void> => {
  const payload = await world.order<{ row: { id: string } | null }>({
    as: schoolDesks(school).registrar,
    does: 'addNonGradeOneRow',
    type: 'AddNonGradeOneRowInput',
    gives: 'row { id }',
    input: {
      ...{ school, stage: child.stage, reason: '原就读学校未建籍', form: collectedFromRow(child.form) },
      ...wordOnAbroad(child),
    },
  });
  if (payload?.row) memory.rows.set(payload.row.id, { child: inRunningYear(world, child), school, isSecond });
};

const submit = async (
  world: World,
  province: string,
  month: string,
  expects: readonly string[] = [],
): Promise<{ id: string } | null> => {
  const payload = await world.order<{ batch: { id: string } | null }>({
    as: unitDesks(`${province}0000`, 'PROVINCE').registrar,
    does: 'submitNonGradeOneBatch',
    type: 'SubmitNonGradeOneBatchInput',
    gives: batchFields,
    expects,
    input: { month },
  });
  return payload?.batch ?? null;
};

const handIn = async (world: World, memory: Memory, province: string): Promise<void> => {
  const submitted = await submit(world, province, monthBefore(world.today));
  if (submitted === null) return;
  const checked = await world.order<{ batch: { id: string } | null }>({
    as: informationCentre,
    does: 'checkNonGradeOneBatch',
    type: 'CheckNonGradeOneBatchInput',
    gives: batchFields,
    input: { batch: submitted.id },
  });
  if (checked === null) return;
  const listed = () => [...memory.rows.values()].filter(({ school }) => provinceOf(school) === province);
  for (const school of [...new Set(listed().map((row) => row.school))].sort())
    await readAnswers(world, memory, school);
  if (listed().length > 0)
    world.tally.violated(`${listed().length} rows of a monthly list were not answered`);
};

/** Each school finds on the list what became of its own pupils. */
const readAnswers = async (world: World, memory: Memory, school: string): Promise<void> => {
  const lists = await world.read<{ nonGradeOneBatches: Batch[] }>(
    schoolDesks(school).registrar,
    'query ($month: Month) { nonGradeOneBatches(month: $month) { id status rows { id status enrollment { id } } } }',
    { month: monthBefore(world.today) },
  );
  for (const row of lists?.nonGradeOneBatches.flatMap(({ rows }) => rows) ?? []) {
    const listed = memory.rows.get(row.id);
    if (listed === undefined) continue;
    memory.rows.delete(row.id);
    outcomeOf(world, row, listed);
  }
};

/** The first to list a child registers it; the second is told that there is a record. */
const outcomeOf = (world: World, row: Row, { child, school, isSecond }: Listed): void => {
  world.tally.act(`listed row ${row.status}`);
  if ((row.status === 'REGISTERED') === isSecond)
    world.tally.violated(
      `a row of a monthly list became ${row.status} where it was listed ${isSecond ? 'second' : 'first'}`,
    );
  if (row.enrollment !== null) world.roster.entered(pupilOf(child, row.enrollment.id.slice(0, 36), school));
};

const monthBefore = (day: string): string => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
};
