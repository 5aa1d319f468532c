import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Finding } from '#libs/law/finding.ts';
import { correctionDue } from '#libs/law/organization/correction-order.ts';
import type { Post } from '../registrar/post.ts';
import type { CorrectionOrder } from './correction.ts';

type Found = Pick<CorrectionOrder, 'orderId' | 'kind' | 'evidence' | 'orderedBy'> & {
  /** The complaint or slip that it rests on. */
  ticket?: string | null;
  at: string;
  findings: Finding[];
};

/** A new order against a school or unit, which has until its due day to put the breach right (ORG-23). */
export const orderAgainst = (
  post: Post,
  { orderId, kind, evidence, ticket = null, orderedBy, at, findings }: Found,
  calendar: WorkingDayCalendar,
): CorrectionOrder => {
  const due = correctionDue(new Date(at), post.law, calendar);
  return {
    ...{ orderId, target: post.workplace, isSchool: post.isSchool, unit: post.unit.code },
    ...{
      province: post.unit.province,
      place: post.place,
      kind,
      evidence,
      ticket,
      orderedBy,
      orderedAt: new Date(at),
    },
    ...{ dueOn: due.dueDate, provisional: due.provisional, calendarVersion: due.calendarVersion },
    ...{ state: 'ORDERED', measures: null, reportedAt: null, remark: null, closedAt: null, closedBy: null },
    ...{ escalatedTo: null, escalatedAt: null, findings, version: 0 },
  };
};
