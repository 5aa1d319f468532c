import { isIPv6 } from 'node:net';
import type { ServiceConfig } from '#libs/platform/config/config.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Held, plainNumber } from './check-keys.ts';

/** So many questions in a window of so many seconds. */
type Limit = { most: number; seconds: number };

/** What one address may ask, what may be asked about one number, and what all callers together may ask. */
export type CheckLimits = { address: Limit; number: Limit; all: Limit };

const minute = 60;

export const checkLimitsOf = (config: ServiceConfig): CheckLimits => ({
  address: { most: config.CHECKS_PER_ADDRESS, seconds: minute },
  number: { most: config.CHECKS_PER_NUMBER, seconds: 10 * minute },
  all: { most: config.CHECKS_IN_ALL, seconds: minute },
});

type Count = { key: Buffer; limit: Limit };

/** Half an address of IPv6 belongs to one connection; whoever has one has all of the other half. */
const neighbourhood = (address: string): string => {
  const plain = address.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, '');
  if (!isIPv6(plain) || plain.includes('.')) return plain;
  const [left = '', right] = plain.split('%')[0]?.split('::') ?? [];
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const gap = right === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
};

/** From one address at most half of what may be asked about a number: nobody alone closes a number to its holder. */
const fromOne = ({ most, seconds }: Limit): Limit => ({ most: Math.ceil(most / 2), seconds });

/**
 * What a question is counted under, step by step: what is refused in one step is not counted in the next, so that no
 * address alone uses up what is there for all.
 */
const stepsOf = (sealing: Sealing, limits: CheckLimits, address: string, held: Held): Count[][] => {
  const from = neighbourhood(address);
  const key = (what: string, value: string): Buffer => sealing.hash(`certificate check ${what}`, value);
  const own = [{ key: key('from', from), limit: limits.address }];
  const all = [{ key: key('all', ''), limit: limits.all }];
  if (held.way !== 'NUMBER') return [own, all];
  const number = plainNumber(held.number);
  return [
    [...own, { key: key('of number from', `${number}\0${from}`), limit: fromOne(limits.number) }],
    [...all, { key: key('of number', number), limit: limits.number }],
  ];
};

const tooMany = (seconds: number): AppError =>
  new AppError(
    'RATE_LIMITED',
    `查询过于频繁，请在 ${seconds} 秒后再试。 Too many checks: try again in ${seconds} seconds.`,
    { retryAfter: seconds },
  );

/** Windows that ended long ago go two at a time, with each question that comes. */
const statement = `with old as (
    delete from certificate_check_count where key in (
      select key from certificate_check_count where ends_at < $3::timestamptz - interval '1 day' and key <> all($1::bytea[])
      order by ends_at limit 2 for update skip locked))
  insert into certificate_check_count as c (key, ends_at, asked)
  select k, e, 1 from unnest($1::bytea[], $2::timestamptz[]) as row (k, e) order by k
  on conflict (key) do update set ends_at = excluded.ends_at,
    asked = case when c.ends_at = excluded.ends_at then c.asked + 1 else 1 end
  returning key, asked`;

/**
 * Counts a question before it is looked at, in the database and so over all processes, by hashes of the address and the
 * number. Throws RATE_LIMITED with the seconds until one may ask again; the same whether there is such a certificate or
 * not (CRT-13).
 */
export const countCheck = async (
  core: Pick<ServiceCore, 'worker' | 'sealing' | 'clock'>,
  limits: CheckLimits,
  address: string | undefined,
  held: Held,
): Promise<void> => {
  const now = Date.parse(core.clock.now());
  for (const counts of stepsOf(core.sealing, limits, address ?? 'unknown', held))
    await count(core, counts, now);
};

const count = async (
  { worker }: Pick<ServiceCore, 'worker'>,
  counts: readonly Count[],
  now: number,
): Promise<void> => {
  const ends = counts.map(
    ({ limit }) => (Math.floor(now / (limit.seconds * 1000)) + 1) * limit.seconds * 1000,
  );
  const rows = await asWorkerOnce(worker, (tx) =>
    query<{ key: Buffer; asked: number }>(tx, statement, [
      counts.map(({ key }) => key),
      ends.map((end) => new Date(end).toISOString()),
      new Date(now).toISOString(),
    ]),
  );
  const waits = counts.flatMap(({ key, limit }, index) => {
    const asked = rows.find((row) => row.key.equals(key))?.asked ?? 0;
    return asked > limit.most ? [Math.ceil(((ends[index] ?? now) - now) / 1000)] : [];
  });
  if (waits.length > 0) throw tooMany(Math.max(...waits));
};
