import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { CityConfirmationRequested, OverseasStudentRecorded } from '#libs/contracts/events/overseas.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { FromAbroad } from './from-abroad.ts';
import { type Matter, matterAggregate, matterData, saveMatter } from './matter-rows.ts';

/** A pupil from abroad, or of a joint programme, who was registered just now. */
export type CameFromAbroad = { person: string; enrollment: string; by: string; abroad: FromAbroad };

/** The city of a school; where there is none, the unit above its county stands for it. */
export const cityOf = ({ city, province }: SchoolFact): string => city ?? province;

export type Opening = { tx: Tx; at: string; calendar: WorkingDayCalendar };

/** A matter as it is put before the city. */
export const askedMatter = (
  { at, calendar }: Omit<Opening, 'tx'>,
  school: SchoolFact,
  asked: Pick<Matter, 'person' | 'enrollment' | 'kind' | 'sealed' | 'askedBy' | 'version'>,
): Matter => {
  const due = decisionDue(new Date(at), lawPlaceOfSchool(school), calendar);
  return {
    ...asked,
    ...{ place: school.place, school: school.code, province: school.province, city: cityOf(school) },
    ...{ state: 'PENDING', askedAt: at, dueOn: due.dueDate, provisional: due.provisional },
    dueCalendar: due.calendarVersion,
    ...{ decidedBy: null, decidedAt: null, reason: null },
  };
};

/**
 * Tells of pupils from abroad (ENR-17), and puts the registrations of a joint programme before the city at once
 * (ENR-18): in the transaction of the registration.
 */
export const openMatters = async (
  opening: Opening,
  school: SchoolFact,
  { person, enrollment, by, abroad }: CameFromAbroad,
): Promise<void> => {
  const { tx, at } = opening;
  const where = { person, enrollment, school: school.code, place: school.place, province: school.province };
  const events: Recorded[] = [];
  if (abroad.category !== 'NONE')
    events.push(
      recorded(OverseasStudentRecorded, `overseas:${enrollment}`, 1, {
        ...where,
        category: abroad.category,
      }),
    );
  if (abroad.jointProgramme) {
    const matter = askedMatter(opening, school, {
      ...{ person, enrollment, kind: 'JOINT_PROGRAMME', sealed: null, askedBy: by, version: 1 },
    });
    await saveMatter(tx, matter);
    events.push(recorded(CityConfirmationRequested, matterAggregate(matter), 1, matterData(matter)));
  }
  await recordEvents(tx, at, events);
};
