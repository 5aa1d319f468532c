import { pipeline } from 'node:stream/promises';
import { attachmentAccess } from '#libs/contracts/commands/attachment-access.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { openLink } from '#libs/platform/files/links.ts';
import { readFile } from '#libs/platform/files/stored-files.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route } from '#libs/platform/service/definition.ts';
import { endings, paperOf } from './proof-route.ts';

/** The ministry has no range over children: it reads what came to it itself (PRV-12). */
const scopeOf = async ({ core: { directory } }: Files, actor: Actor): Promise<Scope> => {
  if (actor.level !== 'MINISTRY') return directory.scopeOf(actor);
  const own = await directory.workplaceOf(actor);
  return own === undefined ? directory.scopeOf(actor) : { lo: own.lo, hi: own.lo, persons: [] };
};

/**
 * `GET /attachments/<id>?t=<token>` with the reader's access token: a paper that lies with a ticket, to be saved and never shown in
 * place. The address was given out with the ticket, for one reader and a few minutes; whether the reader still takes part in it is
 * asked anew, and every reading is written down before the first byte leaves (PRV-13).
 */
export const attachmentRoute =
  (files: Files, bus: Bus): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'attachments');
    if (address === undefined) return false;
    await answering(files.core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens, app } = files.core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'ticket.read');
      const bearer = openLink(sealing, 'attachment', address.id, address.token, clock.now());
      const { subject, unit, ticket } = bearer;
      if (actor.subject !== subject || (actor.school ?? actor.unit) !== unit) throw outOfJurisdiction();
      const { lo, hi, persons } = await scopeOf(files, actor);
      const scope = { lo, hi, persons: [...persons] };
      const { granted, person } = await ask(bus, attachmentAccess, { ticket, paper: address.id, scope });
      if (!granted) throw outOfJurisdiction();
      const paper = await paperOf(files, address.id);
      enforces('PRV-13');
      const note = {
        ...{ caller: subject, unit, operation: `ticket paper ${address.id}` },
        ...{ purpose: 'TICKET_PAPER' as const, persons: person === null ? [] : [person], full: true },
      };
      await keepNote(app, note, clock.now());
      const bytes = await readFile(files, paper.file);
      response.writeHead(200, attachmentHeaders(paper, `paper.${endings[paper.mediaType]}`));
      await pipeline(bytes, response);
    });
    return true;
  };
