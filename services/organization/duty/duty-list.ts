import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Desk } from '../registrar/desk.ts';
import { type DutyKind, isMissing, type TermDuty, type TermOfYear } from './duty.ts';
import { KINDS_WITHOUT_NOTICE } from './owes-notice.ts';
import { readDuties } from './read-duties.ts';

/** Which duties; null and absent mean any. */
export type DutyFilter = { kind?: DutyKind | null; missing?: boolean | null };

/** A unit or school whose duties are asked for, with those below it and of schools that lie there. */
export type DutyQuestion = TermOfYear & { unit: string; filter: DutyFilter };

/** Duties that are looked at together where only a few of them are wanted. */
const atOnce = 500;

/** Duties of a term in the order of the tree; throws OUT_OF_JURISDICTION for a unit outside the own range. */
export const listDuties = async (
  core: ServiceCore,
  { own, scope }: Desk,
  { unit, filter, ...which }: DutyQuestion,
  page: PageArguments,
): Promise<Connection<TermDuty>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, 1);
  const range = await rangeWithin(core.directory, own, unit);
  const rows = await inScope(core.app, scope, async (tx) => {
    const found: TermDuty[] = [];
    const limit = filter.missing ? atOnce : size + 1;
    let from = Number(after?.[0] ?? -1);
    for (let more = true; more && found.length <= size; ) {
      const owing = await whoOwes(tx, { ...range, from, limit }, filter.kind ?? null);
      const duties = await readDuties(
        tx,
        which,
        owing.map(({ owner }) => owner),
        core.clock.today(),
      );
      found.push(...duties.filter((duty) => !filter.missing || isMissing(duty)));
      from = Number(owing.at(-1)?.place ?? from);
      more = owing.length === limit;
    }
    return found;
  });
  return connectionOf(
    rows,
    size,
    page.after,
    ({ place }) => [place],
    (duty) => duty,
  );
};

type Owing = { owner: string; place: string };
type Stretch = { lo: number; hi: number; from: number; limit: number };

/** Counties with schools of their own, and schools run from above that stand or lie in the range, after a place. */
const whoOwes = (tx: Tx, { lo, hi, from, limit }: Stretch, kind: DutyKind | null): Promise<Owing[]> =>
  query<Owing>(
    tx,
    `select owner, place from (
       select u.code as owner, u.lo as place, 'COUNTY_CHECK' as kind from org_unit u
       where u.level = 'COUNTY' and u.lo between $1 and $2
         and exists (select from school s where s.authority = u.code)
       union all
       select s.code, s.place, 'DIRECT_SCHOOL_NOTICE' from school s join org_unit c on c.code = s.county
       where s.managed_by <> 'COUNTY' and s.kind <> all ($3::text[])
         and (s.place between $1 and $2 or c.lo between $1 and $2)) owes
     where place > $4 and ($5::text is null or kind = $5) order by place limit $6`,
    [lo, hi, KINDS_WITHOUT_NOTICE, from, kind, limit],
  );

/** What one county or school owes of a term; throws OUT_OF_JURISDICTION where it is not its to do. */
export const findDuty = async (
  { app, clock }: Pick<ServiceCore, 'app' | 'clock'>,
  { scope }: Desk,
  { owner, ...which }: TermOfYear & { owner: string },
): Promise<TermDuty> => {
  const [duty] = await inScope(app, scope, (tx) => readDuties(tx, which, [owner], clock.today()));
  if (duty === undefined) throw outOfJurisdiction();
  return duty;
};
