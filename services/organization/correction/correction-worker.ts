import { CorrectionDueMoved, CorrectionEscalated } from '#libs/contracts/events/correction.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay, shanghaiDate } from '#libs/law/dates.ts';
import { judgeCorrection } from '#libs/law/organization/correction-order.ts';
import { recountDueDay } from '#libs/law/organization/due-date-recount.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import type { CorrectionOrder } from './correction.ts';
import { lockOrders, type OrderWrite, saveOrders } from './correction-rows.ts';
import { promptly } from './promptly.ts';

/** Orders of one transaction. */
const atOnce = 100;

type Core = Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>;

/** Escalates orders that are overdue and counts days again that a newer calendar moves; true when there may be more. */
export const lookAtCorrections = async (core: Core): Promise<boolean> => {
  const at = core.clock.now();
  const looked = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar(await standingWorkingDays(tx));
    const due = await query<{ id: string }>(
      tx,
      `select order_id as id from correction_order
       where state <> 'CLOSED' and (calendar_version <> $2
         or (due_on < $1 and not provisional and escalated_at is null))
       order by due_on, order_id limit $3 for update skip locked`,
      [core.clock.today(), calendar.version, atOnce],
    );
    const orders = await lockOrders(
      tx,
      due.map(({ id }) => id),
    );
    const tree = await treeAround(tx, [
      ...new Set(orders.flatMap(({ unit, orderedBy }) => [unit, orderedBy])),
    ]);
    for (const order of orders) await lookAt(tx, order, { tree, at, calendar });
    return orders.length;
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};

/** The clock of correction orders (ORG-23, ORG-28). */
export const startCorrectionWorker = (core: ServiceCore): Loop =>
  until({ name: 'correction clock', log: core.log, idle: 1_000, step: () => lookAtCorrections(core) });

type Look = { tree: OrgTree; at: string; calendar: WorkingDayCalendar };

const lookAt = async (tx: Tx, order: CorrectionOrder, look: Look): Promise<void> => {
  const counted = recounted(order, look);
  const writes: OrderWrite[] = counted.moved ? [{ order: counted.order, kind: CorrectionDueMoved }] : [];
  if (!counted.moved && counted.order !== order) await keepCalendar(tx, counted.order);
  if (writes.length > 0) await saveOrders(tx, writes, look.at);
  const now = { ...counted.order, version: order.version + writes.length };
  const escalated = escalation(now, look);
  if (escalated !== undefined) await saveOrders(tx, [escalated], look.at);
};

const recounted = (
  order: CorrectionOrder,
  { tree, at, calendar }: Look,
): { order: CorrectionOrder; moved: boolean } => {
  if (order.calendarVersion === calendar.version) return { order, moved: false };
  const from = shanghaiDate(order.orderedAt);
  const workingDays = promptly(lawPlaceOf(tree, unitIn(tree, order.unit)), from);
  const { change, due } = recountDueDay(
    { ...order, counted: { from, workingDays } },
    shanghaiDate(new Date(at)),
    calendar,
  );
  return { order: { ...order, ...due }, moved: change !== 'NONE' };
};

/** The day stays, and is known to have been looked at under this calendar. */
const keepCalendar = (tx: Tx, { orderId, calendarVersion }: CorrectionOrder): Promise<number> =>
  execute(tx, 'update correction_order set calendar_version = $2 where order_id = $1', [
    orderId,
    calendarVersion,
  ]);

const escalation = (order: CorrectionOrder, { tree, at }: Look): OrderWrite | undefined => {
  if (order.escalatedAt !== null) return undefined;
  const orderedBy = unitIn(tree, order.orderedBy);
  const findings = judgeCorrection(
    {
      orderedBy: orderedBy.level,
      corrected: order.state === 'CLOSED',
      dueAt: endOfDay(order.dueOn),
      provisional: order.provisional,
    },
    new Date(at),
    lawPlaceOf(tree, unitIn(tree, order.unit)),
  );
  if (findings.length === 0) return undefined;
  return {
    order: {
      ...order,
      escalatedTo: orderedBy.parent ?? orderedBy.code,
      escalatedAt: new Date(at),
      findings: [...order.findings, ...findings],
    },
    kind: CorrectionEscalated,
  };
};

const unitIn = (tree: OrgTree, code: string): OrgUnit => {
  const unit = tree.find(code);
  if (unit === undefined) throw new Error('An order names a unit that is not there');
  return unit;
};
