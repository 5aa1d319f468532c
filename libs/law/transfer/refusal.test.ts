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
      target: { place, stage: changes.stage ?? 'PRIMARY' },
      guardianApplied: false,
      found: [],
      ...changes,
    },
    ON,
    place,
  );
const said = (...args: Parameters<typeof judge>) =>
  judge(...args).map(({ ruleId, code }) => `${ruleId} ${code}`);
const STUDY = { kind: 'CROSS_PROVINCE_STUDY', party: 'SOURCE_AUTHORITY' } as const;
const TARGET = { party: 'TARGET_AUTHORITY' } as const;
const VOCATIONAL = { kind: 'ORDINARY_VOCATIONAL_TRANSFER', stage: 'SENIOR' } as const;
const OF_PEOPLE: readonly string[] = ['PROOF_NOT_GENUINE', 'REGISTRATION_INFO_WRONG'];
/** What the registry knows of a case by itself. */
const KNOWN = [
  ...['NO_PLACE_AVAILABLE', 'OUTSIDE_ACCEPTANCE_WINDOW', 'PRIVATE_SCHOOL_QUOTA_REVIEW'],
  ...['NOT_THREE_YEAR_MAJOR', 'UNDER_AGE_CROSS_PROVINCE', 'GRADE_CHANGE_FORBIDDEN', 'GRADE_TERM_CLOSED'],
  ...['SAME_ADMISSION_AREA', 'EXAM_REGISTRATION_CLOSED', 'SUSPENDED', 'REASON_PROOF_MISSING'],
  ...['OUTSIDE_VOCATIONAL_WINDOW', 'INTRA_DISTRICT_TRANSFER'],
];

