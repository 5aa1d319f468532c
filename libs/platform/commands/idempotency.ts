import { createHash } from 'node:crypto';
import type { Actor } from '../actor/actor.ts';
import type { Tx } from '../database/orm.ts';
import { execute, queryOne } from '../database/query.ts';
import { idempotencyKeyReused } from '../errors/errors.ts';
import type { ServiceCore } from '../service/definition.ts';

/** SHA-256 of a request in canonical JSON: tells the same request from another one under the same key. */
export const requestHash = (request: unknown): Buffer =>
  createHash('sha256').update(canonicalJson(request)).digest();

/** JSON with sorted keys and without absent fields: equal content, equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(canonical(value));

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
};

/** Who orders what: `operation` is the name of the command, the same for every order of it. */
export type Command = { core: ServiceCore; caller: Actor; operation: string };

export type Once<Answer> = {
  /** What the key stands for: two commands may be asked with equal words. */
  operation: string;
  caller: string;
  key: string;
  request: unknown;
  at: string;
  /** The answer that the work will most likely give: what is written down beforehand need not be written after it. */
  likely?: Answer;
};

/**
 * Runs the work of a command once for each (caller, key): a repeat gets the first answer, the same key for
 * another operation or with another request is refused. The key is taken first, in the transaction of the effect, so that of two equal
 * requests at the same moment the second waits for the first. The answer must hold no personal data (ids and
 * findings only).
 */
export const once = async <Answer>(
  tx: Tx,
  { operation, caller, key, request, at, likely }: Once<Answer>,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  const hash = requestHash({ operation, request });
  const isFirst = await execute(
    tx,
    `insert into idempotency (caller, key, request_hash, answer, recorded_at) values ($1, $2, $3, $4::jsonb, $5)
     on conflict (caller, key) do nothing`,
    [caller, key, hash, JSON.stringify(likely ?? null), at],
  );
  if (isFirst === 0) return formerAnswer(tx, caller, key, hash);
  const answer = await work();
  if (likely !== undefined && canonicalJson(answer) === canonicalJson(likely)) return answer;
  await execute(tx, 'update idempotency set answer = $3::jsonb where caller = $1 and key = $2', [
    caller,
    key,
    JSON.stringify(answer),
  ]);
  return answer;
};

const formerAnswer = async <Answer>(tx: Tx, caller: string, key: string, hash: Buffer): Promise<Answer> => {
  const known = await queryOne<{ request_hash: Buffer; answer: Answer }>(
    tx,
    'select request_hash, answer from idempotency where caller = $1 and key = $2',
    [caller, key],
  );
  if (!known.request_hash.equals(hash)) throw idempotencyKeyReused();
  return known.answer;
};
