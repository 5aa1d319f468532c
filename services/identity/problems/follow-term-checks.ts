import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { SchoolTermChecked } from '#libs/contracts/events/term-check.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { holdPerson } from '../person/held-person.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { openProblem } from './problem-rows.ts';

type Core = Pick<ServiceCore, 'sealing' | 'directory'>;

/** Words of the record: what else the school had to say stands with the check. */
const NOTE = '学校每学期核准时发现。';

/** The child where it is now, whatever has happened since the check. */
const anywhere = (person: string) => ({ lo: 1, hi: 0, persons: [person] });

const openFaults = async (core: Core, tx: Tx, event: Envelope, calendar: WorkingDayCalendar) => {
  const { faults, school } = readEvent(SchoolTermChecked, event);
  for (const { person, kind } of faults.toSorted((a, b) => (a.person < b.person ? -1 : 1))) {
    const held = await holdPerson(tx, core.sealing, anywhere(person), person);
    if (held === undefined) continue;
    const lawPlace = lawPlaceAt(await core.directory.school(held.school), held.province);
    const opened = await openProblem(
      { tx, sealing: core.sealing, at: event.time, lawPlace, calendar },
      {
        ...{ person, personVersion: held.version, place: held.place, province: held.province },
        ...{ school: held.school, kind, other: null, source: 'SCHOOL_CHECK' },
        ...{ by: 'SYSTEM', unit: school, note: NOTE },
      },
    );
    if (opened === undefined) continue;
    await execute(tx, 'update person set version = version + 1 where person_id = $1', [person]);
    await recordEvents(tx, event.time, opened.events);
  }
};

/** Faults that schools find in the checks of a term become problem records; one that waits already stays the only one (STA-05, W-22). */
export const termFaults = (core: Core): Projection => {
  enforces('STA-05');
  return {
    name: 'identity-term-faults',
    sources: ['statistics'],
    types: [SchoolTermChecked.type],
    tables: [],
    apply: async (tx, events) => {
      const calendar = workingDayCalendar(await standingWorkingDays(tx));
      for (const event of events) await openFaults(core, tx, event, calendar);
    },
  };
};