describe('a refusal', () => {
  it(holds('TRF-52', 'stands with what is for people to see: proofs and data that are wrong'), () => {
    for (const place of PLACES) {
      for (const reason of OF_PEOPLE) {
        expect(said([reason], TARGET, place)).toEqual([]);
        expect(said([reason], {}, place)).toEqual([]);
      }
    }
  });

  it(
    holds('TRF-52', 'stands with what the law finds of that side, or of both, and with nothing else'),
    () => {
      for (const reason of KNOWN) {
        for (const party of ['SOURCE_SCHOOL', 'TARGET_AUTHORITY'] as const) {
          const own = party === 'SOURCE_SCHOOL' ? 'SOURCE' : 'TARGET';
          for (const side of [own, 'BOTH', 'NATION'] as const) {
            const found = [{ code: reason, outcome: 'HOLD' as const, side }];
            expect(said([reason], { party, found })).toEqual([]);
          }
        }
      }
    },
  );

  it(
    breaks('TRF-52', 'falls with what is not so: status, seats, days, counties and papers are known'),
    () => {
      for (const reason of KNOWN) {
        for (const found of [
          [],
          [{ code: 'SOMETHING_ELSE', outcome: 'REJECT' as const, side: 'BOTH' as const }],
          [{ code: reason, outcome: 'REJECT' as const, side: 'SOURCE' as const }],
          [{ code: reason, outcome: 'WARN' as const, side: 'TARGET' as const }],
        ]) {
          expect(said([reason], { ...TARGET, found })).toEqual(['TRF-52 ILLEGAL_REJECTION_REASON']);
          expect(said([reason], { ...TARGET, found }, ELSEWHERE)).toEqual([
            'TRF-02 ILLEGAL_REJECTION_REASON',
          ]);
        }
      }
    },
  );

  it(holds('TRF-52', 'of the receiving side stands where a rule of its place asks for its judgement'), () => {
    expect(said(['GROUND_NOT_MET'], TARGET)).toEqual([]);
    expect(said(['GROUND_NOT_MET'], { ...TARGET, ...VOCATIONAL })).toEqual([]);
    expect(said(['ADMISSION_CONDITION_NOT_MET'], { ...TARGET, ...VOCATIONAL })).toEqual([]);
    expect(said(['SENIOR_GROUND_NOT_MET'], { ...TARGET, stage: 'SENIOR' })).toEqual([]);
    expect(said(['ADMISSION_CONDITION_NOT_MET'], { ...STUDY, ...TARGET, stage: 'SENIOR' })).toEqual([]);
    expect(said(['GUARDIAN_WITHDREW'], TARGET)).toEqual([]);
  });

  it(breaks('TRF-52', 'of the receiving side falls in another stage, kind or place'), () => {
    const illegal = ['TRF-52 ILLEGAL_REJECTION_REASON'];
    expect(said(['SENIOR_GROUND_NOT_MET'], TARGET)).toEqual(illegal);
    expect(said(['ADMISSION_CONDITION_NOT_MET'], TARGET)).toEqual(illegal);
    expect(said(['GROUND_NOT_MET'], { ...TARGET, stage: 'SENIOR' })).toEqual(illegal);
    expect(said(['GROUND_NOT_MET'], { ...STUDY, ...TARGET })).toEqual(illegal);
    expect(said(['GUARDIAN_WITHDREW'], { ...TARGET, guardianApplied: true })).toEqual(illegal);
    expect(said(['GROUND_NOT_MET'], TARGET, ELSEWHERE)).toEqual(['TRF-02 ILLEGAL_REJECTION_REASON']);
  });

  it(
    holds('TRF-19', 'for a measure that the sending school knows of stands where it stops a transfer'),
    () => {
      expect(said(['UNDER_DISCIPLINE'])).toEqual([]);
      expect(said(['UNDER_DISCIPLINE'], TARGET)).toEqual(['TRF-52 ILLEGAL_REJECTION_REASON']);
      expect(said(['UNDER_DISCIPLINE'], {}, ELSEWHERE)).toEqual(['TRF-02 ILLEGAL_REJECTION_REASON']);
    },
  );

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

  it(
    holds('TRF-36', 'of study by the source county for wrong data or a proof that is not genuine stands'),
    () => {
      for (const place of PLACES) {
        expect(said(['REGISTRATION_INFO_WRONG', 'PROOF_NOT_GENUINE'], STUDY, place)).toEqual([]);
      }
    },
  );

  it(breaks('TRF-36', 'of study by the source county falls with every other reason of the list'), () => {
    for (const reason of LAWFUL_REJECTION_REASONS.filter((each) => !OF_PEOPLE.includes(each))) {
      const found = [{ code: reason, outcome: 'REJECT' as const, side: 'BOTH' as const }];
      expect(said([reason], { ...STUDY, found })).toEqual(['TRF-36 ILLEGAL_REJECTION_REASON']);
    }
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

  it(
    holds(
      'TRF-12',
      'for lack of ground stands in Beiguan while the ground is not of its list, or not proven',
    ),
    () => {
      const unproven = { ground: { ground: 'MIGRANT_CHILD', proven: false } } as const;
      expect(said(['GROUND_NOT_MET'], { ...TARGET, ...unproven }, BEIGUAN)).toEqual([]);
      expect(said(['GROUND_NOT_MET'], TARGET, BEIGUAN)).toEqual([]);
      expect(said(['GROUND_NOT_MET'], { ...TARGET, ...granted })).toEqual([]);
    },
  );

  it(
    breaks('TRF-12', 'for lack of ground falls where Beiguan must grant, whoever refuses and by whose law'),
    () => {
      for (const party of ['SOURCE_SCHOOL', 'TARGET_AUTHORITY', 'PREFILING_BUREAU'] as const) {
        expect(said(['GROUND_NOT_MET'], { ...granted, party }, BEIGUAN)).toEqual([
          'TRF-12 ILLEGAL_REJECTION_REASON',
        ]);
      }
      const target = { place: BEIGUAN, stage: 'PRIMARY' } as const;
      expect(said(['GROUND_NOT_MET'], { ...granted, target }, SHANXI)).toEqual([
        'TRF-12 ILLEGAL_REJECTION_REASON',
      ]);
    },
  );
});
