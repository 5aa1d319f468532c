import { DropoutMarked } from '#libs/contracts/events/dropout.ts';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { dropoutMarkDue, judgeDropoutMark } from '#libs/law/enrollment/dropout.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../../calendar-of.ts';
import { changeMarks } from '../../marks/change-marks.ts';
import { knownCounty, notAhead, termCloseOf } from '../entry-situation.ts';
import { moveEntry } from '../move-entry.ts';
import { EntryOrder, type Moved, Note, onEntry } from '../on-entry.ts';

const Input = EntryOrder.extend({
  /** Since when the child is out of school, where it is known better by now. */
  since: Day.nullish(),
  householdCounty: UnitCode.nullish(),
  note: Note.nullish(),
});

/**
 * The clue is a dropout: marked in the system, the state of the registration as it was (ENR-57). Somebody who came back
 * and left again is persuaded again (W-15).
 */
export const confirmDropout = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Input, input);
  notAhead(asked.since, core.clock.today());
  await knownCounty(core, asked.householdCounty);
  return onEntry(
    { core, caller, act: 'CONFIRM', acrossPlaces: true },
    asked,
    async ({ tx, entry, registration, now, today, lawPlace, unit }) => {
      const since = asked.since ?? entry.since;
      const due = dropoutMarkDue(new Date(entry.openedAt), lawPlace, await calendarOf(core));
      const clock = { dueDate: due.dueDate, provisional: due.provisional, doneOn: today, today };
      await moveEntry(core, tx, entry, {
        act: 'CONFIRM',
        change: {
          since,
          confirmedAt: now,
          householdCounty: asked.householdCounty ?? entry.householdCounty,
          termClosesOn: await termCloseOf(core, entry, since),
        },
        record: { kind: 'CONFIRMED', actedOn: today, note: asked.note, unit, by: caller.subject },
        event: DropoutMarked,
      });
      if (registration !== undefined && !registration.dropoutMark)
        await changeMarks(tx, now, registration, { dropoutMark: true });
      return judgeDropoutMark({ ...clock, stage: entry.stage }, today, lawPlace);
    },
  );
};
