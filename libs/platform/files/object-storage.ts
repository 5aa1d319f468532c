import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { unavailable } from '../errors/errors.ts';
import { FileMissing, type FileStorage, isFileName, pathOf } from './storage.ts';

/** An S3-compatible server and what signs the requests to it. */
export type ObjectStorageOptions = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The bucket stands in the path instead of the host name. */
  pathStyle: boolean;
  /** WHEN_SUPPORTED: every part is sent with a checksum that the server compares. */
  checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
  /** Folder of one service: no service touches another's files. */
  folder: string;
};

/** What waits in the memory of one upload: `partsAtOnce` parts of so many bytes, the least that S3 takes is 5 MiB. */
const partLength = 8 * 1024 * 1024;
const partsAtOnce = 2;
/** A request is tried so often; milliseconds until a server that accepts no connection, or says nothing, is given up. */
const attempts = 4;
const connectionPatience = 3_000;
const answerPatience = 30_000;

const clientOf = (options: ObjectStorageOptions): S3Client =>
  new S3Client({
    endpoint: options.endpoint,
    region: options.region,
    forcePathStyle: options.pathStyle,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    maxAttempts: attempts,
    requestChecksumCalculation: options.checksums,
    responseChecksumValidation: options.checksums,
    requestHandler: { connectionTimeout: connectionPatience, requestTimeout: answerPatience },
  });

type Answered = { name?: string; $metadata?: { httpStatusCode?: number } };

const isMissing = (error: unknown): boolean => {
  const { name, $metadata } = error as Answered;
  return (
    name === 'NoSuchKey' ||
    name === 'NotFound' ||
    ($metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket')
  );
};

/** What a client may hear of a failure: nothing of the server, its address or its words. */
const outOfReach = (error: unknown): Error => Object.assign(unavailable('File storage'), { cause: error });

const told = (error: unknown): Error => (isMissing(error) ? new FileMissing() : outOfReach(error));

const asked = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw told(error);
  }
};

/** Passes a content on and keeps why it broke off: on its way through the client a failure may be wrapped. */
const watched = (content: AsyncIterable<Uint8Array>) => {
  const seen: { failure?: unknown } = {};
  const stream = async function* () {
    try {
      yield* content;
    } catch (error) {
      seen.failure = error;
      throw error;
    }
  };
  return { seen, stream: stream() };
};

/** The body of an answer, whose connection ends with its reader. */
async function* bodyOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>;
  } catch (error) {
    throw told(error);
  } finally {
    body.destroy();
  }
}

/**
 * Files in a bucket of an S3-compatible server. Uploads go in parts as they come, each with its checksum and tried again
 * where the server does not answer; one that breaks off is called off there, so that none of its parts stays.
 *
 * On the maintained client of the protocol itself: flystorage's adapter for it reads whole objects only, while a
 * workbook is read from its end, and it looks into the first bytes of what it stores.
 */
export const objectStorage = (options: ObjectStorageOptions): FileStorage => {
  const client = clientOf(options);
  const { bucket: Bucket, folder } = options;
  const of = (name: string) => ({ Bucket, Key: `${folder}/${pathOf(name)}` });
  const remove = (name: string) => asked(client.send(new DeleteObjectCommand(of(name))));
  return {
    write: async (name, content) => {
      const { seen, stream } = watched(content);
      const upload = new Upload({
        client,
        params: {
          ...of(name),
          Body: Readable.from(stream, { objectMode: false }),
          ContentType: 'application/octet-stream',
        },
        partSize: partLength,
        queueSize: partsAtOnce,
      });
      try {
        await upload.done();
      } catch (error) {
        await remove(name).catch(() => undefined);
        throw seen.failure ?? told(error);
      }
    },
    read: async (name, range) => {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const { Body } = await asked(client.send(new GetObjectCommand({ ...of(name), Range })));
      if (!(Body instanceof Readable)) throw unavailable('File storage');
      return Readable.from(bodyOf(Body), { objectMode: false });
    },
    size: async (name) => {
      const { ContentLength } = await asked(client.send(new HeadObjectCommand(of(name))));
      if (ContentLength === undefined) throw unavailable('File storage');
      return ContentLength;
    },
    remove: async (name) => void (await remove(name)),
    list: (after) => namesIn(client, { Bucket, Prefix: `${folder}/` }, after),
    probe: async () => {
      await client.send(new HeadBucketCommand({ Bucket })).catch((error: unknown) => {
        throw outOfReach(error);
      });
    },
  };
};

async function* namesIn(
  client: S3Client,
  where: { Bucket: string; Prefix: string },
  after: string | undefined,
): AsyncGenerator<string> {
  let StartAfter = after && `${where.Prefix}${pathOf(after)}`;
  for (;;) {
    const page = await asked(client.send(new ListObjectsV2Command({ ...where, StartAfter })));
    const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    yield* keys.map((key) => key.slice(key.lastIndexOf('/') + 1)).filter(isFileName);
    StartAfter = keys.at(-1);
    if (page.IsTruncated !== true || StartAfter === undefined) return;
  }
}
