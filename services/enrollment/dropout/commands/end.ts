import { DropoutClueCleared, DropoutReturned, DropoutReturnSettled } from '#libs/contracts/events/dropout.ts';
import { Day } from '#libs/contracts/ids.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { changeMarks } from '../../marks/change-marks.ts';
import { moveEntry } from '../move-entry.ts';
import { type EntryAtWork, EntryOrder, type Moved, Note, onEntry } from '../on-entry.ts';

const Returning = EntryOrder.extend({ returnedOn: Day, note: Note.nullish() });
const Ending = EntryOrder.extend({ note: Note });

const notInSchool = ({ registration, today, lawPlace }: EntryAtWork): Finding[] => {
  if (registration === undefined || registration.status === 'IN_SCHOOL') return [];
  return [
    finding('ENR-60', {
      code: 'RETURN_NOT_IN_SCHOOL',
      outcome: 'REJECT',
      message: '学籍状态尚不是在校，不能登记返校。',
      messageEn: 'The registration does not say that the pupil is in school.',
      path: ['entry'],
      remedy: '休学的请先办理复学，其他离校的请先办理返校。',
      ownerLevel: 'SCHOOL',
      on: today,
      place: lawPlace,
    }),
  ];
};

/** Back in school: the mark goes, and the entry is watched for a while (W-15). */
export const markDropoutReturned = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.enter');
  const asked = parseInput(Returning, input);
  return onEntry({ core, caller, act: 'RETURN', acrossPlaces: true }, asked, async (work) => {
    const findings = notInSchool(work);
    if (findings.length > 0) return findings;
    const { tx, entry, registration, now, unit } = work;
    await moveEntry(core, tx, entry, {
      act: 'RETURN',
      record: { kind: 'RETURNED', actedOn: asked.returnedOn, note: asked.note, unit, by: caller.subject },
      event: DropoutReturned,
    });
    if (registration?.dropoutMark) await changeMarks(tx, now, registration, { dropoutMark: false });
    return [];
  });
};

/** The authority closes a return that has lasted (W-15): nobody is struck off by the school alone. */
export const settleDropoutReturn = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.decide');
  const asked = parseInput(Ending, input);
  return onEntry({ core, caller, act: 'SETTLE' }, asked, async ({ tx, entry, today, unit }) => {
    await moveEntry(core, tx, entry, {
      act: 'SETTLE',
      record: { kind: 'SETTLED', actedOn: today, note: asked.note, unit, by: caller.subject },
      event: DropoutReturnSettled,
    });
    return [];
  });
};

/** The authority clears a clue that has been explained, in writing (W-15). */
export const clearDropoutClue = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'dropout.decide');
  const asked = parseInput(Ending, input);
  return onEntry({ core, caller, act: 'CLEAR' }, asked, async ({ tx, entry, today, unit }) => {
    await moveEntry(core, tx, entry, {
      act: 'CLEAR',
      record: { kind: 'CLEARED', actedOn: today, note: asked.note, unit, by: caller.subject },
      event: DropoutClueCleared,
    });
    return [];
  });
};
