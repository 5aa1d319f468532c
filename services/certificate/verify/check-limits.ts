import { isIPv6 } from 'node:net';
import type { ServiceConfig } from '#libs/platform/config/config.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { type Count, countInWindows, type Limit } from '#libs/platform/limits/windows.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Held, plainNumber } from './check-keys.ts';

/** What one address may ask, what may be asked about one number, and what all callers together may ask. */
export type CheckLimits = { address: Limit; number: Limit; all: Limit };

const minute = 60;

export const checkLimitsOf = (config: ServiceConfig): CheckLimits => ({
  address: { most: config.CHECKS_PER_ADDRESS, seconds: minute },
  number: { most: config.CHECKS_PER_NUMBER, seconds: 10 * minute },
  all: { most: config.CHECKS_IN_ALL, seconds: minute },
});

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
    await countInWindows(core.worker, 'certificate_check_count', counts, now);
};
