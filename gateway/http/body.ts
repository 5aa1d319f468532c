import type { IncomingMessage } from 'node:http';
import { badRequest, Refusal, tooLarge } from './refusal.ts';

const jsonType = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const slow = (): Refusal =>
  new Refusal(408, 'BAD_REQUEST', '请求超时。 The body did not arrive in time.', { connection: 'close' });

/**
 * The JSON body of a request, read up to a number of bytes and within a time in milliseconds. Only
 * `application/json` in UTF-8 is taken: what a form of another site could send is not.
 */
export const readJson = async (request: IncomingMessage, most: number, time: number): Promise<object> => {
  if (!jsonType.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'BAD_REQUEST', '须为 application/json。 Send application/json in UTF-8.');
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const text = await readText(request, most, time);
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    throw badRequest('不是有效的 JSON。 The body is not JSON.');
  }
  throw badRequest('须为 JSON 对象。 The body is not a JSON object.');
};

const readText = (request: IncomingMessage, most: number, time: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => fail(slow()), time);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      request.resume();
      reject(error);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) fail(tooLarge());
      else chunks.push(chunk);
    });
    request.once('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.once('error', fail);
    request.once('close', () => {
      if (!request.readableEnded) fail(badRequest('请求中断。 The request was cut off.'));
    });
  });
