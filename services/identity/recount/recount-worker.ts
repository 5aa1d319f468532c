import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { recountDueDate } from '#libs/law/organization/due-date-recount.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { problemsWhere, saveProblem, UNSETTLED } from '../problems/problem-rows.ts';
import { updatesWhere } from '../updates/update-reads.ts';
import { saveUpdate } from '../updates/update-rows.ts';

/** Rows of one transaction. */
const atOnce = 100;

type Recounting = { core: ServiceCore; tx: Tx; calendar: WorkingDayCalendar; now: string; today: string };

/** A day in working days as a row keeps it. */
type Kept = {
  from: string;
  workingDays: number;
  dueOn: string;
  provisional: boolean;
  calendarVersion: string;
};

/** What the calendar in force makes of a kept day; the day itself where nothing changes. */
const counted = (
  { from, workingDays, dueOn, provisional, calendarVersion }: Kept,
  { today, calendar }: Recounting,
) => {
  const deadline = { dueDate: dueOn, dueAt: endOfDay(dueOn), provisional, calendarVersion };
  const { change, deadline: next } = recountDueDate(
    { start: from, workingDays, excepted: [], deadline },
    today,
    calendar,
  );
  const moved = change === 'NONE' ? deadline : next;
  return {
    dueOn: moved.dueDate,
    provisional: moved.provisional,
    calendarVersion: calendar.version,
    moves: change !== 'NONE',
  };
};

/** Another calendar than the one in force; written so that an index serves it. */
const stale = (column: string): string => `(${column} < $1 or ${column} > $1)`;

/** Counts the open steps of changes of information again. */
const recountUpdates = async (recounting: Recounting): Promise<number> => {
  const { core, tx, calendar, now } = recounting;
  type Row = { person_id: string; update_id: string; from: string; days: number };
  const rows = await query<Row>(
    tx,
    `select s.person_id, s.update_id, s.counted_from::text as from, s.counted_days as days from update_step s
     join information_update u on u.person_id = s.person_id and u.update_id = s.update_id
     where s.decided_at is null and u.ended_at is null and s.counted_days is not null and ${stale('s.calendar_version')}
     order by s.due_on, s.person_id limit $2`,
    [calendar.version, atOnce],
  );
  for (const { person_id, update_id, from, days } of rows) {
    await query(tx, 'select 1 from person where person_id = $1 for update', [person_id]);
    const [record] = await updatesWhere(
      tx,
      core.sealing,
      'person_id = $1 and update_id = $2 and ended_at is null for update',
      [person_id, update_id],
    );
    const step = record?.steps.at(-1);
    if (record === undefined || step === undefined || step.calendarVersion === calendar.version) continue;
    const { moves, ...due } = counted({ from, workingDays: days, ...step }, recounting);
    const after = { ...record, steps: [...record.steps.slice(0, -1), { ...step, ...due }] };
    if (moves) await saveUpdate(tx, now, record, { ...after, version: record.version + 1 }, 'SYSTEM');
    else await keepCalendar(tx, 'update_step', 'update_id', [person_id, update_id, calendar.version]);
  }
  return rows.length;
};

/** Counts open problem records again. */
const recountProblems = async (recounting: Recounting): Promise<number> => {
  const { core, tx, calendar, now } = recounting;
  const rows = await problemsWhere(
    tx,
    `state in ${UNSETTLED} and counted_days is not null and ${stale('calendar_version')}
     order by due_on, person_id limit $2 for update skip locked`,
    [calendar.version, atOnce],
  );
  for (const record of rows) {
    if (record.counted === null || record.calendarVersion === null) continue;
    const { dueOn, provisional, calendarVersion } = record;
    const { moves, ...due } = counted({ ...record.counted, dueOn, provisional, calendarVersion }, recounting);
    if (!moves) {
      await keepCalendar(tx, 'problem_record', 'problem_id', [record.person, record.id, calendar.version]);
      continue;
    }
    const after = { ...record, ...due, version: record.version + 1 };
    const happening = { act: 'DUE_MOVED', unit: 'SYSTEM', by: 'SYSTEM', at: now, note: null, papers: [] };
    await recordEvents(tx, now, [await saveProblem(tx, core.sealing, after, happening)]);
  }
  return rows.length;
};

/** A day that stays is under the calendar in force from then on. */
const keepCalendar = (
  tx: Tx,
  table: 'update_step' | 'problem_record',
  column: 'update_id' | 'problem_id',
  values: readonly string[],
): Promise<unknown> =>
  query(
    tx,
    `update ${table} set calendar_version = $3 where person_id = $1 and ${column} = $2
       and ${table === 'update_step' ? 'decided_at is null' : 'true'}`,
    values,
  );

/** Counts due dates again that were counted by another calendar than the one in force, each once (ORG-28). */
export const recountDueDates = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const { clock } = core;
  const looked = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar([], await standingWorkingDays(tx));
    const recounting = { core, tx, calendar, now: clock.now(), today: clock.today() };
    return Math.max(await recountUpdates(recounting), await recountProblems(recounting));
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};

/** Follows what the ministry publishes of working days. */
export const startRecountWorker = (core: ServiceCore): Loop =>
  until({ name: 'due date recount', log: core.log, idle: 1_000, step: () => recountDueDates(core) });
