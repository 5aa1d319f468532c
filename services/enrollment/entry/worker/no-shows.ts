import { DropoutLedgerOpened, NoShowDetected } from '#libs/contracts/events/entry.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { judgeNoShow } from '#libs/law/enrollment/no-show.ts';
import { isCompulsory, lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../../calendar-of.ts';
import { Child, gradeOneYearFrom } from '../../dropout/child.ts';
import { SYSTEM } from '../../dropout/entry.ts';
import { placeOfSchool } from '../../dropout/entry-situation.ts';
import { openEntry } from '../../dropout/open-entry.ts';
import { termsOf } from '../../law-place.ts';
import { entryDates } from '../dates.ts';
import { type EntryPlace, placeContext, placesWhere, updatePlace } from '../place-rows.ts';

const batch = 50;
const waiting = `state in ('GRANTED', 'EXTENDED')`;

/**
 * Reckons the due day anew: once a day while its calendar is missing or provisional, and once whenever the working days
 * are published or re-issued (ORG-28).
 */
const reckonDates = async (
  core: ServiceCore,
  tx: Tx,
  today: string,
  calendar: WorkingDayCalendar,
): Promise<number> => {
  const undated = await placesWhere(
    tx,
    `${waiting} and (((opens_on is null or provisional) and dated_on < $1::date) or due_calendar is distinct from $2)
     order by dated_on limit ${batch} for update skip locked`,
    [today, calendar.version],
  );
  for (const place of undated) {
    const school = await core.directory.school(place.school);
    const lawPlace = school ? lawPlaceOfSchool(school) : { province: place.province };
    const dates = entryDates(place, await termsOf(core, lawPlace), today, lawPlace, calendar);
    await updatePlace(tx, { ...place, ...dates, datedOn: today, dueCalendar: calendar.version });
  }
  return undated.length;
};

/** A compulsory child comes into the ledger with what the school knows of it (ENR-14, ENR-60). */
const openLedger = async (
  core: ServiceCore,
  tx: Tx,
  place: EntryPlace,
  today: string,
): Promise<string | null> => {
  const school = await core.directory.school(place.school);
  if (school === undefined || !isCompulsory(place.stage)) return null;
  const child = Child.parse(JSON.parse(core.sealing.open(place.sealed, placeContext(place.id))));
  const entry = await openEntry(core, tx, {
    where: placeOfSchool(school),
    about: {
      child: JSON.stringify(child),
      stage: place.stage,
      gradeOneYear: gradeOneYearFrom(child.birthDate),
    },
    source: 'NO_SHOW',
    since: place.opensOn ?? today,
    unit: SYSTEM,
    by: SYSTEM,
  });
  return entry.id;
};

const detect = async (core: ServiceCore, tx: Tx, place: EntryPlace, today: string): Promise<void> => {
  const { id, school, province, stage, person } = place;
  const entry = await openLedger(core, tx, place, today);
  const after: EntryPlace = {
    ...place,
    state: 'NO_SHOW',
    noShowOn: today,
    entry,
    version: place.version + (entry === null ? 1 : 2),
  };
  await updatePlace(tx, after);
  const where = { school, place: place.place, province };
  const seen = { subject: id, person, ...where, stage };
  await recordEvents(tx, core.clock.now(), [
    recorded(NoShowDetected, `place:${id}`, place.version + 1, seen),
    ...(entry === null
      ? []
      : [recorded(DropoutLedgerOpened, `place:${id}`, place.version + 2, { subject: id, entry, ...where })]),
  ]);
};

/** Children with a place who have not come by the end of the ten working days, or of the extension (ENR-14). */
export const findNoShows = async (core: ServiceCore): Promise<number> => {
  const today = core.clock.today();
  const calendar = await calendarOf(core);
  return asWorker(core.worker, async (tx) => {
    const dated = await reckonDates(core, tx, today, calendar);
    const due = await placesWhere(
      tx,
      `${waiting} and due_on < $1::date and not provisional order by due_on limit ${batch} for update skip locked`,
      [today],
    );
    let found = 0;
    for (const place of due) {
      const school = await core.directory.school(place.school);
      if (school === undefined || place.opensOn === null) continue;
      const { stage, opensOn, extendedUntil } = place;
      const facts = { stage, opensOn, extendedUntil, reported: false };
      const findings = judgeNoShow(facts, today, lawPlaceOfSchool(school), calendar);
      if (findings.length === 0) continue;
      await detect(core, tx, place, today);
      found++;
    }
    return dated + found;
  });
};
