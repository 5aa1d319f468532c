import { pipeline } from 'node:stream/promises';
import { paperAccessOf } from '#libs/contracts/commands/paper-access.ts';
import { enforces } from '#libs/law/enforces.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { openLink } from '#libs/platform/files/links.ts';
import type { MediaType } from '#libs/platform/files/media-types.ts';
import { FileRefused } from '#libs/platform/files/problems.ts';
import { readFile } from '#libs/platform/files/stored-files.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route } from '#libs/platform/service/definition.ts';

/**
 * `GET /proofs/<id>?t=<token>` with the reader's access token: a paper of a student's archive or a proof of a certificate, to be saved and never shown in
 * place. The address was given out by the service that holds the paper, for one reader and a few minutes; whether the reader still sees the
 * paper there is asked anew. It may be fetched again while it is good, and every time is written down before the first
 * byte leaves (PRV-13).
 */
export const proofRoute =
  (files: Files, bus: Bus): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'proofs');
    if (address === undefined) return false;
    await answering(files.core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens, directory, app } = files.core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'archive.paper');
      const link = openLink(sealing, 'proof', address.id, address.token, clock.now());
      const { subject, unit, person, holder = 'archive' } = link;
      if (actor.subject !== subject || (actor.school ?? actor.unit) !== unit) throw outOfJurisdiction();
      const { lo, hi, persons } = await directory.scopeOf(actor);
      const scope = { lo, hi, persons: [...persons] };
      const { granted } = await ask(bus, paperAccessOf(holder), { person, paper: address.id, scope });
      if (!granted) throw outOfJurisdiction();
      const paper = await paperOf(files, address.id);
      enforces('PRV-13');
      const operation = `${holder} paper ${address.id}`;
      const note = {
        caller: subject,
        unit,
        operation,
        purpose: 'ARCHIVE_PAPER',
        persons: [person],
        full: true,
      } as const;
      await keepNote(app, note, clock.now());
      const bytes = await readFile(files, paper.file);
      response.writeHead(200, attachmentHeaders(paper, `paper.${endings[paper.mediaType]}`));
      await pipeline(bytes, response);
    });
    return true;
  };

/** A name that tells nothing of the child or the paper. */
export const endings: Partial<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

type Paper = { file: string; mediaType: MediaType; size: number };

/** Others name a paper by its upload or by its file. */
export const paperOf = async (files: Files, id: string): Promise<Paper> => {
  const [row] = await asWorkerOnce(files.core.worker, (tx) =>
    query<Paper>(
      tx,
      `select file_id as file, media_type as "mediaType", size::int as size from upload
       where (upload_id = $1 or file_id = $1) and state = 'ACCEPTED' and purpose = 'EVIDENCE'`,
      [id],
    ),
  );
  if (row === undefined) throw new FileRefused('FILE_UNKNOWN');
  return row;
};
