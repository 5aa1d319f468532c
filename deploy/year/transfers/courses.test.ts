import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import { courseOf, nextCourse, nthOf } from './courses.ts';
import { isFirstOfWindow, isStop, isStudyWindow, isWindowOf } from './windows.ts';

const chances = (drawn: number) => ({ random: () => ({ between: () => drawn }) }) as unknown as World;

describe('what cases come to', () => {
  test('is each of the rarer ways in turn, and drawn afterwards', () => {
    const first = Array.from({ length: 9 }, (_, nth) =>
      courseOf(chances(99), 'CROSS_PROVINCE_TRANSFER', nth, 'a'),
    );
    expect(new Set(first)).toEqual(
      new Set([
        ...['APPROVE', 'NEVER_REPORTS', 'CALLS_TOO_LATE', 'REFUSE', 'WITHDRAW', 'FORGET', 'SLEEP'],
        'REFUSED_THERE',
      ]),
    );
    expect(courseOf(chances(0), 'CROSS_PROVINCE_TRANSFER', 9, 'a')).toBe('REFUSE');
    expect(courseOf(chances(27), 'CROSS_PROVINCE_TRANSFER', 9, 'a')).toBe('CALLS_TOO_LATE');
    expect(courseOf(chances(28), 'CROSS_PROVINCE_TRANSFER', 9, 'a')).toBe('APPROVE');
  });

  test('lets the first senior pupil of each province move, and leaves the turns to the others', () => {
    const world = { shared: { memory: new Map() } } as unknown as World;
    const next = (school: string, stage: string) =>
      nextCourse(world, 'IN_PROVINCE_TRANSFER', { school, stage, key: 'a' } as Pupil);
    const [primary, senior] = ['PRIMARY', 'SENIOR'];
    expect([next('2114000001', primary), next('2114000001', primary)]).toEqual(['APPROVE', 'APPROVE']);
    expect([next('3414000001', senior), next('3414000001', senior)]).toEqual(['APPROVE', 'REFUSE']);
    expect([next('3441000001', senior), next('3441000001', senior)]).toEqual(['APPROVE', 'WITHDRAW']);
  });

  test('is counted by all who start them together', () => {
    const world = { shared: { memory: new Map() } } as unknown as World;
    expect([nthOf(world, 'case'), nthOf(world, 'other'), nthOf(world, 'case')]).toEqual([0, 0, 1]);
  });
});

describe('the times of transfers', () => {
  const world = (today: string, days: readonly string[] = []) =>
    ({ today, shared: { plan: { provinces: ['14', '41'] }, days } }) as unknown as World;

  test('are the first fifteen days of the terms of each province', () => {
    const at = (today: string, school: string) => isWindowOf({ today }, school);
    expect(at('2025-09-15', '2114000001')).toBe(true);
    expect(at('2025-09-16', '2114000001')).toBe(false);
    expect([at('2026-03-02', '2141000001'), at('2026-03-02', '2114000001')]).toEqual([true, false]);
    expect([at('2026-03-17', '2141000001'), at('2026-03-17', '2114000001')]).toEqual([false, true]);
  });

  test('begin once for both', () => {
    const days = ['2026-02-24', '2026-03-03', '2026-03-10', '2026-03-17'];
    expect(days.filter((day) => isFirstOfWindow(world(day, days)))).toEqual(['2026-03-03']);
  });

  test('are none in the summer stop, and two windows for graduates', () => {
    expect(['07-14', '07-15', '08-14', '08-15'].map((day) => isStop(`2026-${day}`))).toEqual([
      ...[false, true, true, false],
    ]);
    const days = ['02-28', '03-01', '05-31', '06-01', '08-14', '08-15', '12-14', '12-15'];
    expect(days.filter((day) => isStudyWindow(`2026-${day}`))).toEqual(['03-01', '05-31', '08-15', '12-14']);
  });
});
