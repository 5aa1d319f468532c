import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, refusal } from './answers.ts';
import { answerFrom, type Bucket } from './bucket.ts';
import { type Account, refusalOf } from './signature.ts';

/** What becomes of a request instead of an answer: the server is busy, or the line goes dead. */
export type Fault = 'BUSY' | 'CUT_OFF';

export type ObjectStorageSimulator = {
  endpoint: string;
  bucket: Bucket;
  account: Account;
  /** The next requests of a method fail so. */
  fail(method: string, fault: Fault, times: number): void;
  close(): Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};

/**
 * Starts a stand-in for an S3-compatible server on loopback, with one bucket in memory. It speaks the protocol over HTTP and
 * checks what a real one checks: the signature (version 4), the hash of the body, checksums, order and size of parts.
 * What the registry does not use it refuses with NotImplemented.
 */
export const startObjectStorage = async (name = 'files'): Promise<ObjectStorageSimulator> => {
  const bucket: Bucket = { name, objects: new Map(), uploads: new Map() };
  const account: Account = {
    accessKeyId: 'registry',
    secretAccessKey: 'a secret of this server',
    region: 'cn-north-1',
  };
  const faults: { method: string; fault: Fault }[] = [];

  const faultFor = (method: string): Fault | undefined => {
    const at = faults.findIndex((each) => each.method === method);
    return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
  };

  const judge = async (request: IncomingMessage): Promise<Answer> => {
    const { method = '', url = '/', headers } = request;
    const body = await readBody(request);
    const wrong = refusalOf(request, body, account);
    if (wrong !== undefined) return refusal(wrong);
    const { pathname, searchParams: query } = new URL(url, 'http://server');
    const [, asked = '', ...rest] = pathname.split('/');
    if (asked !== bucket.name) return refusal('NoSuchBucket');
    return answerFrom(bucket, { method, key: decodeURIComponent(rest.join('/')), query, headers, body });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = faultFor(request.method ?? '');
    if (fault === 'CUT_OFF') return void request.socket.destroy();
    const { status, headers, body } = fault === 'BUSY' ? await busy(request) : await judge(request);
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    account,
    fail: (method, fault, times) =>
      void faults.push(...Array.from({ length: times }, () => ({ method, fault }))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const busy = async (request: IncomingMessage): Promise<Answer> => {
  await readBody(request);
  return refusal('ServiceUnavailable');
};
