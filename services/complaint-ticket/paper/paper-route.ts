import { enforces } from '#libs/law/enforces.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { createReadTrail } from '#libs/platform/audit/read-audit.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import { linkToken, openLink } from '#libs/platform/files/links.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import { clocksOf } from '../clocks/clock-rows.ts';
import { seenTicket } from '../commands/on-ticket.ts';
import { sees } from '../standing/parties.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type Kept, reportPaperOf, slipPaperOf } from './paper-of.ts';
import { reportPdf, slipPdf } from './render.ts';

const linkLife = 10 * 60_000;

/** True for whoever may hold a slip or report on paper; a complaint has no form of its own. */
const mayHold = (ticket: Ticket, actor: Actor): boolean => {
  if (ticket.kind === 'REPORT') return sees(ticket, actor, 'SLIPS');
  return (ticket.kind === 'VERIFICATION' || ticket.kind === 'SUPERVISION') && sees(ticket, actor, 'MATTER');
};

/** A short-lived address of a slip or report as PDF, for this reader alone; null for whoever may not hold it. */
export const slipUrl = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  ticket: Ticket,
  actor: Actor | null,
): string | null => {
  if (actor === null || !mayHold(ticket, actor)) return null;
  const expiresAt = new Date(Date.parse(clock.now()) + linkLife).toISOString();
  const bearer = { subject: actor.subject, unit: unitOf(actor), expiresAt };
  return `${config.PUBLIC_URL}/slips/${ticket.id}?t=${linkToken(sealing, 'slip', ticket.id, bearer)}`;
};

const keptOf = async (core: ServiceCore, actor: Actor, { id }: Ticket): Promise<Kept> =>
  inScope(core.app, await ticketScopeOf(core, actor), async (tx) => {
    const [row] = await query<{ sealed: Uint8Array }>(
      tx,
      'select sealed from ticket_reporter where ticket_id = $1',
      [id],
    );
    return { reporter: row?.sealed ?? null, clocks: await clocksOf(tx, [id]) };
  });

const pdfOf = async (core: ServiceCore, ticket: Ticket, actor: Actor): Promise<Buffer> =>
  ticket.kind === 'REPORT'
    ? reportPdf(await reportPaperOf(core, ticket))
    : slipPdf(await slipPaperOf(core, ticket, actor, await keptOf(core, actor, ticket)));

/**
 * `GET /slips/<ticket>?t=<token>` with the reader's access token: the slip in the layout of its form as PDF, to be saved and never
 * shown in place, made anew each time and kept nowhere. An address alone opens nothing, and opens nothing any more once its reader
 * takes no part in the ticket. Who fetches it is written down before the first byte leaves (PRV-13).
 */
export const slipRoute =
  (core: ServiceCore): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'slips');
    if (address === undefined) return false;
    await answering(core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens } = core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'ticket.read');
      const now = clock.now();
      const { subject } = openLink(sealing, 'slip', address.id, address.token, now);
      if (actor.subject !== subject) throw outOfJurisdiction();
      const ticket = await seenTicket(core, actor, address.id);
      if (!mayHold(ticket, actor)) throw outOfJurisdiction();
      enforces('PRV-13');
      if (ticket.student !== null) {
        const trail = createReadTrail({ orm: core.app, actor, purpose: undefined });
        trail.readFull(ticket.student);
        await trail.keep('slip as paper', now);
      }
      const pdf = await pdfOf(core, ticket, actor);
      response
        .writeHead(200, attachmentHeaders({ mediaType: 'application/pdf', size: pdf.length }, 'slip.pdf'))
        .end(pdf);
    });
    return true;
  };
