import type { EventKind } from '#libs/contracts/envelope.ts';
import { ledgerActionDue } from '#libs/law/enrollment/dropout-ledger.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Entry, SYSTEM } from './entry.ts';
import { addAction, type ToRecord, tellOf, updateEntry } from './entry-rows.ts';
import { isClosed, type LedgerAct, stateAfter } from './ledger.ts';

/** A step of an entry: the act, what else changes, what is put on record and how it is told. */
export type Move = {
  act: LedgerAct;
  change?: Partial<Pick<Entry, 'householdCounty' | 'termClosesOn' | 'confirmedAt' | 'since'>> &
    Partial<Pick<Entry, 'reportedTo' | 'reportedAt' | 'householdToldOn'>>;
  record: ToRecord;
  /** The day of the next action, where it is earlier than thirty days on. */
  nextActionOn?: string | null;
  event: EventKind;
};

/**
 * Takes an entry that this transaction holds one step on; throws where W-15 knows no such way: ask first. What the
 * system does is no follow-up: the days of the last and the next action stay.
 */
export const moveEntry = async (
  core: Pick<ServiceCore, 'sealing' | 'clock'>,
  tx: Tx,
  entry: Entry,
  move: Move,
): Promise<Entry> => {
  const state = stateAfter(entry.state, move.act);
  if (state === undefined) throw new Error(`${entry.state} knows no ${move.act}`);
  const at = core.clock.now();
  const today = core.clock.today();
  const due = ledgerActionDue(today);
  const next = move.nextActionOn ?? due;
  const after: Entry = {
    ...entry,
    ...move.change,
    state,
    ...(move.record.by === SYSTEM
      ? {}
      : { lastActionOn: today, nextActionOn: next < due ? next : due, staleOn: null }),
    endedAt: isClosed(state) ? at : null,
    version: entry.version + 1,
  };
  await updateEntry(tx, after);
  await addAction(core, tx, at, after, move.record);
  await tellOf(tx, at, after, move.event);
  return after;
};
