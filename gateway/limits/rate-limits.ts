import type { IncomingMessage } from 'node:http';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import type { Log } from '#libs/platform/log/log.ts';
import type { GatewayConfig } from '../config.ts';
import { addressOf } from '../http/address.ts';
import { Refusal } from '../http/refusal.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { RateCounts } from './rate-counts.ts';
import { createRateKeys, networkOf, type RateKind } from './rate-keys.ts';
import { shareCounts } from './rate-sharing.ts';

export type RateLimits = {
  /**
   * Counts a request of somebody, by subject and unit, or by its address where nobody is signed in; throws a Refusal (429
   * RATE_LIMITED, with the seconds until one may ask again) beyond a limit. Refused requests are not counted.
   */
  admit(actor: Actor | null, request: IncomingMessage): void;
  stop(): Promise<void>;
};

type Settings = Pick<
  GatewayConfig,
  'RATE_PER_CALLER' | 'RATE_PER_UNIT' | 'TRUSTED_PROXIES' | 'NATS_PASSWORD' | 'NATS_PREFIX' | 'OIDC_ISSUER'
>;

export type RateParts = {
  config: Settings;
  bus: Pick<Bus, 'board'>;
  metrics: Pick<GatewayMetrics, 'rateLimited' | 'rateShared'>;
  log: Log;
  /** Milliseconds of the clock. */
  now?: () => number;
};

/** Where a request is counted. */
type Place = { kind: RateKind; key: string; limit: number };

const minute = 60_000;
/** So many callers are counted one by one; further addresses without a token are counted together. */
const mostKeys = 100_000;
const mostAddresses = 10_000;

/**
 * After so many requests of one key the other gateways are told. What each of them does not know of is less than that: n
 * gateways together admit at most the limit and (n - 1) times this, and what comes while a message is under way.
 */
export const stepOf = (limit: number): number => Math.max(1, Math.floor(limit / 20));

const who = {
  caller: '请求过于频繁 Too many requests',
  address: '此地址的请求过于频繁 Too many requests from this address',
  unit: '本单位的请求过于频繁 Too many requests of your unit',
};

const tooMany = (kind: RateKind, seconds: number): Refusal =>
  new Refusal(
    429,
    'RATE_LIMITED',
    `${who[kind]}: 请在 ${seconds} 秒后再试 try again in ${seconds} seconds.`,
    { 'retry-after': String(seconds) },
    { retryAfter: seconds },
  );

/** Limits what anybody, and all of a unit together, may ask in a minute, over all gateways. */
export const createRateLimits = ({ config, bus, metrics, log, now = Date.now }: RateParts): RateLimits => {
  const { RATE_PER_CALLER: perCaller, RATE_PER_UNIT: perUnit } = config;
  if (perCaller === 0 && perUnit === 0) return { admit: () => undefined, stop: async () => undefined };
  const counts = new RateCounts(minute, now);
  const sharing = shareCounts({ counts, bus, keep: 2 * minute, metrics, log });
  const keyOf = createRateKeys(config.NATS_PASSWORD ?? '', `${config.NATS_PREFIX} ${config.OIDC_ISSUER}`);
  const place = (kind: RateKind, name: string, limit: number): Place[] =>
    limit === 0 ? [] : [{ kind, key: keyOf(kind, name), limit }];

  const ofActors = new WeakMap<Actor, Place[]>();
  const ofAddresses = new Map<string, Place[]>();
  const rest = place('address', '', perCaller);

  const placesOf = (actor: Actor): Place[] => {
    const known = ofActors.get(actor);
    if (known) return known;
    const unit = unitOf(actor);
    const found = [
      ...place('caller', actor.subject, perCaller),
      ...(unit === '' ? [] : place('unit', `${actor.level} ${unit}`, perUnit)),
    ];
    ofActors.set(actor, found);
    return found;
  };

  const placesAt = (address: string): Place[] => {
    const found = ofAddresses.get(address) ?? place('address', networkOf(address), perCaller);
    if (ofAddresses.size >= mostAddresses) ofAddresses.clear();
    ofAddresses.set(address, found);
    return counts.size >= mostKeys && found.some(({ key }) => !counts.knows(key)) ? rest : found;
  };

  return {
    admit: (actor, request) => {
      const places = actor ? placesOf(actor) : placesAt(addressOf(request, config.TRUSTED_PROXIES));
      for (const { kind, key, limit } of places) {
        const wait = counts.wait(key, limit);
        if (wait === 0) continue;
        metrics.rateLimited.inc({ kind });
        throw tooMany(kind, Math.ceil(wait / 1000));
      }
      for (const { key, limit } of places) {
        const count = counts.add(key);
        if (count % stepOf(limit) === 0) sharing.tell(key, counts.window, count);
      }
    },
    stop: () => sharing.stop(),
  };
};
