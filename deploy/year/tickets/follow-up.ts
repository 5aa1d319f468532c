import { desksAt } from '../world/case-work.ts';
import { type Desk, ministry, unitDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import { isFirstTime, type TicketNote } from './notes.ts';
import { act, type TicketView, ticketFields } from './orders.ts';

/** Of a hundred reporters so many say, or are asked, how it was. */
const ASKED = 0.5;

const seenBy = async (world: World, who: Desk, id: string): Promise<TicketView | null> =>
  (
    await world.read<{ ticket: TicketView }>(
      who,
      `query ($id: ID!) { ticket(id: $id) { ${ticketFields} } }`,
      { id },
    )
  )?.ticket ?? null;

/** What follows the end: parents say on the portal how it was, others are asked; who is not content is heard once more. */
export const afterEnd = async (world: World, note: TicketNote): Promise<void> => {
  const isHeardAgain = note.course === 'REOPEN' && !note.done.has('reopened');
  const isAsked = isHeardAgain || world.fate('asked', note.ordinal).chance(ASKED);
  if (!isAsked) {
    note.done.add('over');
    return;
  }
  const seen = await seenBy(world, unitDesks(note.province, 'PROVINCE').head, note.id);
  if (seen === null) return;
  const { registrar, head } =
    seen.unit === '000000' ? { registrar: ministry, head: ministry } : desksAt(world, seen.unit);
  const who = note.by.level === 'NONE' ? note.by : registrar;
  const said = await act.followUp(world, who, seen, isHeardAgain ? 'UNSATISFIED' : 'SATISFIED');
  if (isHeardAgain && said !== null && isFirstTime(note, 'reopened')) await act.reopen(world, head, said);
  else note.done.add('over');
};
