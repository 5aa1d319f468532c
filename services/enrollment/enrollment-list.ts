import type { MikroORM } from '@mikro-orm/postgresql';
import { isUuid } from '#libs/contracts/ids.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { lawPromotions, promotionsBegun } from '#libs/law/enrollment/grade.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { EnrollmentKey } from './enrollment-id.ts';

export type EnrollmentFilter = {
  school?: string | null;
  schoolClass?: string | null;
  unit?: string | null;
  grade?: number | null;
  stage?: string | null;
  status?: string[] | null;
  cohort?: number | null;
  unplaced?: boolean | null;
  mine?: boolean | null;
};

type Listed = EnrollmentKey & { place: string };

/** The part of the caller's range that a filter names; outside of it nothing is said to exist. */
const narrowed = async (
  core: ServiceCore,
  scope: Scope,
  filter: EnrollmentFilter,
): Promise<{ lo: number; hi: number }> => {
  const named = filter.school ?? filter.unit;
  return named === null || named === undefined ? scope : rangeWithin(core.directory, scope, named);
};

/** What waits: with one school, or with the authority of schools. */
type Waiting = { school: string | null; authority: string | null; status: EnrollmentStatus[] };

/**
 * What waits for the caller: at a school what was sent back to it, with an authority what it alone decides (ORG-11) and
 * not a unit below it; for nobody else does anything wait.
 */
const waitingFor = ({ level, school, unit }: Actor): Waiting =>
  level === 'SCHOOL'
    ? { school: school ?? nowhere, authority: null, status: ['RETURNED_TO_SCHOOL'] }
    : { school: null, authority: unit ?? nowhere, status: ['PENDING_APPROVAL'] };

/** The code of no school and of no unit. */
const nowhere = '';

const mineAndStatus = () =>
  badInput([
    {
      path: ['filter', 'mine'],
      code: 'FILTERS_EXCLUDE_EACH_OTHER',
      message:
        '“等待本单位处理”已限定状态，不能再按状态筛选。 What waits for you has a state already: leave out status.',
    },
  ]);

/** The grade as `gradeOn` has it: that of the instant from which it stands still, for whom it does (ENR-28). */
const gradeNow = `greatest(1, least(e.last_grade, 1 - e.entry_year_adj +
  case when e.frozen_at is null or e.frozen_at > $15::timestamptz then $8::int
       else (select max(p.year) from unnest($16::int[], $17::timestamptz[]) as p (year, at) where p.at <= e.frozen_at)
  end))`;

/** Registrations that ended are listed where their state is asked for by name, as refusals are. */
const condition = `
  (e.active or $5::text[] is not null)
  and ($4::text is null or e.stage = $4)
  and ($5::text[] is null or e.status = any($5))
  and ($6::int is null or e.entry_year_adj = $6)
  and ($7::int is null or ${gradeNow} = $7)
  and ($9::uuid is null or e.class_id = $9)
  and ($10::text is null or e.school = $10)
  and (not $19::boolean or e.class_id is null)
  and ($18::text is null or exists (select from school_ref s where s.code = e.school and s.authority = $18))`;

type Listing = { core: ServiceCore; orm: MikroORM; actor: Actor; scope: Scope };

/** Registrations of the caller's scope in the order of the tree; a guardian's list is that of the own children. */
export const listEnrollments = async (
  { core, orm, actor, scope }: Listing,
  filter: EnrollmentFilter,
  page: PageArguments,
): Promise<Connection<EnrollmentKey>> => {
  if (filter.schoolClass && !isUuid(filter.schoolClass)) throw outOfJurisdiction();
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['WHOLE', 'UUID', 'UUID']);
  if (filter.mine === true && filter.status) throw mineAndStatus();
  const { lo, hi } = await narrowed(core, scope, filter);
  const now = core.clock.now();
  const begun = promotionsBegun(new Date(now), lawPromotions(await core.directory.promotions()));
  const mine = filter.mine === true ? waitingFor(actor) : null;
  const rows = await inScope(orm, scope, (tx) =>
    query<Listed>(
      tx,
      `select e.person_id as person, e.enrollment_id as enrollment, e.place from enrollment e
       where ((e.place between $1 and $2) or e.person_id = any($3::uuid[])) and ${condition}
         and ($11::bigint is null or (e.place, e.person_id, e.enrollment_id) > ($11::bigint, $12::uuid, $13::uuid))
       order by e.place, e.person_id, e.enrollment_id limit $14`,
      [
        lo,
        hi,
        [...scope.persons],
        filter.stage ?? null,
        mine?.status ?? filter.status ?? null,
        filter.cohort ?? null,
        filter.grade ?? null,
        begun.at(-1)?.schoolYear ?? null,
        filter.schoolClass ?? null,
        mine?.school ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        after?.[2] ?? null,
        size + 1,
        now,
        begun.map(({ schoolYear }) => schoolYear),
        begun.map(({ at }) => at),
        mine?.authority ?? null,
        filter.unplaced ?? false,
      ],
    ),
  );
  return connectionOf(
    rows,
    size,
    page.after,
    (row) => [Number(row.place), row.person, row.enrollment],
    (row) => row,
  );
};
