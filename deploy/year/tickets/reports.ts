import { type Desk, type Desks, informationCentre, ministry } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import { isFirstTime, type TicketNote } from './notes.ts';
import { answer, order, type SlipOrder, type TicketView, verify } from './orders.ts';

/** Who can be reached about a report; a slip on it, which has no reporter of its own, names the same. */
const contact = { name: '联系人', unit: '省教育厅', phone: '0351-3000000' };
const contacts = { businessContact: contact, technicalContact: contact };

const on = ({ id, version }: { id: string; version: number }) => ({ ticket: id, expectedVersion: version });

/** The province reports what it cannot solve itself, under its seal; some send half of the form first. */
export const report = async (
  world: World,
  head: Desk,
  note: TicketNote,
  { id }: TicketView,
): Promise<void> => {
  const items = [{ description: '全国系统状态错误', scope: 'SYSTEM_OPERATION', complaints: [id] }];
  const draft = (input: Record<string, unknown>, expects?: readonly string[]) =>
    order(world, head, 'draftReportSlip', 'DraftReportSlipInput', { items, ...input }, { expects });
  if (note.ordinal % 2 === 0 && isFirstTime(note, 'half a report'))
    await draft({ businessContact: contact }, ['CONTACT_MISSING']);
  const drafted = await draft(contacts);
  if (drafted === null) return;
  await order(world, head, 'sealReportSlip', 'SealReportSlipInput', {
    ...{ ...on(drafted), provincialSealApplied: true },
  });
};

const seenAtMinistry = async (world: World, id: string): Promise<TicketView | null> =>
  (
    await world.read<{ ticket: TicketView }>(
      ministry,
      `query ($id: ID!) { ticket(id: $id) { id kind state version unit
        ... on ReportSlip { slips { id kind state version unit overdue } } } }`,
      { id },
    )
  )?.ticket ?? null;

/**
 * What the ministry does with a report on this day: it accepts it, has the province verify every second, and gives its opinion once
 * that is done. True when the report had ended before, and the province, which has the answer, may close its complaint.
 */
export const atMinistry = async (
  world: World,
  id: string,
  note: TicketNote,
  province: Desks,
  slip: Omit<SlipOrder, 'to'>,
): Promise<boolean> => {
  const seen = await seenAtMinistry(world, id);
  if (seen === null || seen.state === 'CLOSED') return seen?.state === 'CLOSED';
  if (seen.state === 'REPORT_SEALED') {
    if (note.ordinal % 4 === 2 && isFirstTime(note, 'waits for the ministry')) return false;
    const accepted = await order(world, informationCentre, 'acceptReportSlip', 'AcceptReportSlipInput', {
      ...{ ...on(seen), acceptor: '受理人', acceptingUnit: '信息中心' },
    });
    const to = province.head.unit ?? '';
    if (accepted !== null && note.ordinal % 2 === 0)
      await verify(world, informationCentre, accepted, {
        ...{ ...slip, to, reporter: { name: contact.name, phone: contact.phone } },
      });
    return false;
  }
  const open = seen.slips.filter(({ state }) => state === 'ISSUED');
  for (const each of open) await answer(world, province.registrar, each);
  if (open.length > 0) return false;
  await order(world, ministry, 'answerReportSlip', 'AnswerReportSlipInput', {
    ...{ ...on(seen), ministryOpinion: '已修复' },
  });
  return false;
};
