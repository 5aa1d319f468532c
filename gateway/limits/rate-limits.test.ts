import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { BoardOptions, Bus } from '#libs/platform/bus/bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { GatewayConfig } from '../config.ts';
import { Refusal } from '../http/refusal.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { createRateLimits, type RateLimits, stepOf } from './rate-limits.ts';

const settings = {
  SUBGRAPH_URLS: '{}',
  FILES_URL: 'http://127.0.0.1:9',
  OIDC_ISSUER: 'https://issuer.test',
  OIDC_JWKS_URL: 'https://issuer.test/jwks',
  OIDC_AUDIENCE: 'xueji',
  NATS_URL: 'nats://127.0.0.1:9',
};

const metrics = createGatewayMetrics();

/** A board that all who hang it up see at once, or that nobody sees. */
const createBoards = () => {
  const seen: BoardOptions[] = [];
  const values: [string, unknown][] = [];
  const board: Bus['board'] = (_, options) => {
    seen.push(options);
    return {
      put: (key, value) => {
        values.push([key, value]);
        for (const one of seen) one.take(key, value);
      },
      stop: async () => undefined,
    };
  };
  return { board, values };
};

const limitsOf = (rates: { RATE_PER_CALLER?: string; RATE_PER_UNIT?: string }, board?: Bus['board']) =>
  createRateLimits({
    config: GatewayConfig.parse({ ...settings, ...rates }),
    bus: board ? { board } : {},
    metrics,
    log: silentLog,
    now: () => 60_000,
  });

const actor = (subject: string, facts: Partial<Actor> = {}): Actor => ({
  subject,
  name: 'Somebody',
  level: 'COUNTY',
  unit: '410503',
  roles: new Set(),
  scopes: new Set(),
  assurance: 'ONE_FACTOR',
  ...facts,
});

const from = (remoteAddress: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: {} }) as unknown as IncomingMessage;
const somewhere = from('192.0.2.1');

const refusalOf = (work: () => void): Refusal | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
};

/** How many of so many requests are admitted. */
const admitted = (rates: RateLimits, who: Actor | null, request = somewhere, requests = 100): number => {
  let count = 0;
  for (let index = 0; index < requests; index++) if (!refusalOf(() => rates.admit(who, request))) count += 1;
  return count;
};

describe('rates of callers', () => {
  test('are refused beyond the limit with the seconds until one may ask again', () => {
    const rates = limitsOf({ RATE_PER_CALLER: '3' });
    expect(admitted(rates, actor('a'))).toBe(3);
    const refusal = refusalOf(() => rates.admit(actor('a'), somewhere));
    expect([refusal?.status, refusal?.code, refusal?.headers, refusal?.facts]).toEqual([
      429,
      'RATE_LIMITED',
      { 'retry-after': '80' },
      { retryAfter: 80 },
    ]);
    expect(refusal?.message).toMatch(/请在 80 秒后再试/);
  });

  test('go by the subject of the token, wherever it comes from, and without one by the address', () => {
    const rates = limitsOf({ RATE_PER_CALLER: '4' });
    expect(admitted(rates, actor('a'), from('192.0.2.1'))).toBe(4);
    expect(admitted(rates, actor('a'), from('192.0.2.2'))).toBe(0);
    expect(admitted(rates, actor('b'))).toBe(4);
    expect(admitted(rates, null, from('192.0.2.1'))).toBe(4);
    expect(admitted(rates, null, from('2001:db8::1'))).toBe(4);
    expect(admitted(rates, null, from('2001:db8::ffff'))).toBe(0);
  });

  test('of a unit are those of all its people, and another level is another unit', () => {
    const rates = limitsOf({ RATE_PER_CALLER: '4', RATE_PER_UNIT: '6' });
    expect([admitted(rates, actor('a')), admitted(rates, actor('b')), admitted(rates, actor('c'))]).toEqual([
      4, 2, 0,
    ]);
    expect(admitted(rates, actor('d', { level: 'CITY' }))).toBe(4);
    expect(admitted(rates, actor('e', { school: '410503' }))).toBe(0);
  });

  test('count nothing for the caller where the unit is refused', () => {
    const { board, values } = createBoards();
    const rates = limitsOf({ RATE_PER_CALLER: '1000', RATE_PER_UNIT: '10' }, board);
    admitted(rates, actor('a'));
    expect(values.map(([, value]) => (value as { count: number }).count)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  test('of 0 are no limit', () => {
    expect(admitted(limitsOf({ RATE_PER_CALLER: '0', RATE_PER_UNIT: '0' }), actor('a'))).toBe(100);
    expect(admitted(limitsOf({ RATE_PER_CALLER: '0', RATE_PER_UNIT: '7' }), actor('a'))).toBe(7);
    expect(admitted(limitsOf({ RATE_PER_CALLER: '0', RATE_PER_UNIT: '7' }), null)).toBe(100);
  });
});

describe('several gateways', () => {
  test('together admit at most the limit and a step for each further one, and leave nobody far below it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 30 }),
        (limit, gateways, order) => {
          const { board } = createBoards();
          const all = Array.from({ length: gateways }, () =>
            limitsOf({ RATE_PER_CALLER: String(limit), RATE_PER_UNIT: '0' }, board),
          );
          let count = 0;
          for (let round = 0; round < 40; round++) {
            for (const index of order) {
              const gateway = all[index % gateways];
              if (gateway) count += admitted(gateway, actor('a'), somewhere, 1);
            }
          }
          expect(count).toBeLessThanOrEqual(limit + (gateways - 1) * (stepOf(limit) - 1));
          expect(count).toBeGreaterThanOrEqual(Math.min(limit, 40 * order.length));
        },
      ),
    );
  });

  test('that see no board each admit the limit', () => {
    const [one, other] = [limitsOf({ RATE_PER_CALLER: '50' }), limitsOf({ RATE_PER_CALLER: '50' })];
    expect([admitted(one, actor('a')), admitted(other, actor('a'))]).toEqual([50, 50]);
  });

  test('tell one another keys and counts, and no name, unit or address', () => {
    const { board, values } = createBoards();
    const rates = limitsOf({}, board);
    for (let index = 0; index < 9_000; index++) {
      refusalOf(() => rates.admit(actor('110101199003071234'), somewhere));
      refusalOf(() => rates.admit(null, somewhere));
    }
    expect(values.length).toBeGreaterThan(40);
    expect(JSON.stringify(values)).not.toMatch(/110101|410503|COUNTY|192\.0\.2/);
  });

  test('take nothing from a board that is not a count', () => {
    let take: BoardOptions['take'] = () => undefined;
    const rates = limitsOf({ RATE_PER_CALLER: '5' }, (_, options) => {
      take = options.take;
      return { put: () => undefined, stop: async () => undefined };
    });
    for (const value of [null, 'x', [], {}, { window: '1', count: 9 }, { window: 1, count: -9 }])
      take('a.b', value);
    expect(admitted(rates, actor('a'))).toBe(5);
  });
});
