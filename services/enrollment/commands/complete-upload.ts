import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { findUpload } from '#libs/platform/files/upload-rows.ts';
import { verifyUpload } from '#libs/platform/files/uploads.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type UploadView, uploadView } from '../upload-view.ts';

const Input = z.object({ upload: Uuid });

type Outcome = { upload: UploadView; findings: Finding[] };

/**
 * Checks what arrived: the stored file is read back and must be what was announced. Asking again tells the same.
 * A file that did not arrive or was refused shows in the state and the problem of the upload.
 */
export const completeUpload = async (
  core: ServiceCore,
  files: Files,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const caller = authorize(actor, 'evidence.hand-in');
  const { upload: id } = parseInput(Input, input);
  const scope = await core.directory.scopeOf(caller);
  const upload = await inScopeOnce(core.app, scope, (tx) => findUpload(tx, id));
  if (upload === undefined) throw outOfJurisdiction();
  return { upload: uploadView(files, await verifyUpload(files, upload), caller.subject), findings: [] };
};
