import { unitDesks } from '../world/desks.ts';
import type { Invariant } from './invariant.ts';

type Figures = { overdue: number; blockedRefusals: number };
type Report = { timelinessReport: { total: Figures } | null };

/** Steps that are late outside of the vacations and not decided, as the rows of their cases say. */
const lateSteps = `select count(*)::int as count from transfer_step s join transfer_case c using (case_id)
  where s.report_recorded_on is not null and s.decided_at is null and c.ended_at is null`;

const blocked = `select count(*)::int as count from event_log
  where type = 'IllegalRejectionBlocked' and to_char((event ->> 'time')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM') = $1`;

/** The monthly report of the province counts the late steps and the blocked refusals that there are (STA-01). */
export const timeliness: Invariant = async (world) => {
  const { registry, plan } = world.shared;
  const month = world.today.slice(0, 7);
  const unit = `${plan.province}0000`;
  const answer = await world.read<Report>(
    unitDesks(unit, 'PROVINCE').head,
    `query ($month: Month!, $scope: ID) {
       timelinessReport(month: $month, scope: $scope) { total { overdue blockedRefusals } } }`,
    { month, scope: unit },
  );
  const told = answer?.timelinessReport?.total;
  const count = async (text: string, parameters: unknown[] = []): Promise<number> =>
    (await registry.rows<{ count: number }>('transfer', text, parameters))[0]?.count ?? 0;
  const [late, refusals] = [await count(lateSteps), await count(blocked, [month])];
  return [
    ...(told?.overdue === late ? [] : [`the report counts ${told?.overdue} late steps, there are ${late}`]),
    ...(told?.blockedRefusals === refusals
      ? []
      : [`the report counts ${told?.blockedRefusals} blocked refusals, there were ${refusals}`]),
  ];
};
