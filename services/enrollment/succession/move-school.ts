import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Position } from '#libs/law/organization/succession.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { IntakeFacts } from '../registration/intake.ts';
import { type Moment, type Passage, positionThere } from './passage.ts';

type ClassRow = { id: string; stage: Stage; entry_year_adj: number; name: string; size: number };

/** A class name that no class of the cohort has yet: its own, else with the school that it comes from. */
const freeName = (taken: ReadonlySet<string>, name: string, school: string): string => {
  const candidates = [name, `${name}（${school}）`];
  const free = candidates.find((each) => !taken.has(each));
  if (free !== undefined) return free;
  const numbers = Array.from({ length: taken.size + 1 }, (_, nth) => `${name}（${school}）${nth + 2}`);
  return numbers.find((each) => !taken.has(each)) ?? name;
};

/** A grade as a position of its own: its last year here, and nobody's grade stands still. */
const positionOfCohort = (
  row: { stage: Stage; entry_year_adj: number },
  { from }: Passage,
): Position | undefined => {
  const span = from.stages.find(({ stage }) => stage === row.stage);
  return (
    span && {
      stage: row.stage,
      entryYearAdj: row.entry_year_adj,
      lastGrade: span.lastYear - span.firstYear + 1,
      frozenAt: null,
    }
  );
};

/** Classes stay classes, with their teachers; where a name is taken in the cohort it names the former school beside. */
const moveClasses = async (tx: Tx, passage: Passage, moment: Moment): Promise<number> => {
  const { from, into } = passage;
  const rows = await query<ClassRow>(
    tx,
    `select class_id as id, stage, entry_year_adj, name, size from school_class where place = $1
     order by class_id for update`,
    [from.place],
  );
  let moved = 0;
  for (const row of rows) {
    const here = positionOfCohort(row, passage);
    const isEmpty = row.size === 0 || here === undefined;
    const there = isEmpty
      ? { stage: row.stage, entryYearAdj: row.entry_year_adj }
      : positionThere(here, passage, moment);
    if (there === undefined) continue;
    const known = await query<{ name: string }>(
      tx,
      'select name from school_class where school = $1 and stage = $2 and entry_year_adj = $3',
      [into.code, there.stage, there.entryYearAdj],
    );
    await execute(
      tx,
      `update school_class set school = $2, place = $3, stage = $4, entry_year_adj = $5, name = $6, version = version + 1
       where class_id = $1`,
      [
        row.id,
        into.code,
        into.place,
        there.stage,
        there.entryYearAdj,
        freeName(new Set(known.map(({ name }) => name)), row.name, from.name),
      ],
    );
    await execute(tx, 'update class_teacher set place = $2 where class_id = $1', [row.id, into.place]);
    moved++;
  }
  return moved;
};

type Held = { transfer: string; stage: Stage; entry_year_adj: number };

/** Places held for pupils who are to come from elsewhere are held in the same year of the school that goes on (TRF-09). */
const moveHeldPlaces = async (tx: Tx, passage: Passage, moment: Moment): Promise<number> => {
  const { from, into } = passage;
  const rows = await query<Held>(
    tx,
    `select transfer_id as transfer, stage, entry_year_adj from place_reservation
     where school = $1 and place = $2 and state = 'HELD' order by transfer_id for update`,
    [from.code, from.place],
  );
  let moved = 0;
  for (const row of rows) {
    const here = positionOfCohort(row, passage);
    const there = here && positionThere(here, passage, moment);
    if (there === undefined) continue;
    await execute(
      tx,
      `update place_reservation set school = $2, place = $3, stage = $4, entry_year_adj = $5 where transfer_id = $1`,
      [row.transfer, into.code, into.place, there.stage, there.entryYearAdj],
    );
    moved++;
  }
  return moved;
};

/** A first grade into which somebody is to come is one of the school that goes on, where it has the stage. */
const teaches = ({ into }: Passage, stage: Stage) => into.stages.find((span) => span.stage === stage);

/** Children who were granted a place come to the other school; who was granted one there as well keeps that one. */
const moveEntryPlaces = async (tx: Tx, { from, into }: Passage): Promise<number> => {
  const stages = into.stages.map(({ stage }) => stage);
  const joined = await execute(
    tx,
    `update entry_place p set state = 'JOINED', place = $3
     where p.school = $1 and p.place = $2 and p.state in ('GRANTED', 'EXTENDED', 'NO_SHOW')
       and exists (select from entry_place q where q.school = $4 and q.school_year = p.school_year
                   and q.name_key = p.name_key)`,
    [from.code, from.place, into.place, into.code],
  );
  const moved = await execute(
    tx,
    `update entry_place set school = $3, place = $4, province = $5
     where school = $1 and place = $2 and state in ('GRANTED', 'EXTENDED', 'NO_SHOW') and stage = any($6::text[])`,
    [from.code, from.place, into.code, into.place, into.province, stages],
  );
  return joined + moved;
};

type WaitingAdmission = { person: string; id: string; stage: Stage };

/** Pupils whom the school has admitted and who have not reported yet report at the other one. */
const moveAdmissions = async (tx: Tx, passage: Passage): Promise<number> => {
  const { from, into } = passage;
  const rows = await query<WaitingAdmission>(
    tx,
    `select person_id as person, admission_id as id, stage from admission
     where school = $1 and place = $2 and state = 'ADMITTED' order by person_id for update`,
    [from.code, from.place],
  );
  let moved = 0;
  for (const { person, id, stage } of rows) {
    const span = teaches(passage, stage);
    if (span === undefined) continue;
    await execute(
      tx,
      `update admission set school = $3, place = $4, province = $5, last_grade = $6, version = version + 1
       where person_id = $1 and admission_id = $2`,
      [person, id, into.code, into.place, into.province, span.lastYear - span.firstYear + 1],
    );
    moved++;
  }
  return moved;
};

type ListRow = { batch: string; row: string; facts: IntakeFacts };

/** Pupils on a monthly list are listed by the other school, in the same year of schooling. */
const moveListRows = async (tx: Tx, passage: Passage, moment: Moment): Promise<number> => {
  const { from, into } = passage;
  const rows = await query<ListRow>(
    tx,
    `select batch_id as batch, row_id as row, facts from grade_batch_row
     where school = $1 and place = $2 and status in ('LISTED', 'SUBMITTED') order by batch_id, row_id for update`,
    [from.code, from.place],
  );
  let moved = 0;
  for (const { batch, row, facts } of rows) {
    const { stage, entryYearAdj, lastGrade } = facts;
    const there = positionThere({ stage, entryYearAdj, lastGrade, frozenAt: null }, passage, moment);
    if (there === undefined) continue;
    const { frozenAt: _, ...position } = there;
    await execute(
      tx,
      `update grade_batch_row set school = $3, place = $4, facts = $5::jsonb where batch_id = $1 and row_id = $2`,
      [batch, row, into.code, into.place, JSON.stringify({ ...facts, ...position })],
    );
    moved++;
  }
  return moved;
};

/** What a school has beside its registrations goes along: classes, places granted, admissions, lists. Nothing on a second run. */
export const moveSchool = async (tx: Tx, passage: Passage, moment: Moment): Promise<number> =>
  (await moveClasses(tx, passage, moment)) +
  (await moveHeldPlaces(tx, passage, moment)) +
  (await moveEntryPlaces(tx, passage)) +
  (await moveAdmissions(tx, passage)) +
  (await moveListRows(tx, passage, moment));
