import type { z } from 'zod';
import type { holdPlace, SeatCount } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { awaitedIn, type Moment } from './awaited.ts';

export type PlaceWanted = z.infer<(typeof holdPlace)['request']>;
export type PlaceAnswer = z.infer<(typeof holdPlace)['reply']>;
type Cohort = Pick<PlaceWanted, 'school' | 'stage' | 'entryYearAdj'>;
/** A cohort and where its school stands in the tree. */
type Year = Cohort & { place: number };

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

type Class = { id: string; size: number; capacity: number };
type Row = { enrolled: number; held: (string | null)[]; classes: Class[] };

/** Pupils and held places of a year in one statement: who moves in meanwhile is counted once, on the place or in school. */
const rowsOf = (tx: Tx, { school, stage, entryYearAdj, place }: Year, but: readonly string[]): Promise<Row> =>
  queryOne<Row>(
    tx,
    `select (select count(*)::int from enrollment e where e.place = $5 and e.school = $1 and e.stage = $2
               and e.entry_year_adj = $3 and e.active and e.status in ${SITTING}) as enrolled,
            (select coalesce(json_agg(r.class_id), '[]') from place_reservation r where r.school = $1 and r.stage = $2
               and r.entry_year_adj = $3 and r.state = 'HELD' and not r.transfer_id = any($4::uuid[])
               and not exists (select from place_reservation f where f.follows = r.transfer_id
                 and f.state <> 'RELEASED')) as held,
            (select coalesce(json_agg(json_build_object('id', c.class_id, 'size', c.size, 'capacity', c.capacity)), '[]')
               from school_class c where c.school = $1 and c.stage = $2 and c.entry_year_adj = $3) as classes`,
    [school, stage, entryYearAdj, [...but], place],
  );

/** The seats of a year of a school, and of each of its classes. */
export type YearCount = { grade: SeatCount; classes: ReadonlyMap<string, SeatCount> };

/**
 * The one count of places (TRF-09), for whoever holds one, gives one or seats somebody: who is in school there; reserved are
 * the places held for pupils who are to come, but for the matters `but`, and those taken for pupils who are awaited, because they
 * were transferred while away (TRF-21). Who is to leave has a place until the registration has moved. Run by a worker: how a
 * registration came here is no request's to read.
 */
export const countYear = async (
  tx: Tx,
  moment: Moment,
  year: Year,
  but: readonly string[] = [],
): Promise<YearCount> => {
  const { enrolled, held, classes } = await rowsOf(tx, year, but);
  // Read last: a place that turns from held into taken meanwhile is counted twice rather than not at all.
  const awaited = await awaitedIn(tx, year, moment);
  const reserved = [...held, ...awaited.map(({ schoolClass }) => schoolClass)];
  const capacity = classes.length === 0 ? null : classes.reduce((sum, each) => sum + each.capacity, 0);
  return {
    grade: { enrolled, reserved: reserved.length, capacity },
    classes: new Map(
      classes.map(({ id, size, ...each }) => [
        id,
        { enrolled: size, reserved: reserved.filter((named) => named === id).length, ...each },
      ]),
    ),
  };
};

/** What `holdPlaceFor` would count, without holding anything; no class where none is named, or none of that name is there. */
export const countPlacesFor = async (
  tx: Tx,
  moment: Moment,
  { place }: SchoolFact,
  wanted: PlaceWanted,
): Promise<Omit<PlaceAnswer, 'held'>> => {
  const { schoolClass, transfer, follows } = wanted;
  const own = [transfer, ...(follows ? [follows] : [])];
  const { grade, classes } = await countYear(tx, moment, { ...wanted, place }, own);
  return { grade, schoolClass: schoolClass === null ? null : (classes.get(schoolClass) ?? null) };
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
    `insert into place_reservation (transfer_id, school, place, stage, entry_year_adj, class_id, state, held_at, follows)
     values ($1, $2, $3, $4, $5, $6, 'HELD', $7, $8)
     on conflict (transfer_id) do update set school = excluded.school, place = excluded.place, stage = excluded.stage,
       entry_year_adj = excluded.entry_year_adj, class_id = excluded.class_id, state = 'HELD',
       held_at = excluded.held_at, follows = excluded.follows, ended_at = null
     where place_reservation.state <> 'TAKEN'`,
    [
      ...[wanted.transfer, wanted.school, school.place, wanted.stage, wanted.entryYearAdj],
      ...[wanted.schoolClass, moment.now, wanted.follows ?? null],
    ],
  );
  return { held: held === 1, grade, schoolClass };
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
