import { pipeline } from 'node:stream/promises';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { type LinkBearer, openLink } from '#libs/platform/files/links.ts';
import { type MediaType, xlsx } from '#libs/platform/files/media-types.ts';
import { openReport } from '#libs/platform/files/reports.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route } from '#libs/platform/service/definition.ts';

/**
 * `GET /reports/<job>?t=<token>` with the reader's access token: the refused rows of an import in full, to be saved
 * and never shown in place. An address alone opens nothing. Who fetches it is written down before the first byte
 * leaves (PRV-13).
 */
export const reportRoute =
  (files: Files): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'reports');
    if (address === undefined) return false;
    await answering(files.core, response, async () => {
      onlyGet(request, response);
      const { sealing, clock, tokens } = files.core;
      const actor = authorize(await tokens.actorFrom(request.headers.authorization), 'import.report');
      const reader = openLink(sealing, 'report', address.id, address.token, clock.now());
      if (!(await isStillTheirs(files, actor, reader))) throw outOfJurisdiction();
      enforces('PRV-13');
      const { report, bytes } = await openReport(files, address.id, reader.place, reader);
      response.writeHead(200, attachmentHeaders(report, neutralName(report.mediaType)));
      await pipeline(bytes, response);
    });
    return true;
  };

/** Whether the address was given to this caller, whose place in the tree still covers the report. */
const isStillTheirs = async (
  files: Files,
  actor: Actor,
  { subject, place }: LinkBearer,
): Promise<boolean> => {
  const workplace = await files.core.directory.workplaceOf(actor);
  return (
    actor.subject === subject && workplace !== undefined && workplace.lo <= place && place <= workplace.hi
  );
};

/** A name that tells nothing of the school, the job or the pupils. */
const neutralName = (mediaType: MediaType): string => `import-report.${mediaType === xlsx ? 'xlsx' : 'csv'}`;
