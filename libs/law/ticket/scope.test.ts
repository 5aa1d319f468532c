import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import {
  type Authority,
  authorityAbove,
  competentAuthority,
  judgeHandled,
  scopeOf,
  TICKET_LEVELS,
} from './scope.ts';

const way = (...units: string[]): Authority[] =>
  units.map((unit, at) => ({ unit, level: [...TICKET_LEVELS].reverse()[at] ?? 'COUNTY' }));
const xiaodian = way('000000', '140000', '140100', '140105');
const yingze = way('000000', '140000', '140100', '140106');
const datong = way('000000', '140000', '140200', '140212');
const beiguan = way('000000', '410000', '410500', '410503');
const school = (of: Authority[]) => ({ way: of, isAuthority: false });
const authority = (of: Authority[]) => ({ way: of, isAuthority: true });
const unitOf = (concerned: Parameters<typeof competentAuthority>[0]['concerned'], home = xiaodian) =>
  competentAuthority({ fault: 'NONE', concerned, home })?.unit;

describe('a complaint', () => {
  it(holds('TKT-01', 'goes to the lowest authority over everybody that it concerns'), () => {
    expect(unitOf([school(xiaodian)])).toBe('140105');
    expect(unitOf([school(xiaodian), school(yingze)])).toBe('140100');
    expect(unitOf([school(xiaodian), school(datong)])).toBe('140000');
    expect(unitOf([])).toBe('140105');
    expect(unitOf([school(way('000000', '140000', '140100'))])).toBe('140100');
  });

  it(breaks('TKT-01', 'about an authority does not go to that authority'), () => {
    expect(unitOf([authority(xiaodian)])).toBe('140100');
    expect(unitOf([authority(way('000000', '140000'))])).toBe('000000');
  });

  it(holds('TKT-03', 'within a province is the province’s, and so is its runtime environment'), () => {
    expect(scopeOf({ fault: 'NONE', concerned: [school(datong)], home: xiaodian })).toBe(
      'IN_PROVINCE_MANAGEMENT',
    );
    const facts = { fault: 'PROVINCIAL_RUNTIME' as const, concerned: [], home: xiaodian };
    expect(scopeOf(facts)).toBe('PROVINCIAL_RUNTIME');
    expect(competentAuthority(facts)?.unit).toBe('140000');
  });

  it(
    holds(
      'TKT-04',
      'across provinces, or about the national system, is taken up by the child’s own province',
    ),
    () => {
      const across = { fault: 'NONE' as const, concerned: [school(beiguan)], home: xiaodian };
      expect(scopeOf(across)).toBe('CROSS_PROVINCE');
      expect(competentAuthority(across)).toEqual({ level: 'PROVINCE', unit: '140000' });
      const system = { fault: 'SYSTEM_OPERATION' as const, concerned: [], home: beiguan };
      expect(competentAuthority(system)?.unit).toBe('410000');
    },
  );

  it('never goes to somebody who does not stand above all concerned', () => {
    const anyWay = fc.constantFrom(xiaodian, yingze, datong);
    fc.assert(
      fc.property(fc.array(anyWay, { minLength: 1, maxLength: 4 }), (ways) => {
        const unit = unitOf(ways.map(school), ways[0]);
        expect(ways.every((each) => each.some((stop) => stop.unit === unit))).toBe(true);
      }),
    );
  });

  it('goes up one level at a time, and nowhere above the ministry', () => {
    expect(authorityAbove(xiaodian, '140105')?.unit).toBe('140100');
    expect(authorityAbove(xiaodian, '000000')).toBeUndefined();
    expect(authorityAbove(xiaodian, '410503')).toBeUndefined();
  });
});

describe('a complaint that was taken up', () => {
  const dueAt = new Date('2026-09-16T16:00:00Z');
  const judge = (handledAt: string | null, provisional = false) =>
    said(
      judgeHandled(
        { handledAt: handledAt === null ? null : new Date(handledAt), dueAt, provisional },
        new Date('2026-09-17T01:00:00Z'),
        '2026-09-17',
        SHANXI,
      ),
    );

  it(holds('TKT-01', 'is in time to the last second, and never late on a provisional day'), () => {
    expect(judge('2026-09-16T15:59:59Z')).toEqual([]);
    expect(judge(null, true)).toEqual([]);
  });

  it(breaks('TKT-01', 'is on record when its time has passed, handled or not'), () => {
    expect(judge(null)).toEqual(['TKT-01 RECORD COMPLAINT_NOT_HANDLED']);
    expect(judge('2026-09-16T16:00:00Z')).toEqual(['TKT-01 RECORD COMPLAINT_NOT_HANDLED']);
  });
});
