import type { z } from 'zod';
import type { holdPlace, SeatCount } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { awaitedIn, type Moment } from './awaited.ts';

export type PlaceWanted = z.infer<(typeof holdPlace)['request']>;
export type PlaceAnswer = z.infer<(typeof holdPlace)['reply']>;
type Cohort = Pick<PlaceWanted, 'school' | 'stage' | 'entryYearAdj'>;

/**
 * Two who want the last place of a grade come one after the other, whether the grade has classes or none; who sits down on a
 * place that was taken comes before or after them.
 */
export const lockCohort = async (tx: Tx, { school, stage, entryYearAdj }: Cohort): Promise<void> => {
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `places ${school} ${stage} ${entryYearAdj}`,
  ]);
  await query(
    tx,
    `select 1 from school_class where school = $1 and stage = $2 and entry_year_adj = $3
     order by class_id for update`,
    [school, stage, entryYearAdj],
  );
};

/** Who is in school here, comes back to it, or waits for the county's word has a place. */
const SITTING = `('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL', 'IN_SCHOOL', 'SUSPENDED')`;

const gradeCount = (tx: Tx, place: number, wanted: PlaceWanted): Promise<SeatCount> =>
  queryOne<SeatCount>(
    tx,
    `select (select count(*)::int from enrollment e where e.place = $5 and e.school = $1 and e.stage = $2
               and e.entry_year_adj = $3 and e.active and e.status in ${SITTING}) as enrolled,
            (select count(*)::int from place_reservation r where r.school = $1 and r.stage = $2
               and r.entry_year_adj = $3 and r.state = 'HELD' and r.transfer_id <> $4) as reserved,
            (select sum(capacity)::int from school_class c where c.school = $1 and c.stage = $2
               and c.entry_year_adj = $3) as capacity`,
    [wanted.school, wanted.stage, wanted.entryYearAdj, wanted.transfer, place],
  );

/** Of the class that is named; null where none is, or none of that name stands in the grade. */
const classCount = async (tx: Tx, wanted: PlaceWanted): Promise<SeatCount | null> => {
  if (wanted.schoolClass === null) return null;
  const [count] = await query<SeatCount>(
    tx,
    `select c.size as enrolled, c.capacity,
            (select count(*)::int from place_reservation r where r.class_id = c.class_id and r.state = 'HELD'
               and r.transfer_id <> $5) as reserved
     from school_class c where c.class_id = $1 and c.school = $2 and c.stage = $3 and c.entry_year_adj = $4`,
    [wanted.schoolClass, wanted.school, wanted.stage, wanted.entryYearAdj, wanted.transfer],
  );
  return count ?? null;
};

const withAwaited = (count: SeatCount, { length }: readonly unknown[]): SeatCount => ({
  ...count,
  reserved: count.reserved + length,
});

/** What `holdPlaceFor` would count, without holding anything: a place that was taken for who is away yet is not free. */
export const countPlacesFor = async (
  tx: Tx,
  moment: Moment,
  { place }: SchoolFact,
  wanted: PlaceWanted,
): Promise<Omit<PlaceAnswer, 'held'>> => {
  const grade = await gradeCount(tx, place, wanted);
  const schoolClass = await classCount(tx, wanted);
  // Read last: a place that turns from held into taken meanwhile is counted twice rather than not at all.
  const awaited = await awaitedIn(tx, { ...wanted, place }, moment);
  const inClass = awaited.filter((each) => each.schoolClass === wanted.schoolClass);
  return {
    grade: withAwaited(grade, awaited),
    schoolClass: schoolClass && withAwaited(schoolClass, inClass),
  };
};

const hasRoom = ({ enrolled, reserved, capacity }: SeatCount): boolean =>
  capacity === null || enrolled + reserved < capacity;

/** Holds a place for a case where one is free, in the grade and in the class (TRF-09); a place that is taken stays taken. */
export const holdPlaceFor = async (
  tx: Tx,
  moment: Moment,
  school: SchoolFact,
  wanted: PlaceWanted,
): Promise<PlaceAnswer> => {
  await lockCohort(tx, wanted);
  const { grade, schoolClass } = await countPlacesFor(tx, moment, school, wanted);
  const isFree =
    school.state === 'ACTIVE' &&
    hasRoom(grade) &&
    (wanted.schoolClass === null || (schoolClass !== null && hasRoom(schoolClass)));
  if (!isFree) return { held: false, grade, schoolClass };
  const held = await execute(
    tx,
    `insert into place_reservation (transfer_id, school, place, stage, entry_year_adj, class_id, state, held_at)
     values ($1, $2, $3, $4, $5, $6, 'HELD', $7)
     on conflict (transfer_id) do update set school = excluded.school, place = excluded.place, stage = excluded.stage,
       entry_year_adj = excluded.entry_year_adj, class_id = excluded.class_id, state = 'HELD',
       held_at = excluded.held_at, ended_at = null
     where place_reservation.state <> 'TAKEN'`,
    [
      ...[wanted.transfer, wanted.school, school.place, wanted.stage, wanted.entryYearAdj],
      ...[wanted.schoolClass, moment.now],
    ],
  );
  return { held: held === 1, grade, schoolClass };
};

/** Places that are held in classes for pupils who are to come, by class. */
export const heldIn = async (tx: Tx, classes: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await query<{ schoolClass: string; n: number }>(
    tx,
    `select class_id as "schoolClass", count(*)::int as n from place_reservation
     where class_id = any($1::uuid[]) and state = 'HELD' group by class_id`,
    [classes],
  );
  return new Map(rows.map(({ schoolClass, n }) => [schoolClass, n]));
};

/** Gives a held place back; false where none is held. */
export const releasePlaceOf = async (tx: Tx, at: string, transfer: string): Promise<boolean> =>
  (await execute(
    tx,
    `update place_reservation set state = 'RELEASED', ended_at = $2 where transfer_id = $1 and state = 'HELD'`,
    [transfer, at],
  )) === 1;

/** The place that is held for a case, taken now: the class that it names, null where it names none. Undefined where none is held. */
export const takePlaceOf = async (
  tx: Tx,
  at: string,
  transfer: string,
  { school, stage, entryYearAdj }: Cohort,
): Promise<{ schoolClass: string | null } | undefined> => {
  const [taken] = await query<{ schoolClass: string | null }>(
    tx,
    `update place_reservation set state = 'TAKEN', ended_at = $2
     where transfer_id = $1 and state = 'HELD' and school = $3 and stage = $4 and entry_year_adj = $5
     returning class_id as "schoolClass"`,
    [transfer, at, school, stage, entryYearAdj],
  );
  return taken;
};
