import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { createReadTrail } from '#libs/platform/audit/read-audit.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import { openLink } from '#libs/platform/files/links.ts';
import { FileRefused } from '#libs/platform/files/problems.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { CertificateKey } from '../certificates/certificate-id.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { electronicPdf } from '../paper/render.ts';
import { type FormLink, formFolders } from './form-links.ts';
import { type ElectronicForm, formsOf, openForm } from './forms.ts';
import { pageOf } from './page-of.ts';

type File = { type: string; name: string; bytes: Buffer };

const fileOf = async (
  core: ServiceCore,
  kind: FormLink,
  certificate: Certificate,
  form: ElectronicForm,
): Promise<File> => {
  const document = openForm(core.sealing, form);
  if (kind === 'form')
    return { type: 'application/jose', name: 'certificate.jws', bytes: Buffer.from(document) };
  const bytes = await electronicPdf(pageOf(core, certificate, document));
  return { type: 'application/pdf', name: 'certificate-page.pdf', bytes };
};

/**
 * `GET /electronic/<certificate>?t=<token>` and `GET /pages/<certificate>?t=<token>` with the reader's access token: the signed
 * document as it was issued, and the page that shows it as PDF. An address alone opens nothing, and opens nothing any more once its
 * reader sees the certificate no longer or it was revoked. Who fetches it is written down before the first byte leaves (PRV-13).
 */
export const formRoute =
  (core: ServiceCore, kind: FormLink): Route =>
  async (request, response) => {
    const address = fileAddress(request, formFolders[kind]);
    if (address === undefined) return false;
    await answering(core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens } = core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'certificate.read');
      const now = clock.now();
      const { subject, person } = openLink(sealing, kind, address.id, address.token, now);
      if (actor.subject !== subject) throw outOfJurisdiction();
      const { certificate, form } = await formFor(core, actor, { person, id: address.id });
      enforces('PRV-13');
      const trail = createReadTrail({ orm: core.app, actor, purpose: undefined });
      trail.read(person);
      await trail.keep('electronic certificate', now);
      const { type, name, bytes } = await fileOf(core, kind, certificate, form);
      response.writeHead(200, attachmentHeaders({ mediaType: type, size: bytes.length }, name)).end(bytes);
    });
    return true;
  };

/** The certificate and its last form, as the reader's scope covers them now. */
const formFor = async (
  core: ServiceCore,
  actor: Actor,
  { person, id }: CertificateKey,
): Promise<{ certificate: Certificate; form: ElectronicForm }> =>
  inScope(core.app, await core.directory.scopeOf(actor), async (tx) => {
    const [certificate] = await certificatesWhere(tx, 'person_id = $1 and certificate_id = $2', [person, id]);
    const [form] = await formsOf(tx, [id]);
    if (certificate === undefined || form === undefined) throw outOfJurisdiction();
    if (certificate.state === 'REVOKED') throw new FileRefused('FILE_UNKNOWN');
    return { certificate, form };
  });
