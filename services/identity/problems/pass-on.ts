import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { stateAfterOccurrence } from '#libs/law/identity/problem-course.ts';
import { problemRecordDue } from '#libs/law/identity/problem-record.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { problemsWhere, saveProblem, UNSETTLED } from './problem-rows.ts';

/** A school that goes on in another one, and where the child is registered from then on. */
export type Merger = { person: string; place: number; province: string; school: string; from: string };

/** The turn of a school that goes on in another one is the other's; the record stands where it stood (ORG-18). */
export const followSuccessor = async (
  core: Pick<ServiceCore, 'sealing'>,
  tx: Tx,
  { person, place, province, school, from }: Merger,
  at: string,
): Promise<void> => {
  const records = await problemsWhere(
    tx,
    `person_id = $1 and turn = $2 and state in ${UNSETTLED} for update`,
    [person, from],
  );
  const events: Recorded[] = [];
  for (const record of records) {
    const after = { ...record, place, province, turn: school, version: record.version + 1 };
    const happening = { act: 'SCHOOL_MERGED', unit: school, by: 'SYSTEM', at, note: null, papers: [] };
    events.push(await saveProblem(tx, core.sealing, after, happening));
  }
  await recordEvents(tx, at, events);
};

/** Where a child goes on; `school` once the registration is there, before that it is admitted only. */
export type GoingOn = { person: string; place: number; province: string; school?: string };

/**
 * Passes what is not settled on with the child (ENR-32): also what had left the scope, when the child is admitted after
 * all. Only who has the registration sees the record, so its turn comes with the registration.
 */
export const passOnProblems = async (
  core: Pick<ServiceCore, 'sealing' | 'directory'>,
  tx: Tx,
  { person, place, province, school }: GoingOn,
  at: string,
): Promise<void> => {
  const records = await problemsWhere(tx, 'person_id = $1 order by opened_at, problem_id for update', [
    person,
  ]);
  const events: Recorded[] = [];
  for (const record of records) {
    const state = stateAfterOccurrence(record.state, 'WENT_ON');
    if (state === undefined) continue;
    const fact = await core.directory.school(school ?? '');
    const calendar = workingDayCalendar(await core.directory.workingDays());
    const due = problemRecordDue(new Date(at), lawPlaceAt(fact, province), calendar);
    const after = {
      ...record,
      ...{ state, place, province, version: record.version + 1, lastActor: null },
      ...(school !== undefined && { turn: school }),
      ...{ dueOn: due.dueDate, provisional: due.provisional, calendarVersion: due.calendarVersion },
      counted: due.counted ?? null,
    };
    const unit = school ?? record.turn;
    events.push(
      await saveProblem(tx, core.sealing, after, {
        ...{
          act: school === undefined ? 'ADMITTED' : 'PASSED_ON',
          unit,
          by: 'SYSTEM',
          at,
          note: null,
          papers: [],
        },
      }),
    );
  }
  await recordEvents(tx, at, events);
};
