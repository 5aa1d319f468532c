import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { beijing } from '#libs/platform/clock/clock.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { AppError, notFound } from '#libs/platform/errors/errors.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { csv, type MediaType, mediaTypeOf, xlsx } from '#libs/platform/files/media-types.ts';
import { countWaiting, findUpload, insertUpload, type NewUpload } from '#libs/platform/files/upload-rows.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type UploadView, uploadView } from '../upload-view.ts';
import { ownSchool } from './register-student.ts';

/** What an import reads. */
const importable: readonly MediaType[] = [xlsx, csv];

const SaidMediaType = z
  .string()
  .max(200)
  .transform((said, context): MediaType => {
    const mediaType = mediaTypeOf(said);
    if (mediaType !== undefined && importable.includes(mediaType)) return mediaType;
    context.addIssue({
      code: 'custom',
      message: '只接受 .xlsx 工作簿或 .csv 文件。 Only .xlsx workbooks and .csv files.',
      params: { code: 'MEDIA_TYPE_NOT_ALLOWED' },
    });
    return z.NEVER;
  });

const inputUpTo = (maxBytes: number) =>
  z.object({
    idempotencyKey: z.string().min(1).max(100),
    name: z.string().min(1).max(255),
    mediaType: SaidMediaType,
    size: z
      .int()
      .min(1, '文件是空的。 The file is empty.')
      .max(
        maxBytes,
        `文件超过上限（${Math.floor(maxBytes / 1024 / 1024)}MB），请拆分后上传。 Larger than ${maxBytes} bytes.`,
      ),
    sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'SHA-256 应为64位十六进制。 64 hexadecimal digits.'),
    school: SchoolCode,
  });

type Outcome = { upload: UploadView | null; findings: Finding[] };

/**
 * A school's registrar announces a file and gets the address to send it to, which is good for a quarter of an hour
 * and for this registrar only. Announcing again under the same key shows the same upload. The name of the file is
 * not kept.
 */
export const requestUpload = async (
  core: ServiceCore,
  files: Files,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const caller = authorize(actor, 'registration.import');
  const wanted = parseInput(inputUpTo(files.limits.maxBytes), input);
  const scope = await core.directory.scopeOf(caller);
  const school = await ownSchool(core, caller, wanted.school);
  const at = core.clock.now();
  const upload = await inScope(core.app, scope, async (tx) => {
    const { id } = await once(
      tx,
      { caller: caller.subject, key: wanted.idempotencyKey, request: wanted, at },
      async () => {
        if ((await countWaiting(tx, school.place, at)) >= files.limits.maxWaiting) throw tooManyWaiting();
        const announced: NewUpload = {
          id: uuidv7(),
          place: school.place,
          owner: caller.subject,
          purpose: 'REGISTRATION_IMPORT',
          mediaType: wanted.mediaType,
          size: wanted.size,
          sha256: Buffer.from(wanted.sha256, 'hex'),
          expiresAt: beijing(Date.parse(at) + files.limits.linkLife),
        };
        await insertUpload(tx, announced, at);
        return { id: announced.id };
      },
    );
    return findUpload(tx, id);
  });
  if (upload === undefined) throw notFound('upload');
  return { upload: uploadView(files, upload, caller.subject), findings: [] };
};

const tooManyWaiting = (): AppError =>
  new AppError(
    'RATE_LIMITED',
    '本校已登记而未上传的文件过多，请先完成上传。 Too many files of this school wait to be sent.',
  );
