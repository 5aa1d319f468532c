import { setImmediate as immediate } from 'node:timers/promises';
import { z } from 'zod';
import { silentLog } from '../log/log.ts';
import { describe as describeError, sideBySide, until } from './loop.ts';

describe('a loop', () => {
  test('goes on after any failure, also one that is no error', async () => {
    const failures = [new Error('one'), null, undefined, 'text'];
    const through = Promise.withResolvers<void>();
    let steps = 0;
    const loop = until({
      name: 'failing',
      log: silentLog,
      idle: 0,
      step: async () => {
        const failure = failures[steps++];
        if (steps <= failures.length) throw failure;
        through.resolve();
        return false;
      },
    });
    await through.promise;
    await loop.stop();
    expect(steps).toBeGreaterThan(failures.length);
  });

  test('that is woken within a step looks again, and stops in the middle of a long pause', async () => {
    const twice = Promise.withResolvers<void>();
    let steps = 0;
    const loop = until({
      name: 'idle',
      log: silentLog,
      idle: 3_600_000,
      step: async () => {
        if (++steps === 1) loop.wake();
        else twice.resolve();
        return false;
      },
    });
    await twice.promise;
    await loop.stop();
    expect(steps).toBe(2);
  });

  test('is idle when a step that began since then found nothing, after all that there was to do', async () => {
    let left = 3;
    const loop = until({
      name: 'busy',
      log: silentLog,
      idle: 3_600_000,
      step: async () => left > 0 && --left >= 0,
    });
    await loop.idle();
    expect(left).toBe(0);
    left = 2;
    await loop.idle();
    expect(left).toBe(0);
    await loop.stop();
    await loop.idle();
  });

  test('that fails is not idle before it has found nothing to do', async () => {
    let steps = 0;
    const loop = until({
      name: 'recovering',
      log: silentLog,
      idle: 3_600_000,
      step: async () => {
        if (++steps < 3) throw new Error('out of order');
        return false;
      },
    });
    await loop.idle();
    expect(steps).toBe(3);
    await loop.stop();
  });

  test('gathers what comes after a step that found something, until somebody waits for it', async () => {
    const turns: number[] = [];
    let waiting = 1;
    const loop = until({
      name: 'gathering',
      log: silentLog,
      idle: 3_600_000,
      busy: () => 3_600_000,
      step: async () => {
        if (waiting > 0) turns.push(waiting);
        const found = waiting > 0;
        waiting = 0;
        return found;
      },
    });
    await immediate();
    for (let at = 0; at < 3; at++) {
      waiting++;
      loop.wake();
      await immediate();
    }
    expect(turns).toEqual([1]);
    await loop.idle();
    expect(turns).toEqual([1, 3]);
    await loop.stop();
  });

  test('beside others of one work is woken in turn, and idle with all of them', async () => {
    const steps = [0, 0];
    let begun = 0;
    const loops = sideBySide(2, () => {
      const nth = begun++;
      return until({
        name: `lane ${nth}`,
        log: silentLog,
        idle: 3_600_000,
        step: async () => {
          steps[nth] = (steps[nth] ?? 0) + 1;
          return false;
        },
      });
    });
    await immediate();
    expect(steps).toEqual([1, 1]);
    loops.wake();
    await immediate();
    loops.wake();
    await immediate();
    expect(steps).toEqual([2, 2]);
    await loops.idle();
    expect(steps).toEqual([3, 3]);
    await loops.stop();
  });

  test('whose step fails is not driven by being woken', async () => {
    const first = Promise.withResolvers<void>();
    let steps = 0;
    const loop = until({
      name: 'failing',
      log: silentLog,
      idle: 0,
      step: async () => {
        steps++;
        first.resolve();
        throw new Error('still out of order');
      },
    });
    await first.promise;
    for (let at = 0; at < 1_000; at++) {
      loop.wake();
      await Promise.resolve();
    }
    expect(steps).toBe(1);
    await loop.stop();
  });
});

describe('the description of a failure', () => {
  test('names the failure, its code and what it is about, never its text', () => {
    const violation = Object.assign(new Error('Key (number)=(110101…) already exists'), {
      name: 'DatabaseError',
      code: '23505',
      constraint: 'person_pkey',
    });
    expect(describeError(violation)).toBe('DatabaseError 23505 person_pkey');
    expect(describeError(null)).toBe('object');
    expect(describeError('a secret')).toBe('string');
  });

  test('names the fields that do not fit, never their values', () => {
    const { error } = z.object({ data: z.object({ place: z.int() }) }).safeParse({ data: { place: '张三' } });
    expect(describeError(error)).toBe('ZodError data.place:invalid_type');
  });
});
