import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeTransferRefusal, type TransferRefusalFacts } from './refusal.ts';
import {
  FORBIDDEN_REJECTION_REASONS,
  isReasonOfTarget,
  LAWFUL_REJECTION_REASONS,
  REJECTION_REASONS,
} from './refusal-reasons.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const judge = (
  reasons: readonly string[],
  changes: Partial<TransferRefusalFacts> = {},
  place: LawPlace = SHANXI,
) =>
  judgeTransferRefusal(
    {
      kind: 'CROSS_PROVINCE_TRANSFER',
      party: 'SOURCE_SCHOOL',
      stage: 'PRIMARY',
      reasons,
      ground: { ground: 'OTHER', proven: false },
      ...changes,
    },
    ON,
    place,
  );
const said = (...args: Parameters<typeof judge>) =>
  judge(...args).map(({ ruleId, code }) => `${ruleId} ${code}`);
const STUDY = { kind: 'CROSS_PROVINCE_STUDY', party: 'SOURCE_AUTHORITY' } as const;
const TARGET = { party: 'TARGET_AUTHORITY' } as const;

describe('a refusal', () => {
  it(holds('TRF-52', 'stands with a reason of the closed list that this party may give'), () => {
    for (const place of PLACES) {
      for (const reason of LAWFUL_REJECTION_REASONS) expect(said([reason], TARGET, place)).toEqual([]);
      const own = LAWFUL_REJECTION_REASONS.filter((reason) => !isReasonOfTarget(reason));
      expect(said(own, {}, place)).toEqual([]);
    }
  });

  it(breaks('TRF-52', 'falls without a reason, or with one that nobody knows'), () => {
    for (const reasons of [[], ['SOMETHING_ELSE']]) {
      expect(said(reasons)).toEqual(['TRF-52 REJECTION_REASON_REQUIRED']);
      for (const place of [BEIGUAN, ELSEWHERE]) {
        expect(said(reasons, {}, place)).toEqual(['TRF-02 REJECTION_REASON_REQUIRED']);
        expect(said(reasons, STUDY, place)).toEqual(['TRF-36 REJECTION_REASON_REQUIRED']);
      }
    }
  });

  it(breaks('TRF-52', 'of the sending side falls with what the receiving side has to judge'), () => {
    for (const reason of LAWFUL_REJECTION_REASONS.filter(isReasonOfTarget)) {
      expect(said([reason])).toEqual(['TRF-52 ILLEGAL_REJECTION_REASON']);
      expect(said([reason], {}, ELSEWHERE)).toEqual(['TRF-02 ILLEGAL_REJECTION_REASON']);
    }
  });

  it('may be meant for any reason that a person picks, and for none that is forbidden', () => {
    expect(new Set(REJECTION_REASONS).size).toBe(REJECTION_REASONS.length);
    expect(LAWFUL_REJECTION_REASONS).toHaveLength(20);
    for (const place of PLACES) {
      for (const reason of FORBIDDEN_REJECTION_REASONS) {
        for (const party of [
          'SOURCE_SCHOOL',
          'SOURCE_AUTHORITY',
          'TARGET_AUTHORITY',
          'TARGET_SCHOOL',
        ] as const) {
          expect(judge([reason], { party }, place)).toMatchObject([
            { outcome: 'REJECT', code: 'ILLEGAL_REJECTION_REASON', path: ['reasons'] },
          ]);
        }
      }
    }
  });

  it(breaks('ID-06', 'for a temporary number falls, beside a lawful reason too'), () => {
    expect(said(['TEMPORARY_NUMBER', 'PROOF_NOT_GENUINE'])).toEqual(['ID-06 ILLEGAL_REJECTION_REASON']);
  });

  it(breaks('ENR-05', 'for a registration that is not there falls'), () => {
    expect(said(['REGISTRATION_NOT_ARRIVED'])).toEqual(['ENR-05 ILLEGAL_REJECTION_REASON']);
  });

  it(breaks('ENR-32', 'of a graduate for an open problem record falls'), () => {
    expect(said(['PROBLEM_RECORD_OPEN'], STUDY)).toEqual(['ENR-32 ILLEGAL_REJECTION_REASON']);
  });

  it(breaks('TRF-22', 'for a paper that was not to be asked for falls'), () => {
    expect(said(['FURTHER_MATERIAL_MISSING'])).toEqual(['TRF-22 ILLEGAL_REJECTION_REASON']);
  });

  it(holds('TRF-36', 'of study for data that are wrong, or a guardian who withdrew, stands'), () => {
    expect(said(['REGISTRATION_INFO_WRONG', 'GUARDIAN_WITHDREW'], STUDY)).toEqual([]);
  });

  it(
    breaks('TRF-36', 'of study for what the receiving province did or demands falls, by whatever name'),
    () => {
      for (const place of PLACES) {
        for (const reason of [
          'SUSPECTED_IRREGULAR_ADMISSION',
          'SCORE_BELOW_TARGET_REQUIREMENT',
          'ADMISSION_CONDITION_NOT_MET',
        ]) {
          expect(said([reason], STUDY, place)).toEqual(['TRF-36 ILLEGAL_REJECTION_REASON']);
        }
      }
    },
  );

  const granted = { ground: { ground: 'MIGRANT_CHILD', proven: true } } as const;

  it(holds('TRF-12', 'for lack of ground stands where the ground is not proven, or outside Beiguan'), () => {
    expect(said(['GROUND_NOT_MET'], { ground: { ground: 'MIGRANT_CHILD', proven: false } }, BEIGUAN)).toEqual(
      [],
    );
    expect(said(['REASON_PROOF_MISSING'], granted, BEIGUAN)).toEqual([]);
    expect(said(['GROUND_NOT_MET'], { ...granted, stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
    for (const place of [SHANXI, ELSEWHERE]) expect(said(['GROUND_NOT_MET'], granted, place)).toEqual([]);
  });

  it(
    breaks('TRF-12', 'for lack of ground falls in Beiguan where the ground is of its list and proven'),
    () => {
      for (const party of ['SOURCE_SCHOOL', 'TARGET_AUTHORITY', 'PREFILING_BUREAU'] as const) {
        expect(said(['GROUND_NOT_MET'], { ...granted, party }, BEIGUAN)).toEqual([
          'TRF-12 ILLEGAL_REJECTION_REASON',
        ]);
      }
    },
  );
});
