import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { createReadTrail } from '#libs/platform/audit/read-audit.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import { linkToken, openLink } from '#libs/platform/files/links.ts';
import { FileRefused } from '#libs/platform/files/problems.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { paperPdf } from '../paper/render.ts';
import { paperOf } from './paper-of.ts';
import { openNotes, type Print } from './print.ts';
import { findPrint } from './print-rows.ts';

const linkLife = 10 * 60_000;

/** A short-lived address of the paper of a print, for the one who printed it. */
export const paperUrl = (
  { sealing, clock, config }: ServiceCore,
  print: Pick<Print, 'id' | 'place' | 'printedBy' | 'unit'>,
): string => {
  const expiresAt = new Date(Date.parse(clock.now()) + linkLife).toISOString();
  const bearer = { subject: print.printedBy, unit: print.unit, place: print.place, expiresAt };
  return `${config.PUBLIC_URL}/papers/${print.id}?t=${linkToken(sealing, 'paper', print.id, bearer)}`;
};

/**
 * `GET /papers/<print>?t=<token>` with the reader's access token: the paper as PDF, to be saved and never shown in place, made
 * anew each time and kept nowhere. An address alone opens nothing, and opens nothing any more once its reader sees the certificate
 * no longer or it was revoked. Who fetches it is written down before the first byte leaves (PRV-13).
 */
export const paperRoute =
  (core: ServiceCore): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'papers');
    if (address === undefined) return false;
    await answering(core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens } = core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'certificate.print');
      const now = clock.now();
      const { subject } = openLink(sealing, 'paper', address.id, address.token, now);
      if (actor.subject !== subject) throw outOfJurisdiction();
      const { print, certificate } = await printedFor(core, actor, address.id);
      enforces('PRV-13');
      const trail = createReadTrail({ orm: core.app, actor, purpose: undefined });
      trail.readFull(certificate.person);
      await trail.keep('certificate paper', now);
      const pdf = await paperPdf(await paperOf(core, certificate, openNotes(sealing, print)));
      response
        .writeHead(
          200,
          attachmentHeaders({ mediaType: 'application/pdf', size: pdf.length }, 'certificate.pdf'),
        )
        .end(pdf);
    });
    return true;
  };

/** The print and its certificate, as the reader's scope covers them now. */
const printedFor = async (
  core: ServiceCore,
  actor: Actor,
  id: string,
): Promise<{ print: Print; certificate: Certificate }> =>
  inScope(core.app, await core.directory.scopeOf(actor), async (tx) => {
    const print = await findPrint(tx, id);
    const [certificate] = print
      ? await certificatesWhere(tx, 'person_id = $1 and certificate_id = $2', [
          print.person,
          print.certificate,
        ])
      : [];
    if (print === undefined || certificate === undefined) throw outOfJurisdiction();
    if (certificate.state === 'REVOKED') throw new FileRefused('FILE_UNKNOWN');
    return { print, certificate };
  });
