import { z } from 'zod';

/** Files in an S3-compatible object storage in place of FILES_DIR; FILES_S3_BUCKET says that they are there. */
export const filesInObjectStorage = {
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'not a name of a bucket')
    .optional(),
  FILES_S3_ENDPOINT: z
    .string()
    .refine((text) => URL.canParse(text), { message: 'not an address' })
    .optional(),
  FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  FILES_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  FILES_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  FILES_S3_PATH_STYLE: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .describe('the bucket in the path of the address instead of its host name'),
  FILES_S3_CHECKSUMS: z
    .enum(['WHEN_SUPPORTED', 'WHEN_REQUIRED'])
    .default('WHEN_SUPPORTED')
    .describe('WHEN_REQUIRED for a server that knows no checksums of objects'),
};

/** What an object storage asks for beside the bucket. */
const neededWithBucket = [
  'FILES_S3_ENDPOINT',
  'FILES_S3_ACCESS_KEY_ID',
  'FILES_S3_SECRET_ACCESS_KEY',
] as const;

type Bucket = { FILES_S3_BUCKET?: string } & { [name in (typeof neededWithBucket)[number]]?: string };

/** Names each variable that a bucket needs and that is missing. */
export const askWhatABucketNeeds = (config: Bucket, context: z.RefinementCtx): void => {
  if (config.FILES_S3_BUCKET === undefined) return;
  for (const name of neededWithBucket) {
    if (config[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'missing, and FILES_S3_BUCKET is set' });
  }
};
