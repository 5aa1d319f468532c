import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import { hasGrade, type Position } from '#libs/law/organization/succession.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { moveRecords } from './move-records.ts';
import { type Moment, type Passage, positionThere } from './passage.ts';

/** Persons of one transaction. */
const atOnce = 100;

export const beforeAll = '00000000-0000-0000-0000-000000000000';

type Row = {
  person: string;
  enrollment: string;
  status: EnrollmentStatus;
  stage: Stage;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
};

type Moving = { row: Row; version: number; position: Position };

/** Locks persons first and reads their registrations then, as everybody does who changes one. */
const lockPersons = async (tx: Tx, place: number, after: string): Promise<Map<string, number>> => {
  const rows = await query<{ person: string; version: number }>(
    tx,
    `select p.person_id as person, p.version from pupil p
     where p.person_id in (select e.person_id from enrollment e where e.place = $1 and e.active and e.person_id > $2
                           order by e.person_id limit $3)
     order by p.person_id for update`,
    [place, after, atOnce],
  );
  return new Map(rows.map(({ person, version }) => [person, version]));
};

const registrationsOf = (tx: Tx, place: number, persons: readonly string[]): Promise<Row[]> =>
  query<Row>(
    tx,
    `select person_id as person, enrollment_id as enrollment, status, stage, entry_year_adj, last_grade, frozen_at
     from enrollment where person_id = any($1::uuid[]) and place = $2 and active order by person_id`,
    [persons, place],
  );

const positionOf = (row: Row): Position => ({
  stage: row.stage,
  entryYearAdj: row.entry_year_adj,
  lastGrade: row.last_grade,
  frozenAt: row.frozen_at && new Date(row.frozen_at),
});

/** Who sits in no grade any more keeps the one of then; the year of all others has to be taught there. */
const movingOf = (
  row: Row,
  version: number | undefined,
  passage: Passage,
  moment: Moment,
): Moving | undefined => {
  const position = positionOf(row);
  const there = hasGrade(row.status) ? positionThere(position, passage, moment) : position;
  return there && { row, version: (version ?? 0) + 1, position: there };
};

const write = async (tx: Tx, moving: readonly Moving[], { from, into }: Passage): Promise<void> => {
  const persons = moving.map(({ row }) => row.person);
  await execute(
    tx,
    `update enrollment e set school = $3, place = $4, province = $5, stage = r.stage, entry_year_adj = r.entry,
       last_grade = r.last, former_schools = e.former_schools || $6::text
     from unnest($1::uuid[], $2::uuid[], $7::text[], $8::int[], $9::int[]) as r (person, enrollment, stage, entry, last)
     where e.person_id = r.person and e.enrollment_id = r.enrollment`,
    [
      persons,
      moving.map(({ row }) => row.enrollment),
      into.code,
      into.place,
      into.province,
      from.code,
      moving.map(({ position }) => position.stage),
      moving.map(({ position }) => position.entryYearAdj),
      moving.map(({ position }) => position.lastGrade),
    ],
  );
  await execute(
    tx,
    `update pupil set version = version + 1, place = case when place = $2 then $3 else place end
     where person_id = any($1::uuid[])`,
    [persons, from.place, into.place],
  );
};

const eventOf = ({ row, version, position }: Moving, { merger, from, into }: Passage) =>
  recorded(EnrollmentMoved, row.person, version, {
    person: row.person,
    enrollment: row.enrollment,
    school: into.code,
    place: into.place,
    province: into.province,
    status: row.status,
    position: { ...position, frozenAt: position.frozenAt?.toISOString() ?? null },
    merger,
    from: { school: from.code, place: from.place, province: from.province },
  });

/**
 * Moves the next registrations of a school to the one that goes on, with everything about them, in one transaction that
 * a crash undoes as a whole: same person, same registration, same number, same class (TRF-01). Who would have no grade
 * there stays until an authority has seen to it. Returns the last person looked at; null when there was nobody.
 */
export const movePupils = async (
  tx: Tx,
  passage: Passage,
  moment: Moment,
  after: string,
): Promise<string | null> => {
  enforces('ENR-69');
  const versions = await lockPersons(tx, passage.from.place, after);
  const persons = [...versions.keys()];
  const rows = await registrationsOf(tx, passage.from.place, persons);
  const moving = rows.flatMap((row) => movingOf(row, versions.get(row.person), passage, moment) ?? []);
  if (moving.length > 0) {
    await write(tx, moving, passage);
    await moveRecords(
      tx,
      moment.at,
      moving.map(({ row }) => row.person),
      passage,
    );
    await execute(tx, 'update school_succession set moved = moved + $2 where school = $1', [
      passage.from.code,
      moving.length,
    ]);
    await recordEvents(
      tx,
      moment.at,
      moving.map((each) => eventOf(each, passage)),
    );
  }
  return persons.at(-1) ?? null;
};
