import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { addWorkingDays } from '#libs/law/working-days.ts';
import { desksAt } from '../world/case-work.ts';
import { type Desks, ministry, unitDesks } from '../world/desks.ts';
import type { World } from '../world/world.ts';
import { afterEnd } from './follow-up.ts';
import { isFirstTime, type TicketNote, ticketNotes } from './notes.ts';
import {
  act,
  answer,
  type SlipOrder,
  type SlipView,
  supervise,
  type TicketView,
  ticketFields,
  verify,
} from './orders.ts';
import { atMinistry, report } from './reports.ts';

const MINISTRY = '000000';
/** In so many of a hundred complaints the reporter is told a week too late that they have come. */
const SLOW = 0.15;
/** Working days that a slip gives. */
const SLIP_DAYS = 5;

/** Counties, cities, provinces and the ministry work off what was complained of, some late (W-20). */
export const workOff = async (world: World): Promise<void> => {
  const notes = ticketNotes(world).filter(({ done }) => !done.has('over'));
  const open = await openIn(world, new Set(notes.map(({ province }) => province)));
  for (const note of notes) {
    const seen = open.get(note.id);
    if (seen === undefined) await afterEnd(world, note);
    else await work(world, note, seen);
  }
};

type Page = {
  tickets: { edges: { node: TicketView }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
};

/** Every open complaint, as provinces see those of their counties and schools, by id. */
const openIn = async (world: World, provinces: ReadonlySet<string>): Promise<Map<string, TicketView>> => {
  const open = new Map<string, TicketView>();
  for (const province of provinces) {
    for (let after: string | null = null; ; ) {
      const page: Page | null = await world.read<Page>(
        unitDesks(province, 'PROVINCE').head,
        `query ($after: String) { tickets(filter: { open: true, kinds: [COMPLAINT] }, first: 100, after: $after) {
           edges { node { ${ticketFields} } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      for (const { node } of page?.tickets.edges ?? []) open.set(node.id, node);
      after = page?.tickets.pageInfo.endCursor ?? null;
      if (page?.tickets.pageInfo.hasNextPage !== true) break;
    }
  }
  return open;
};

const desksOf = (world: World, unit: string): Desks =>
  unit === MINISTRY ? { registrar: ministry, head: ministry } : desksAt(world, unit);

/** Whoever is to hear of it lets it lie. */
const isIdle = ({ course, unit }: TicketNote, seen: TicketView): boolean =>
  (course === 'RISE' && seen.unit === unit) || (course === 'FORGET' && seen.unit !== MINISTRY);

/** The first week of some complaints goes by before anybody takes them up. */
const isPutOff = (world: World, { course, filedOn, ordinal }: TicketNote): boolean =>
  filedOn === world.today && course !== 'MERGE' && world.fate('slow', ordinal).chance(SLOW);

const dueOn = ({ today }: World): string => addWorkingDays(today, SLIP_DAYS, workingDayCalendar()).dueDate;

/** Whom a slip goes to: the school where its own authority has the complaint, and the next unit down the way to it elsewhere. */
const addressee = (world: World, holder: string, { school }: TicketNote): string => {
  const standing = world.standing(school);
  const { tree } = world.shared.plan;
  const authority = tree.find(world.schoolOf(standing)?.authority ?? '');
  if (authority === undefined || authority.code === holder) return standing;
  const below = [authority, ...tree.ancestors(authority)].find(({ parent }) => parent === holder);
  return below?.code ?? standing;
};

const slipOf = (world: World, holder: string, note: TicketNote): SlipOrder => ({
  ...{ to: addressee(world, holder, note), dueOn: dueOn(world), studentName: '一名学生' },
});

const work = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  if (isIdle(note, seen) || isPutOff(world, note)) return;
  const { registrar } = desksOf(world, seen.unit);
  const known = seen.acknowledgedAt === null ? await act.acknowledge(world, registrar, seen) : seen;
  if (known !== null) await goOn(world, note, known);
};

const goOn = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  const { head } = desksOf(world, seen.unit);
  if (seen.task !== null) {
    await supervise(world, head, seen, slipOf(world, seen.unit, note));
    return;
  }
  switch (seen.state) {
    case 'RECEIVED':
      return begin(world, note, seen);
    case 'VERIFICATION_ASSIGNED':
    case 'SUPERVISION_ISSUED':
      return workOffSlips(world, note, seen);
    case 'VERIFIED':
    case 'HANDLED':
      return end(world, note, seen);
    default:
      return atProvince(world, note, seen);
  }
};

const settle = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  if (note.filedOn === world.today) return;
  const { registrar, head } = desksOf(world, seen.unit);
  const handled = await act.handle(world, registrar, seen);
  if (handled !== null) await act.close(world, head, handled);
};

/** What two have said on the same day about the same school goes on as one. */
const merge = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  const other = ticketNotes(world)[note.ordinal - 1];
  const isTheSame = other?.unit === seen.unit && other.filedOn === note.filedOn;
  if (!isTheSame || note.filedOn !== world.today) return settle(world, note, seen);
  await act.merge(world, desksOf(world, seen.unit).head, seen, other.id);
};

/** What the unit that has a complaint begins with. */
const begin = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  const { head } = desksOf(world, seen.unit);
  const slip = slipOf(world, seen.unit, note);
  const isFresh = seen.slips.length === 0 && !note.done.has('reopened');
  switch (isFresh ? note.course : 'SETTLE') {
    case 'REPORT':
      return report(world, head, note, seen);
    case 'MERGE':
      return merge(world, note, seen);
    case 'HAND_UP':
      if (seen.unit !== note.unit) return settle(world, note, seen);
      await act.handUp(world, head, seen);
      return;
    case 'VERIFY':
    case 'SLEEP':
    case 'SLEEP_TWICE':
      if (isFirstTime(note, 'the wrong department'))
        await supervise(world, { ...head, department: 'TECHNICAL' }, seen, slip, {
          expects: ['ISSUER_MUST_BE_ADMINISTRATIVE'],
        });
      await verify(world, head, seen, slip);
      return;
    case 'SUPERVISE':
    case 'SEND_BACK':
    case 'WITHDRAW':
      await supervise(world, head, seen, slip);
      return;
    default:
      return settle(world, note, seen);
  }
};

/** How many slips it takes until those below answer. */
const WAKE_AT: Partial<Record<TicketNote['course'], number>> = { SLEEP: 2, SLEEP_TWICE: 3 };

/** The addressees answer what is out, or sleep; a slip to a school that has ended is taken back. */
const workOffSlips = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  const out = seen.slips.filter(({ state }) => state === 'ISSUED');
  const hasEnded = (slip: SlipView) => world.standing(slip.unit) !== slip.unit;
  const { head } = desksOf(world, seen.unit);
  if (seen.slips.length < (WAKE_AT[note.course] ?? 1)) return;
  if (seen.slips.length > 1 && isFirstTime(note, 'ended too early'))
    await act.close(world, head, seen, { expects: ['OPEN_SLIPS'] });
  for (const slip of out) {
    if (note.course === 'WITHDRAW' || hasEnded(slip)) await act.withdraw(world, head, slip);
    else await answer(world, desksAt(world, slip.unit).registrar, slip);
  }
};

/** The head accepts what was found or done, after having sent it back once where it is not enough. */
const end = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  const { head } = desksOf(world, seen.unit);
  const answered = seen.slips.findLast(({ state }) => state === 'ANSWERED');
  if (note.course === 'SEND_BACK' && answered !== undefined && isFirstTime(note, 'sent back')) {
    await act.sendBack(world, head, answered, dueOn(world));
    return;
  }
  await act.close(world, head, seen);
};

/** A complaint that was reported waits for the ministry, and ends after the report with whoever has it by then. */
const atProvince = async (world: World, note: TicketNote, seen: TicketView): Promise<void> => {
  if (seen.report === null || note.filedOn === world.today) return;
  const slip = { dueOn: dueOn(world), studentName: '多名学生' };
  if (await atMinistry(world, seen.report.id, note, desksOf(world, note.province), slip))
    await act.close(world, desksOf(world, seen.unit).head, seen);
};
