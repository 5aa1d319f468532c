import type { IsoDate } from '../dates.ts';

/** A step with a due date, and how it stands today. */
export type StepClock = {
  /** The last day in time, as the clock's function gave it. */
  dueDate: IsoDate;
  /** The day rests on a year whose working days are not published: nobody is late by it yet. */
  provisional: boolean;
  /** The day the step was done; absent while it waits. */
  doneOn?: IsoDate;
  today: IsoDate;
};

/** True when the step was done after its due date, or waits beyond it. */
export const isLate = ({ dueDate, provisional, doneOn, today }: StepClock): boolean =>
  !provisional && (doneOn ?? today) > dueDate;
