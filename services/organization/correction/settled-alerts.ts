import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { CorrectionOrdered } from '#libs/contracts/events/correction.ts';
import { SecurityAlertSettled } from '#libs/contracts/events/security.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { judgeDataRules } from '#libs/law/privacy/data-rules.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { postOf } from '../registrar/post.ts';
import { recordSystemChange } from '../store/change-record.ts';
import { ordersById, saveOrders } from './correction-rows.ts';
import { orderAgainst } from './order-against.ts';

/** The words of the order: what was settled stands with the alert, for those who may read it. */
const evidence = '学籍安全预警经核实属违反数据使用规则，详见该预警的办结结论。';

/**
 * An early warning that was settled as a breach of the data rules leads to a correction order of the next higher authority, under
 * the alert's own id, so that there is one (PRV-09). Nothing where no text in force binds, or the school has ended.
 */
const orderCorrection = async (tx: Tx, event: Envelope): Promise<void> => {
  const { alert, workplace, outcome } = readEvent(SecurityAlertSettled, event);
  const post = outcome === 'BREACH' ? await postOf(tx, workplace) : undefined;
  if (post === undefined || (await ordersById(tx, [alert])).length > 0) return;
  const findings = judgeDataRules(shanghaiDate(new Date(event.time)), post.law);
  if (findings.length === 0) return;
  const found = { orderId: alert, kind: 'DATA_RULES_BROKEN', evidence, orderedBy: post.higher } as const;
  const calendar = workingDayCalendar(await standingWorkingDays(tx));
  const order = orderAgainst(post, { ...found, at: event.time, findings }, calendar);
  await saveOrders(tx, [{ order, kind: CorrectionOrdered }], event.time);
  const aggregate = `correction:${alert}`;
  await recordSystemChange(tx, { aggregate, version: 1, action: 'ORDER', at: event.time });
};

/** Opens correction orders as authorities settle early warnings as breaches. */
export const settledAlerts: Projection = {
  name: 'organization-settled-alerts',
  sources: ['statistics'],
  types: [SecurityAlertSettled.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await orderCorrection(tx, event);
  },
};
