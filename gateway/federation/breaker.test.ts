import fc from 'fast-check';
import { Breaker, type BreakerState, enoughCalls, tooMany } from './breaker.ts';

const openFor = 5_000;

const situation = () => {
  let now = 0;
  const states: BreakerState[] = [];
  const breaker = new Breaker({ openFor, now: () => now, changed: (state) => states.push(state) });
  const call = (verdict: 'ok' | 'failed' | 'nothing'): boolean => {
    const entry = breaker.enter();
    if (entry) breaker.leave(entry, verdict);
    return entry !== undefined;
  };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { breaker, states, call, pass };
};

const opened = () => {
  const given = situation();
  for (let index = 0; index < enoughCalls; index++) given.call('failed');
  return given;
};

describe('a breaker', () => {
  test('opens at that share of failures over enough calls, and never before', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 100 }), (answers) => {
        const { call, breaker } = situation();
        let failures = 0;
        for (const [index, isOk] of answers.entries()) {
          call(isOk ? 'ok' : 'failed');
          if (!isOk) failures += 1;
          const calls = index + 1;
          const isReached = !isOk && calls >= enoughCalls && failures >= calls * tooMany;
          expect(breaker.state).toBe(isReached ? 'open' : 'closed');
          if (isReached) return;
        }
      }),
    );
  });

  test('does not add up failures that lie far apart', () => {
    const { call, pass, breaker } = situation();
    for (let index = 0; index < 5 * enoughCalls; index++) {
      call('failed');
      pass(600);
    }
    expect(breaker.state).toBe('closed');
  });

  test('refuses while it is open, then lets one call through and no second', () => {
    const { call, pass, breaker } = opened();
    pass(openFor - 1);
    expect(call('ok')).toBe(false);
    pass(1);
    expect([breaker.enter(), breaker.enter(), breaker.state]).toEqual(['probe', undefined, 'half-open']);
  });

  test('closes when that call is answered, and has forgotten what was before', () => {
    const { call, pass, states } = opened();
    pass(openFor);
    expect(call('ok')).toBe(true);
    for (let index = 1; index < enoughCalls; index++) expect(call('failed')).toBe(true);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  test('stays open for another while when that call fails', () => {
    const { call, pass } = opened();
    pass(openFor);
    expect(call('failed')).toBe(true);
    pass(openFor - 1);
    expect(call('ok')).toBe(false);
    pass(1);
    expect(call('ok')).toBe(true);
  });

  test('asks anew at once when whoever made that call has gone', () => {
    const { call, pass, breaker } = opened();
    pass(openFor);
    call('nothing');
    expect([breaker.state, breaker.enter()]).toEqual(['open', 'probe']);
  });

  test('is told nothing by calls that were broken off, nor by calls from before that end while it is open', () => {
    const { call, breaker, states } = situation();
    for (let index = 0; index < 5 * enoughCalls; index++) call('nothing');
    expect(breaker.state).toBe('closed');
    const entries = Array.from({ length: 3 * enoughCalls }, () => breaker.enter() ?? 'call');
    for (const entry of entries) breaker.leave(entry, 'failed');
    expect(states).toEqual(['open']);
  });
});
