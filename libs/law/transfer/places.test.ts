import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { freePlaces, judgePlaces, type PlaceFacts, type Seats } from './places.ts';

const ON = '2026-09-07';
const seats = (enrolled: number, reserved = 0, capacity = 45): Seats => ({ enrolled, reserved, capacity });
const judge = (changes: Partial<PlaceFacts> = {}, place: LawPlace = SHANXI) =>
  judgePlaces(
    { kind: 'IN_PROVINCE_TRANSFER', stage: 'PRIMARY', grade: seats(44), ...changes },
    ON,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const FULL = 'TRF-09 REJECT NO_PLACE_AVAILABLE';
const ARRANGED = 'TRF-10 WARN COUNTY_ARRANGEMENT_REQUESTED';

describe('the places of a receiving school', () => {
  it(holds('TRF-09', 'the last place within the size of grade and class is given away'), () => {
    for (const place of [SHANXI, BEIGUAN]) {
      expect(judge({}, place)).toEqual([]);
      expect(judge({ grade: seats(40, 4), schoolClass: seats(43, 1) }, place)).toEqual([]);
    }
  });

  it(breaks('TRF-09', 'none beyond it, where the grade, the class, or those on their way fill it'), () => {
    expect(judge({ grade: seats(45) }, BEIGUAN)).toEqual([FULL]);
    expect(judge({ grade: seats(44, 1) }, BEIGUAN)).toEqual([FULL]);
    expect(judge({ grade: seats(46) }, BEIGUAN)).toEqual([FULL]);
    expect(judge({ schoolClass: seats(45) }, BEIGUAN)).toEqual([FULL]);
    expect(judge({ grade: seats(45), stage: 'SENIOR' })).toEqual([FULL]);
  });

  it(holds('TRF-10', 'a school of Shanxi that is full sends the family to the county'), () => {
    expect(judge({ grade: seats(45) })).toEqual([FULL, ARRANGED]);
    expect(judge({ grade: seats(45), stage: 'JUNIOR' })).toEqual([FULL, ARRANGED]);
    expect(judge({ schoolClass: seats(45) })).toEqual([FULL]);
  });

  it('are counted by no text elsewhere, at Beiguan’s senior schools, nor for graduates, who come by plan', () => {
    expect(judge({ grade: seats(45) }, ELSEWHERE)).toEqual([]);
    expect(judge({ grade: seats(45), stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
    expect(judge({ grade: seats(45), kind: 'CROSS_PROVINCE_STUDY' })).toEqual([]);
  });

  it(breaks('TRF-26', 'a vocational or senior school that is full takes nobody from the other kind'), () => {
    expect(judge({ kind: 'ORDINARY_VOCATIONAL_TRANSFER', stage: 'SENIOR', grade: seats(45) })).toEqual([
      'TRF-26 REJECT NO_PLACE_AVAILABLE',
    ]);
  });

  it('are free exactly while enrolled and reserved are fewer than the capacity', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, (enrolled, reserved, capacity) => {
        const free = freePlaces({ enrolled, reserved, capacity });
        expect(free > 0).toBe(enrolled + reserved < capacity);
        expect(judge({ grade: { enrolled, reserved, capacity } }, BEIGUAN).length === 0).toBe(free > 0);
      }),
    );
  });
});
