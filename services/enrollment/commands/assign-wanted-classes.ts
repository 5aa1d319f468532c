import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeClassPlacement } from '#libs/law/enrollment/class-placement.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { worksOn } from '../works-on.ts';
import { reservedSeats } from './reserved-seats.ts';
import { type ClassRow, type SeatedPupil, seat } from './seats.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  stage: Stage,
  cohort: z.int().min(2000).max(2100),
});
type Cohort = Omit<z.infer<typeof Input>, 'idempotencyKey'>;

/** `left`: pupils whose wanted class is full, or does not exist. */
export type WantedOutcome = { classes: string[]; assigned: number; left: number; findings: Finding[] };

type WantingPupil = SeatedPupil & { class_wanted: string };
/** A class with those who get a seat in it, and those for whom there is none. */
type Filling = { row: ClassRow; seated: WantingPupil[]; left: WantingPupil[] };

/**
 * Places every pupil of a cohort who has no class yet in the class that the collection form names (item 13), in the
 * order of registration and within the size of each class, as one operation (ENR-16). Who finds no seat stays as is.
 */
export const assignWantedClasses = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<WantedOutcome> => {
  const caller = authorize(actor, 'class.assign');
  const asked = parseInput(Input, input);
  const school = await core.directory.school(asked.school);
  const scope = await core.directory.scopeOf(caller);
  const covers = school !== undefined && scope.lo <= school.place && school.place <= scope.hi;
  if (!covers || !worksOn(caller, school)) throw outOfJurisdiction();
  const at = core.clock.now();
  const outcome = await inScope(core.app, scope, (tx) =>
    once<WantedOutcome>(
      tx,
      {
        operation: 'assignWantedClasses',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const classes = await lockClasses(tx, asked);
        const pupils = await lockUnplaced(tx, school.place, asked);
        const [first] = classes;
        const reserved = first === undefined ? new Map() : await reservedSeats(core, first);
        const fillings = fill(classes, pupils, reserved);
        for (const { row, seated } of fillings) await seat(tx, at, row, seated);
        const assigned = fillings.reduce((sum, { seated }) => sum + seated.length, 0);
        return {
          classes: fillings.filter(({ seated }) => seated.length > 0).map(({ row }) => row.class_id),
          assigned,
          left: pupils.length - assigned,
          findings: judge(fillings, core.clock.today(), lawPlaceOfSchool(school)),
        };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

const lockClasses = (tx: Tx, { school, stage, cohort }: Cohort): Promise<ClassRow[]> =>
  query<ClassRow>(
    tx,
    `select * from school_class where school = $1 and stage = $2 and entry_year_adj = $3
     order by class_id for update`,
    [school, stage, cohort],
  );

/** In the order of registration; persons are locked in theirs, as everywhere. */
const lockUnplaced = async (
  tx: Tx,
  place: number,
  { school, stage, cohort }: Cohort,
): Promise<WantingPupil[]> => {
  const rows = await query<WantingPupil & { registered_at: Date }>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.class_id, e.class_wanted, e.province,
            e.registered_at, p.version
     from pupil p join enrollment e on e.person_id = p.person_id
     where e.place = $4 and e.school = $1 and e.stage = $2 and e.entry_year_adj = $3 and e.active and e.class_id is null
       and e.class_wanted is not null
     order by p.person_id for update`,
    [school, stage, cohort, place],
  );
  return rows.sort((a, b) => Number(new Date(a.registered_at)) - Number(new Date(b.registered_at)));
};

const plain = (name: string): string => name.normalize('NFKC').replaceAll(/\s/gu, '');

/** A place that is reserved for somebody who is to come from another school is not free (TRF-09). */
const fill = (
  classes: readonly ClassRow[],
  pupils: readonly WantingPupil[],
  reserved: ReadonlyMap<string, number>,
): Filling[] => {
  const wanted = Map.groupBy(pupils, (pupil) => plain(pupil.class_wanted));
  return classes.map((row) => {
    const wanting = wanted.get(plain(row.name)) ?? [];
    const free = Math.max(0, row.capacity - row.size - (reserved.get(row.class_id) ?? 0));
    return { row, seated: wanting.slice(0, free), left: wanting.slice(free) };
  });
};

/** What the law says of those left out, and of how even the classes have become. */
const judge = (fillings: readonly Filling[], on: string, place: LawPlace): Finding[] => {
  const sizes = new Map(fillings.map(({ row, seated }) => [row.class_id, row.size + seated.length]));
  return fillings.flatMap(({ row, seated, left }) => {
    const { capacity, class_id } = row;
    const size = sizes.get(class_id) ?? row.size;
    const others = [...sizes].filter(([id]) => id !== class_id).map(([, other]) => other);
    return [
      ...(left.length > 0
        ? judgeClassPlacement({ capacity, size, adding: left.length, parallelSizes: [] }, on, place)
        : []),
      ...(seated.length > 0
        ? judgeClassPlacement({ capacity, size, adding: 0, parallelSizes: others }, on, place)
        : []),
    ];
  });
};
