import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { DropoutSource, DropoutState } from '../vocabulary.ts';

const source = 'enrollment';

/** An entry of the ledger after a step. A child that was never registered has no person here. */
const Entry = z.object({
  entry: Uuid,
  person: Uuid.nullable(),
  school: SchoolCode.nullable(),
  place: Place,
  province: UnitCode,
  source: DropoutSource,
  state: DropoutState,
});

const stepped = <Type extends string>(type: Type, summary: string) =>
  defineEvent({ type, source, version: 1, summary, data: Entry });

export const DropoutClueOpened = stepped(
  'DropoutClueOpened',
  'A clue came into the dropout ledger (ENR-60).',
);
export const DropoutClueCleared = stepped('DropoutClueCleared', 'A clue was explained and cleared (W-15).');
export const DropoutMarked = stepped(
  'DropoutMarked',
  'A dropout was confirmed and marked; the registration stays (ENR-57).',
);
export const DropoutReported = stepped('DropoutReported', 'A dropout was reported in writing (ENR-56).');
export const PersuasionLogged = stepped(
  'PersuasionLogged',
  'A step to bring the child back was entered (ENR-60).',
);
export const ReturnOrderRequested = stepped(
  'ReturnOrderRequested',
  'A township was asked to order the child back to school (ENR-61).',
);
export const MigrantDropoutNotified = defineEvent({
  type: 'MigrantDropoutNotified',
  source,
  version: 1,
  summary: 'The county of the household was told of a migrant dropout at term end (ENR-59).',
  /** `household`: the county that was told; missing from events before it was. */
  data: Entry.extend({ household: UnitCode.nullish() }),
});
export const DropoutReturned = stepped('DropoutReturned', 'A dropout is back in school (W-15).');
export const DropoutReturnSettled = stepped(
  'DropoutReturnSettled',
  'A dropout who came back has stayed; the entry is closed (W-15).',
);
export const DropoutEntryStale = stepped(
  'DropoutEntryStale',
  'An open entry has seen no action for over thirty days (ENR-60).',
);
export const DropoutCaseAgedOut = stepped(
  'DropoutCaseAgedOut',
  'The compulsory years of a dropout are over; the entry is closed (ENR-56).',
);

const Overrun = z.object({
  person: Uuid,
  enrollment: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
  endedOn: Day,
});

export const SuspensionOverrun = defineEvent({
  type: 'SuspensionOverrun',
  source,
  version: 1,
  summary: 'A suspension ran out over a month ago and was neither resumed nor renewed (ENR-50).',
  data: Overrun,
});

export const AutomaticWithdrawalOpened = defineEvent({
  type: 'AutomaticWithdrawalOpened',
  source,
  version: 1,
  summary:
    'A withdrawal of a senior pupil whose suspension ran out was put before the school (ENR-50, ENR-54).',
  data: Overrun.extend({ case: Uuid }),
});
