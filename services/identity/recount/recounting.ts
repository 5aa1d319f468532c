import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** One look at due dates that were counted by another calendar than the one in force. */
export type Recounting = {
  core: ServiceCore;
  tx: Tx;
  calendar: WorkingDayCalendar;
  at: string;
  today: string;
  /** Rows of one transaction. */
  limit: number;
};

/** Another calendar than the one in force ($1); written so that an index serves it. */
export const isStale = (column: string): string => `(${column} < $1 or ${column} > $1)`;
