import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  type CompulsoryGroundFacts,
  type IntraCountyFacts,
  judgeCompulsoryGround,
  judgeIntraCounty,
  mustBeGranted,
} from './grounds.ts';

const ON = '2026-09-07';
const MOVED = { across: 'CITY', withGuardians: true } as const;
const judge = (changes: Partial<CompulsoryGroundFacts> = {}, place: LawPlace = SHANXI, on = ON) =>
  judgeCompulsoryGround(
    {
      stage: 'PRIMARY',
      ground: 'HOUSEHOLD_MOVE',
      proven: true,
      household: MOVED,
      meetsLocalRequirements: true,
      ...changes,
    },
    on,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('grounds of a transfer in compulsory education', () => {
  it(holds('TRF-10', 'in Shanxi a move of household or residence, or the like, that is shown'), () => {
    for (const ground of ['HOUSEHOLD_MOVE', 'RESIDENCE_CHANGE', 'OTHER', 'MIGRANT_CHILD'] as const) {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) expect(judge({ ground, stage })).toEqual([]);
    }
  });

  it(
    breaks('TRF-10', 'one that is not shown, or not to the receiving place’s requirements, is refused'),
    () => {
      expect(judge({ proven: false })).toEqual(['TRF-10 REJECT GROUND_NOT_MET']);
      expect(judge({ meetsLocalRequirements: false })).toEqual(['TRF-10 REJECT GROUND_NOT_MET']);
      expect(judge({ proven: false }, SHANXI, '2026-02-09')).toEqual([]);
      expect(judge({ proven: false, stage: 'SENIOR' })).toEqual([]);
    },
  );

  it(holds('TRF-12', 'in Beiguan the grounds of the list, when proven, go their way'), () => {
    for (const across of [
      'PROVINCE',
      'CITY',
      'COUNTY',
      'URBAN_DISTRICT',
      'SCHOOL_DISTRICT_OR_TOWNSHIP',
    ] as const) {
      expect(judge({ household: { across, withGuardians: true } }, BEIGUAN)).toEqual([]);
    }
    for (const ground of ['PREFERENTIAL_POLICY', 'MIGRANT_CHILD'] as const) {
      expect(judge({ ground }, BEIGUAN)).toEqual([]);
    }
    expect(judge({ ground: 'OTHER', stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
  });

  it(
    breaks('TRF-12', 'anything else, and what is not proven, waits for the bureau and is not refused'),
    () => {
      const HELD = ['TRF-12 HOLD GROUND_NOT_MET'];
      expect(judge({ ground: 'OTHER' }, BEIGUAN)).toEqual(HELD);
      expect(judge({ ground: 'RESIDENCE_CHANGE' }, BEIGUAN)).toEqual(HELD);
      expect(judge({ ground: 'MIGRANT_CHILD', proven: false }, BEIGUAN)).toEqual(HELD);
      expect(judge({ household: { across: 'NONE', withGuardians: true } }, BEIGUAN)).toEqual(HELD);
      expect(judge({ household: { across: 'CITY', withGuardians: false } }, BEIGUAN)).toEqual(HELD);
      expect(mustBeGranted({ ground: 'HOUSEHOLD_MOVE', proven: true })).toBe(false);
    },
  );

  it('are named by no text elsewhere', () => {
    expect(judge({ ground: 'OTHER', proven: false, meetsLocalRequirements: false }, ELSEWHERE)).toEqual([]);
  });
});

describe('moves inside one county', () => {
  const inside = (changes: Partial<IntraCountyFacts> = {}, place: LawPlace = BEIGUAN) =>
    judgeIntraCounty(
      {
        stage: 'PRIMARY',
        ground: 'OTHER',
        proven: true,
        sourceCounty: '410503',
        targetCounty: '410503',
        bureauAgrees: true,
        ...changes,
      },
      ON,
      place,
    ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
  const household = {
    ground: 'HOUSEHOLD_MOVE',
    household: { across: 'SCHOOL_DISTRICT_OR_TOWNSHIP', withGuardians: true },
  } as const;
  const HELD = ['TRF-13 HOLD INTRA_DISTRICT_TRANSFER'];

  it(
    holds('TRF-13', 'from another county, and inside Beiguan when the household moved and the bureau agrees'),
    () => {
      expect(inside({ sourceCounty: '410502' })).toEqual([]);
      expect(inside(household)).toEqual([]);
      expect(inside({ stage: 'SENIOR' })).toEqual([]);
      for (const place of [SHANXI, ELSEWHERE]) expect(inside({}, place)).toEqual([]);
    },
  );

  it(
    breaks('TRF-13', 'inside Beiguan they wait for the bureau, on another ground or before it has agreed'),
    () => {
      expect(inside()).toEqual(HELD);
      expect(inside({ ground: 'MIGRANT_CHILD' })).toEqual(HELD);
      expect(inside({ ...household, bureauAgrees: false })).toEqual(HELD);
      expect(inside({ ...household, proven: false })).toEqual(HELD);
    },
  );
});
