import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeSuspensionGround, type SuspensionGroundFacts } from './suspension-grounds.ts';

const ON = '2026-09-07';
const ill = (changes: Partial<SuspensionGroundFacts> = {}): SuspensionGroundFacts => ({
  stage: 'PRIMARY',
  ground: 'ILLNESS',
  hours: { missed: 200, term: 600 },
  reasonGiven: true,
  ...changes,
});
const judge = (changes: Partial<SuspensionGroundFacts>, place: LawPlace, on = ON) =>
  judgeSuspensionGround(ill(changes), on, place).map(
    ({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`,
  );

const UNKNOWN_TEXT = 'ORG-27 WARN LAYER_TEXT_UNKNOWN';
const SHANXI_NOT_MET = 'ENR-37 REJECT SUSPENSION_GROUND_NOT_MET';
const BEIGUAN_NOT_MET = 'ENR-38 REJECT SUSPENSION_GROUND_NOT_MET';

describe('the grounds of suspension', () => {
  it(
    holds('ENR-37', 'illness of exactly one third of the hours of a term, or force majeure, suspends'),
    () => {
      expect(judge({}, SHANXI)).toEqual([]);
      expect(judge({ hours: { missed: 201, term: 600 } }, SHANXI)).toEqual([]);
      expect(judge({ ground: 'FORCE_MAJEURE' }, SHANXI)).toEqual([]);
      expect(judge({ ground: 'INFECTIOUS_DISEASE', stage: 'SENIOR' }, SHANXI)).toEqual([]);
    },
  );

  it(breaks('ENR-37', 'an hour less, unknown hours, no reason or a ground of another place do not'), () => {
    expect(judge({ hours: { missed: 199, term: 600 } }, SHANXI)).toEqual([SHANXI_NOT_MET]);
    expect(judge({ ground: 'INFECTIOUS_DISEASE', hours: { missed: 199, term: 600 } }, SHANXI)).toEqual([
      SHANXI_NOT_MET,
    ]);
    for (const hours of [
      { missed: 0, term: 0 },
      { missed: Number.NaN, term: 600 },
      { missed: -1, term: -9 },
    ]) {
      expect(judge({ hours }, SHANXI)).toEqual([SHANXI_NOT_MET]);
    }
    expect(judge({ ground: 'FORCE_MAJEURE', reasonGiven: false }, SHANXI)).toEqual([SHANXI_NOT_MET]);
    expect(judge({ ground: 'LONG_LEAVE', hours: { missed: 600, term: 600 } }, SHANXI)).toEqual([
      SHANXI_NOT_MET,
    ]);
    expect(judge({ ground: 'OTHER_SPECIAL' }, SHANXI)).toEqual([SHANXI_NOT_MET]);
  });

  it('takes no hours for no illness', () => {
    const { hours: _, ...withoutHours } = ill();
    expect(judgeSuspensionGround(withoutHours, ON, SHANXI)).toMatchObject([
      { outcome: 'REJECT', path: ['hours'] },
    ]);
  });

  it('draws the line at one third, whatever the hours of the term', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 2_000 }), (term, missed) => {
        const met = judge({ hours: { missed, term } }, SHANXI).length === 0;
        expect(met).toBe(missed >= Math.ceil(term / 3));
      }),
    );
  });

  it(
    holds('ENR-38', 'in Beiguan illness from one third, leave in one run beyond it, or a special reason'),
    () => {
      expect(judge({}, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
      const leave = { ground: 'LONG_LEAVE', hours: { missed: 201, term: 600 }, stillUnable: true } as const;
      expect(judge(leave, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
      expect(judge({ ground: 'OTHER_SPECIAL' }, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
    },
  );

  it(
    breaks('ENR-38', 'leave of one third only, leave after which one can attend, or force majeure do not'),
    () => {
      const refused = [UNKNOWN_TEXT, BEIGUAN_NOT_MET];
      const leave = { ground: 'LONG_LEAVE', stillUnable: true } as const;
      expect(judge({ ...leave, hours: { missed: 200, term: 600 } }, BEIGUAN)).toEqual(refused);
      expect(judge({ ...leave, hours: { missed: 201, term: 600 }, stillUnable: false }, BEIGUAN)).toEqual(
        refused,
      );
      expect(judge({ hours: { missed: 199, term: 600 } }, BEIGUAN)).toEqual(refused);
      expect(judge({ ground: 'FORCE_MAJEURE' }, BEIGUAN)).toEqual(refused);
      expect(judge({ ground: 'OTHER_SPECIAL', reasonGiven: false }, BEIGUAN)).toEqual(refused);
    },
  );
});

describe('where no text of the province is at hand', () => {
  it('warns and judges no ground: Shanxi under its rules of 2019, senior schools in Beiguan', () => {
    expect(judge({ hours: { missed: 1, term: 600 } }, SHANXI, '2026-02-09')).toEqual([UNKNOWN_TEXT]);
    expect(judge({ hours: { missed: 1, term: 600 } }, SHANXI, '2026-02-10')).toEqual([SHANXI_NOT_MET]);
    expect(judge({ stage: 'SENIOR', hours: { missed: 1, term: 600 } }, BEIGUAN)).toEqual([UNKNOWN_TEXT]);
  });

  it(breaks('ORG-27', 'the authority decides on the ground where the province has said nothing'), () => {
    expect(judgeSuspensionGround(ill(), ON, ELSEWHERE)).toMatchObject([
      {
        ruleId: 'ORG-27',
        outcome: 'HOLD',
        code: 'POLICY_UNRESOLVED',
        ownerLevel: 'COUNTY',
        path: ['ground'],
      },
    ]);
  });
});
