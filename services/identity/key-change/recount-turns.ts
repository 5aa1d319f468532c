import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { endOfDay } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { recountDueDate } from '#libs/law/organization/due-date-recount.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { lockChange, saveChange } from './change-rows.ts';
import { currentTurn, type Turn } from './course.ts';
import { updateTurn } from './turn-rows.ts';

/** Turns of one transaction. */
const atOnce = 100;

type Recounting = { tx: Tx; calendar: WorkingDayCalendar; at: string; today: string };

/** The turn under another calendar, and whether its day is another one now. */
const underCalendar = (
  turn: Turn,
  counted: NonNullable<Turn['counted']>,
  { calendar, today }: Recounting,
): { turn: Turn; hasMoved: boolean } => {
  const { change, deadline } = recountDueDate(
    {
      start: counted.from,
      workingDays: counted.workingDays,
      excepted: [],
      deadline: {
        dueDate: turn.dueOn,
        dueAt: endOfDay(turn.dueOn),
        provisional: turn.provisional,
        calendarVersion: turn.calendarVersion,
      },
    },
    today,
    calendar,
  );
  const moved = { dueOn: deadline.dueDate, provisional: deadline.provisional };
  return {
    turn: { ...turn, ...(change === 'NONE' ? {} : moved), calendarVersion: calendar.version },
    hasMoved: change !== 'NONE',
  };
};

/** The change is locked first, as whoever decides on it does, and its turn looked at again. */
const recount = async (
  recounting: Recounting,
  { person, id }: { person: string; id: string },
): Promise<void> => {
  const { tx, calendar, at } = recounting;
  const record = await lockChange(tx, person, id);
  const open = record && currentTurn(record);
  if (record === undefined || open?.counted === undefined || open.calendarVersion === calendar.version)
    return;
  const { turn, hasMoved } = underCalendar(open, open.counted, recounting);
  if (!hasMoved) {
    await updateTurn(tx, record, turn);
    return;
  }
  const steps = record.steps.map((each) => (each === open ? turn : each));
  await saveChange(tx, at, record, { ...record, steps, version: record.version + 1 });
};

/** Counts open turns again that were counted by another calendar than the one in force, each once (ORG-28). */
export const recountTurns = async (core: ServiceCore): Promise<boolean> => {
  enforces('ORG-28');
  const looked = await asWorker(core.worker, async (tx) => {
    const calendar = workingDayCalendar([], await standingWorkingDays(tx));
    const rows = await query<{ person: string; id: string }>(
      tx,
      `select s.person_id as person, s.change_id as id from key_change_step s
       join key_change c on c.person_id = s.person_id and c.change_id = s.change_id and c.ended_at is null
       where s.decided_at is null and s.counted_days is not null
         and (s.calendar_version < $1 or s.calendar_version > $1)
       order by s.due_on, s.person_id, s.change_id limit $2`,
      [calendar.version, atOnce],
    );
    const recounting = { tx, calendar, at: core.clock.now(), today: core.clock.today() };
    for (const row of rows) await recount(recounting, row);
    return rows.length;
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};

/** Follows what the ministry publishes of working days. */
export const startTurnRecount = (core: ServiceCore): Loop =>
  until({ name: 'key change due dates', log: core.log, idle: 1_000, step: () => recountTurns(core) });
