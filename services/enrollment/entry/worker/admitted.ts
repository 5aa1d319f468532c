import { DropoutLedgerOpened, NoShowDetected } from '#libs/contracts/events/entry.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { judgeNoShow } from '#libs/law/enrollment/no-show.ts';
import { isCompulsory, lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../../calendar-of.ts';
import { lockRegistration } from '../../cases/situation.ts';
import { SYSTEM } from '../../dropout/entry.ts';
import { placeOfSchool } from '../../dropout/entry-situation.ts';
import { isFollowed, openEntry } from '../../dropout/open-entry.ts';
import { termsOf } from '../../law-place.ts';
import { admissionsWhere, type CoursedAdmission, coursesOf, noteNoShow } from '../admission-course.ts';
import { entryDates } from '../dates.ts';

const batch = 50;
const waiting = `state = 'ADMITTED' and no_show_on is null`;

/**
 * Reckons when admitted pupils should have come: once a day while that day is missing or provisional, and once whenever
 * the working days are published or re-issued (ORG-28).
 */
const reckonDates = async (
  core: ServiceCore,
  tx: Tx,
  today: string,
  calendar: WorkingDayCalendar,
): Promise<number> => {
  const ids = await admissionsWhere(
    tx,
    `${waiting} and ((no_show_provisional and (dated_on is null or dated_on < $1::date))
       or (dated_on is not null and no_show_calendar is distinct from $2))
     order by dated_on nulls first limit ${batch} for update skip locked`,
    [today, calendar.version],
  );
  for (const { id, person, school: code, province, entryYear, course } of await coursesOf(tx, ids)) {
    const school = await core.directory.school(code);
    const lawPlace = school ? lawPlaceOfSchool(school) : { province };
    const { extendedUntil } = course;
    const terms = await termsOf(core, lawPlace);
    const dates = entryDates({ schoolYear: entryYear, extendedUntil }, terms, today, lawPlace, calendar);
    await execute(
      tx,
      `update admission set opens_on = $3, no_show_after = $4, no_show_provisional = $5, dated_on = $6,
         no_show_calendar = $7
       where person_id = $1 and admission_id = $2`,
      [person, id, dates.opensOn, dates.dueOn, dates.provisional, today, calendar.version],
    );
  }
  return ids.length;
};

/** A compulsory pupil comes into the ledger of the school that admitted (ENR-14). */
const openLedger = async (
  core: ServiceCore,
  tx: Tx,
  admission: CoursedAdmission,
  today: string,
): Promise<string | null> => {
  if (!isCompulsory(admission.stage) || (await isFollowed(tx, admission.person))) return null;
  const school = await core.directory.school(admission.school);
  const registration = await lockRegistration(tx, admission.person, admission.fromEnrollment);
  if (school === undefined || registration === undefined) return null;
  const entry = await openEntry(core, tx, {
    where: placeOfSchool(school),
    about: { registration, migrant: false },
    source: 'NO_SHOW',
    since: admission.course.opensOn ?? today,
    unit: SYSTEM,
    by: SYSTEM,
  });
  return entry.id;
};

const detect = async (core: ServiceCore, tx: Tx, admission: CoursedAdmission, today: string) => {
  const { id, person, school, place, province, stage } = admission;
  const entry = await openLedger(core, tx, admission, today);
  await noteNoShow(tx, admission, today, entry);
  const where = { school, place, province };
  const aggregate = `admission:${id}`;
  await recordEvents(tx, core.clock.now(), [
    recorded(NoShowDetected, aggregate, 1, { subject: id, person, ...where, stage }),
    ...(entry === null
      ? []
      : [recorded(DropoutLedgerOpened, aggregate, 2, { subject: id, entry, ...where })]),
  ]);
};

/** Admitted pupils who have not reported by the end of the ten working days, or of the extension (ENR-14). */
export const findAbsentAdmitted = async (core: ServiceCore): Promise<number> => {
  const today = core.clock.today();
  const calendar = await calendarOf(core);
  return asWorker(core.worker, async (tx) => {
    const dated = await reckonDates(core, tx, today, calendar);
    const ids = await admissionsWhere(
      tx,
      `${waiting} and not no_show_provisional and no_show_after < $1::date
       order by no_show_after limit ${batch} for update skip locked`,
      [today],
    );
    let found = 0;
    for (const admission of await coursesOf(tx, ids)) {
      const school = await core.directory.school(admission.school);
      const { opensOn, extendedUntil } = admission.course;
      if (school === undefined || opensOn === null) continue;
      const facts = { stage: admission.stage, opensOn, extendedUntil, reported: false };
      if (judgeNoShow(facts, today, lawPlaceOfSchool(school), calendar).length === 0) continue;
      await detect(core, tx, admission, today);
      found++;
    }
    return dated + found;
  });
};
