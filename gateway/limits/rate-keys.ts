import { createHmac, hkdfSync } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Whose requests are counted together. */
export type RateKind = 'caller' | 'address' | 'unit';

/** Gives the key of whom a name means: nobody can tell the name from it who does not know the secret. */
export type RateKeys = (kind: RateKind, name: string) => string;

/** Keys by a secret that all gateways of a system have in common. */
export const createRateKeys = (secret: string, system: string): RateKeys => {
  const key = Buffer.from(hkdfSync('sha256', secret, system, 'rates of callers', 32));
  return (kind, name) => createHmac('sha256', key).update(`${kind} ${name}`).digest('base64url').slice(0, 22);
};

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whoever has one address of version 6 has a whole network of them: its first half stands for all. */
export const networkOf = (address: string): string => {
  const version4 = mapped.exec(address)?.[1];
  if (version4 !== undefined || !isIPv6(address)) return version4 ?? address;
  const [front = '', back] = address.split('%')[0]?.split('::') ?? [];
  const groups = front === '' ? [] : front.split(':');
  const after = back === undefined || back === '' ? [] : back.split(':');
  const zeros = back === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};
