import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a request is signed with: AWS Signature Version 4. */
export type Account = { accessKeyId: string; secretAccessKey: string; region: string };

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
/** Without these a request could be altered on its way. */
const mustBeSigned = ['host', 'x-amz-date', 'x-amz-content-sha256'];
/** A request of another time is refused (milliseconds). */
const mostSkew = 15 * 60_000;

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

const instantOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** The code of S3 for what is wrong with the signature of a request, or of its body; undefined where all is right. */
export const refusalOf = (
  { method = '', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  account: Account,
): string | undefined => {
  const [, key, day, region, signed = '', signature = ''] =
    authorization.exec(headers.authorization ?? '') ?? [];
  if (key === undefined || day === undefined) return 'AccessDenied';
  if (key !== account.accessKeyId) return 'InvalidAccessKeyId';
  const date = String(headers['x-amz-date'] ?? '');
  if (!(Math.abs(Date.now() - instantOf(date)) <= mostSkew)) return 'RequestTimeTooSkewed';
  const names = signed.split(';');
  const content = String(headers['x-amz-content-sha256'] ?? '');
  if (
    region !== account.region ||
    !date.startsWith(day) ||
    !mustBeSigned.every((name) => names.includes(name))
  )
    return 'AuthorizationHeaderMalformed';
  const { pathname, searchParams } = new URL(url, 'http://server');
  const asked = [
    ...[method, pathname, canonicalQuery(searchParams)],
    ...[...names.map((name) => `${name}:${String(headers[name] ?? '').trim()}`), ''],
    ...[signed, content],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const steps = [day, region, 's3', 'aws4_request'];
  const secret = steps.reduce<string | Buffer>(
    (made, step) => hmac(made, step),
    `AWS4${account.secretAccessKey}`,
  );
  const right = hmac(secret, ['AWS4-HMAC-SHA256', date, scope, sha256(asked)].join('\n'));
  if (!timingSafeEqual(right, Buffer.from(signature, 'hex'))) return 'SignatureDoesNotMatch';
  return content === 'UNSIGNED-PAYLOAD' || content === sha256(body) ? undefined : 'XAmzContentSHA256Mismatch';
};
