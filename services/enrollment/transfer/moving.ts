import type { z } from 'zod';
import type { moveRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Registration } from '../cases/situation.ts';

/** What the service of transfers orders. */
export type MoveOrder = z.infer<(typeof moveRegistration)['request']>;
export type MoveAnswer = z.infer<(typeof moveRegistration)['reply']>;

/** A registration that is locked, and the two schools. */
export type Moving = {
  order: MoveOrder;
  registration: Registration;
  from: SchoolFact;
  into: SchoolFact;
  at: string;
  calendar: WorkingDayCalendar;
};
