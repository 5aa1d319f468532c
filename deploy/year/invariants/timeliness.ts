import { unitDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Figures = { overdue: number; blockedRefusals: number; becameOverdue: number };
type Named = { unit: string; becameOverdue: number };
type Late = { transfer: string; party: string; unit: string };
type Report = {
  timelinessReport: {
    total: Figures;
    namedUnits: { edges: { node: Named }[]; pageInfo: { hasNextPage: boolean } };
    overdueSteps: { edges: { node: Late }[]; pageInfo: { hasNextPage: boolean } };
  } | null;
};

/** The province of a school or unit by its code, in SQL. */
const provinceOf = (unit: string): string =>
  `case when length(${unit}) = 10 then substr(${unit}, 3, 2) else left(${unit}, 2) end`;

/** Steps that stand in a report at all: the clock of the four parties begins with the start of the case. */
const reported = `from transfer_step s join transfer_case c using (case_id)
  where s.party not in ('TARGET_SCHOOL', 'PREFILING_BUREAU') and ${provinceOf('s.unit')} = $1`;

const dayOf = (instant: string): string => `(${instant} at time zone 'Asia/Shanghai')::date`;

/** Steps that are late outside of the vacations and not decided, as the rows of their cases say. */
const lateSteps = `select s.case_id as transfer, s.party, s.unit ${reported}
  and s.report_recorded_on is not null and s.decided_at is null and c.ended_at is null`;

/** Steps that became late in a month, by unit: on the day after their last one they were neither decided nor over. */
const missedSteps = `select s.unit, count(*)::int as "becameOverdue" ${reported}
  and to_char(s.report_due_on + 1, 'YYYY-MM') = $2 and not s.report_provisional
  and (s.report_recorded_on is not null or ${dayOf('coalesce(s.decided_at, c.ended_at)')} > s.report_due_on)
  group by 1`;

const blocked = `select count(*)::int as count from event_log
  where type in ('IllegalRejectionBlocked', 'RegistrationRefusalBlocked') and ${provinceOf(`(event -> 'data' ->> 'unit')`)} = $1
    and to_char((event ->> 'time')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM') = $2`;

const question = `query ($month: Month!, $scope: ID) { timelinessReport(month: $month, scope: $scope) {
  total { overdue blockedRefusals becameOverdue }
  namedUnits(first: 200) { edges { node { unit becameOverdue } } pageInfo { hasNextPage } }
  overdueSteps(first: 200) { edges { node { transfer party unit } } pageInfo { hasNextPage } } } }`;

/**
 * The monthly report of each province names every step that was missed, once and under its unit, and counts the steps that are
 * late and the refusals that were blocked (STA-01, STA-11).
 */
export const timeliness: Invariant = async (world) => {
  const told: string[] = [];
  for (const province of world.shared.plan.provinces) told.push(...(await inProvince(world, province)));
  return told;
};

const inProvince = async (world: World, province: string): Promise<string[]> => {
  const { registry } = world.shared;
  const month = world.today.slice(0, 7);
  const scope = `${province}0000`;
  const answer = await world.read<Report>(unitDesks(scope, 'PROVINCE').head, question, { month, scope });
  const report = answer?.timelinessReport;
  if (!report) return [`province ${province} has no report on the month`];
  const late = await registry.rows<Late>('transfer', lateSteps, [province]);
  const missed = await registry.rows<Named>('transfer', missedSteps, [province, month]);
  const counted = await Promise.all(
    (['transfer', 'enrollment'] as const).map((service) =>
      registry.rows<{ count: number }>(service, blocked, [province, month]),
    ),
  );
  const refusals = counted.reduce((sum, [row]) => sum + (row?.count ?? 0), 0);
  const { total, namedUnits, overdueSteps } = report;
  const sum = missed.reduce((all, { becameOverdue }) => all + becameOverdue, 0);
  const stepOf = ({ transfer, party, unit }: Late): string => `${transfer} ${party} ${unit}`;
  return [
    ...differs(`the report of ${province} counts late steps`, total.overdue, late.length),
    ...differs(`the report of ${province} counts missed steps`, total.becameOverdue, sum),
    ...differs(`the report of ${province} counts blocked refusals`, total.blockedRefusals, refusals),
    ...(namedUnits.pageInfo.hasNextPage
      ? []
      : unequal(
          `the units that the report of ${province} names for a missed step`,
          namedUnits.edges
            .map(({ node }) => node)
            .filter(({ becameOverdue }) => becameOverdue > 0)
            .map(nameOf),
          missed.map(nameOf),
        )),
    ...(overdueSteps.pageInfo.hasNextPage
      ? []
      : unequal(
          `the late steps on the board of ${province}`,
          overdueSteps.edges.map(({ node }) => stepOf(node)),
          late.map(stepOf),
        )),
  ];
};

const nameOf = ({ unit, becameOverdue }: Named): string => `${unit} ${becameOverdue}`;

const differs = (what: string, told: number, are: number): string[] =>
  told === are ? [] : [`${what}: ${told}, there are ${are}`];

/** Each once, and the same. */
const unequal = (what: string, told: readonly string[], are: readonly string[]): string[] =>
  [...told].sort().join() === [...are].sort().join() ? [] : [`${what} are not those that there are`];
