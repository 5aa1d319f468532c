import { correctionGround } from '#libs/contracts/commands/correction-ground.ts';
import { correctionGroundOf, type GroundFacts } from '#libs/law/ticket/correction-ground.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { clocksOf } from '../clocks/clock-rows.ts';
import { courseState, isRoot, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';

/** A slip whose answer was sent back runs by its second clock; one that was missed keeps that on record. */
const groundFacts = async (tx: Tx, ticket: Ticket): Promise<GroundFacts> => {
  if (isRoot(ticket))
    return { kind: 'ROOT', state: courseState(ticket), bySystem: ticket.origin === 'SYSTEM' };
  if (ticket.kind === 'VERIFICATION') return { kind: 'VERIFICATION' };
  const clocks = (await clocksOf(tx, [ticket.id])).filter(({ clock }) => clock === 'SLIP');
  return {
    kind: 'SUPERVISION',
    missed: clocks.some(({ missedAt }) => missedAt !== null),
    returned: clocks.some(({ state }, index) => state === 'MET' && index < clocks.length - 1),
  };
};

/** Whom a ticket is about: who is complained of or late, and whoever a slip was given to. */
const aboutOf = (ticket: Ticket): string[] => [
  ...new Set([
    ...ticket.against,
    ...(ticket.lateUnit === null ? [] : [ticket.lateUnit]),
    ...(ticket.school === null ? [] : [ticket.school]),
    ...(isRoot(ticket) ? [] : [ticket.target.code]),
  ]),
];

/** Answers what an order to correct can rest on, to the unit that handles the ticket or has issued it, and to no other. */
export const answersCorrectionGround = (core: Pick<ServiceCore, 'bus' | 'worker'>): Promise<Stop> =>
  answerTo(core.bus, correctionGround, ({ ticket: id, unit }) =>
    asWorker(core.worker, async (tx) => {
      const [ticket] = await ticketsWhere(tx, 'ticket_id = $1', [id]);
      if (ticket === undefined) return { ticket: null };
      const [root] = await ticketsWhere(tx, 'ticket_id = $1', [ticket.root]);
      const owners = [root?.target.code, isRoot(ticket) ? undefined : ticket.source.code];
      if (!owners.includes(unit)) return { ticket: null };
      const ground = correctionGroundOf(await groundFacts(tx, ticket)) ?? null;
      return { ticket: { ground, about: aboutOf(ticket), version: ticket.version } };
    }),
  );
