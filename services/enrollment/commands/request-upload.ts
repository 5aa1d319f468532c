import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolCode } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { beijing } from '#libs/platform/clock/clock.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { AppError, notFound, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { Files } from '#libs/platform/files/files.ts';
import { csv, type MediaType, mediaTypeOf, xlsx } from '#libs/platform/files/media-types.ts';
import { findUpload, insertUpload, type NewUpload, type Upload } from '#libs/platform/files/upload-rows.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ownSchool } from '../own-school.ts';
import { type UploadView, uploadView } from '../upload-view.ts';

const megabyte = 1024 * 1024;

/** What a file may be for: what its media types are, how they are called, and the largest size of a paper. */
const purposes = {
  REGISTRATION_IMPORT: {
    mediaTypes: [xlsx, csv],
    refusal: '只接受 .xlsx 工作簿或 .csv 文件。 Only .xlsx workbooks and .csv files.',
    maxBytes: Number.POSITIVE_INFINITY,
  },
  EVIDENCE: {
    mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
    refusal: '只接受 PDF、JPEG 或 PNG 文件。 Only PDF, JPEG and PNG files.',
    maxBytes: 20 * megabyte,
  },
} as const satisfies Record<string, { mediaTypes: readonly MediaType[]; refusal: string; maxBytes: number }>;

const Purpose = z.enum(['REGISTRATION_IMPORT', 'EVIDENCE']);
type Purpose = z.infer<typeof Purpose>;

/** The media type that a client's words mean, where the purpose takes it. */
const mediaTypeFor = (purpose: Purpose, said: string): MediaType | undefined => {
  const mediaType = mediaTypeOf(said);
  return purposes[purpose].mediaTypes.find((each) => each === mediaType);
};

/** The input as its purpose wants it; every problem is told at once. An unknown purpose is judged as an import. */
const inputFor = (purpose: Purpose, maxBytes: number) => {
  const most = Math.min(maxBytes, purposes[purpose].maxBytes);
  return z.object({
    idempotencyKey: z.string().min(1).max(100),
    name: z.string().min(1).max(255),
    purpose: Purpose.nullish().transform((said) => said ?? 'REGISTRATION_IMPORT'),
    mediaType: z
      .string()
      .max(200)
      .transform((said, context): MediaType => {
        const mediaType = mediaTypeFor(purpose, said);
        if (mediaType !== undefined) return mediaType;
        context.addIssue({
          code: 'custom',
          message: purposes[purpose].refusal,
          params: { code: 'MEDIA_TYPE_NOT_ALLOWED' },
        });
        return z.NEVER;
      }),
    size: z
      .int()
      .min(1, '文件是空的。 The file is empty.')
      .max(
        most,
        `文件超过上限（${Math.floor(most / megabyte)}MB），请拆分或压缩后上传。 Larger than ${most} bytes.`,
      ),
    sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'SHA-256 应为64位十六进制。 64 hexadecimal digits.'),
    school: SchoolCode.nullish(),
  });
};

const purposeOf = (input: unknown): Purpose =>
  z.object({ purpose: Purpose }).safeParse(input).data?.purpose ?? 'REGISTRATION_IMPORT';

type Outcome = { upload: UploadView | null; findings: Finding[] };

/** Where the file is put down: at the caller's own school, or at the caller's own unit. */
const placeOf = async (
  core: ServiceCore,
  caller: Actor,
  school: string | null | undefined,
): Promise<number> => {
  if (caller.level === 'SCHOOL' || school)
    return (await ownSchool(core, caller, school ?? caller.school ?? '')).place;
  const unit = await core.directory.workplaceOf(caller);
  if (unit === undefined) throw outOfJurisdiction();
  return unit.lo;
};

/**
 * A registrar announces a file and gets the address to send it to, which is good for a quarter of an hour and for this
 * registrar only; an import is a school's, evidence an authority's as well. Announcing again under the same key shows
 * the same upload. The name of the file is not kept.
 */
export const requestUpload = async (
  core: ServiceCore,
  files: Files,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const purpose = purposeOf(input);
  const caller = authorize(actor, purpose === 'EVIDENCE' ? 'evidence.hand-in' : 'registration.import');
  const wanted = parseInput(inputFor(purpose, files.limits.maxBytes), input);
  const scope = await core.directory.scopeOf(caller);
  const place = await placeOf(core, caller, wanted.school);
  const at = core.clock.now();
  const announced: NewUpload = {
    id: uuidv7(),
    place,
    owner: caller.subject,
    purpose: wanted.purpose,
    mediaType: wanted.mediaType,
    size: wanted.size,
    sha256: Buffer.from(wanted.sha256, 'hex'),
    expiresAt: beijing(Date.parse(at) + files.limits.linkLife),
  };
  const likely = { id: announced.id };
  const order = { operation: 'requestUpload', caller: caller.subject, key: wanted.idempotencyKey };
  const upload = await inScope(core.app, scope, async (tx) => {
    let made: Upload | undefined;
    const { id } = await once(tx, { ...order, request: wanted, at, likely }, async () => {
      made = await insertUpload(tx, announced, at, files.limits.maxWaiting);
      if (made === undefined) throw tooManyWaiting();
      return likely;
    });
    return made ?? findUpload(tx, id);
  });
  if (upload === undefined) throw notFound('upload');
  return { upload: uploadView(files, upload, caller.subject), findings: [] };
};

const tooManyWaiting = (): AppError =>
  new AppError(
    'RATE_LIMITED',
    '本单位已登记而未上传的文件过多，请先完成上传。 Too many files of this school or unit wait to be sent.',
  );
