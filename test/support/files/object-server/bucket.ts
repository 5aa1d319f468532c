import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Answer, refusal, xml } from './answers.ts';

/** A bucket in memory: its objects, and the uploads in parts that have begun. */
export type Bucket = {
  name: string;
  objects: Map<string, Buffer>;
  uploads: Map<string, { key: string; parts: Map<number, Buffer> }>;
};

export type Asked = {
  method: string;
  key: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
};

const etag = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
/** S3 takes no smaller part but the last one. */
const leastPart = 5 * 1024 * 1024;
const pageLength = 1_000;

const isWhole = ({ headers, body }: Asked): boolean => {
  const said = headers['x-amz-checksum-crc32'];
  if (said === undefined) return true;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return said === sum.toString('base64');
};

const get = ({ objects }: Bucket, { key, headers, method }: Asked): Answer => {
  const bytes = objects.get(key);
  if (bytes === undefined) return method === 'HEAD' ? { status: 404 } : refusal('NoSuchKey');
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(headers.range ?? '')) ?? [];
  if (method === 'HEAD')
    return { status: 200, headers: { 'content-length': String(bytes.length), etag: etag(bytes) } };
  if (from === undefined || to === undefined)
    return { status: 200, headers: { etag: etag(bytes) }, body: bytes };
  if (Number(from) >= bytes.length) return refusal('InvalidRange');
  const part = bytes.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
  return { status: 206, headers: { 'content-range': range, etag: etag(bytes) }, body: part };
};

const put = (bucket: Bucket, asked: Asked): Answer => {
  if (!isWhole(asked)) return refusal('BadDigest');
  const upload = asked.query.get('uploadId');
  if (upload === null) bucket.objects.set(asked.key, asked.body);
  else {
    const begun = bucket.uploads.get(upload);
    if (begun?.key !== asked.key) return refusal('NoSuchUpload');
    begun.parts.set(Number(asked.query.get('partNumber')), asked.body);
  }
  const sum = asked.headers['x-amz-checksum-crc32'];
  return {
    status: 200,
    headers: { etag: etag(asked.body), ...(sum && { 'x-amz-checksum-crc32': String(sum) }) },
  };
};

const complete = (bucket: Bucket, { key, body }: Asked, id: string): Answer => {
  const begun = bucket.uploads.get(id);
  if (begun?.key !== key) return refusal('NoSuchUpload');
  const wanted = [...body.toString('utf8').matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) =>
    Number(number),
  );
  const parts = wanted.map((number) => begun.parts.get(number));
  if (wanted.length === 0 || wanted.some((number, at) => number <= (wanted[at - 1] ?? 0)))
    return refusal('InvalidPartOrder');
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length < parts.length) return refusal('InvalidPart');
  if (whole.slice(0, -1).some((part) => part.length < leastPart)) return refusal('EntityTooSmall');
  const bytes = Buffer.concat(whole);
  bucket.objects.set(key, bytes);
  bucket.uploads.delete(id);
  return xml(
    `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>${etag(bytes)}</ETag></CompleteMultipartUploadResult>`,
  );
};

const post = (bucket: Bucket, asked: Asked): Answer => {
  const id = asked.query.get('uploadId');
  if (id !== null) return complete(bucket, asked, id);
  if (!asked.query.has('uploads')) return refusal('NotImplemented');
  const begun = randomUUID();
  bucket.uploads.set(begun, { key: asked.key, parts: new Map() });
  return xml(
    `<InitiateMultipartUploadResult><Key>${asked.key}</Key><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`,
  );
};

const remove = (bucket: Bucket, { key, query }: Asked): Answer => {
  const upload = query.get('uploadId');
  if (upload !== null) return bucket.uploads.delete(upload) ? { status: 204 } : refusal('NoSuchUpload');
  bucket.objects.delete(key);
  return { status: 204 };
};

const list = ({ objects }: Bucket, query: URLSearchParams): Answer => {
  const [prefix, after] = [query.get('prefix') ?? '', query.get('start-after') ?? ''];
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageLength).map((key) => `<Contents><Key>${key}</Key></Contents>`);
  const more = keys.length > pageLength;
  return xml(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${page.join('')}</ListBucketResult>`);
};

/** Answers a request whose signature was found right. */
export const answerFrom = (bucket: Bucket, asked: Asked): Answer => {
  const { method, key, query } = asked;
  if (key === '') {
    if (method === 'HEAD') return { status: 200 };
    return method === 'GET' && query.get('list-type') === '2'
      ? list(bucket, query)
      : refusal('NotImplemented');
  }
  switch (method) {
    case 'GET':
    case 'HEAD':
      return get(bucket, asked);
    case 'PUT':
      return put(bucket, asked);
    case 'POST':
      return post(bucket, asked);
    case 'DELETE':
      return remove(bucket, asked);
    default:
      return refusal('NotImplemented');
  }
};
