import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  judgeJointProgramme,
  judgeOverseasEntry,
  judgeSpecialCase,
  type OverseasEntryFacts,
} from './overseas.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const pupil = (changes: Partial<OverseasEntryFacts> = {}): OverseasEntryFacts => ({
  category: 'FOREIGN',
  locallyAdmitted: true,
  idDocumentType: 'PASSPORT',
  validUntil: ON,
  ...changes,
});

describe('a pupil from abroad', () => {
  it(holds('ENR-17', 'is enrolled with a local place and a valid document of any kind'), () => {
    for (const place of PLACES) {
      for (const category of ['HONG_KONG', 'TAIWAN', 'FOREIGN', 'FOREIGN_CHILD_OF_RESIDENT'] as const) {
        expect(judgeOverseasEntry(pupil({ category }), ON, place)).toEqual([]);
      }
      expect(judgeOverseasEntry(pupil({ validUntil: null }), ON, place)).toEqual([]);
    }
    const nothing = { category: 'NONE', locallyAdmitted: false, idDocumentType: null } as const;
    expect(judgeOverseasEntry(pupil(nothing), ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-17', 'without a place, without a document or with an expired one is refused'), () => {
    for (const place of PLACES) {
      expect(
        judgeOverseasEntry(pupil({ locallyAdmitted: false, idDocumentType: null }), ON, place),
      ).toMatchObject([
        { ruleId: 'ENR-17', outcome: 'REJECT', code: 'LOCAL_ADMISSION_MISSING' },
        { ruleId: 'ENR-17', outcome: 'REJECT', code: 'IDENTITY_DOCUMENT_MISSING' },
      ]);
    }
    expect(judgeOverseasEntry(pupil(), '2026-09-02', ELSEWHERE)).toMatchObject([
      { code: 'IDENTITY_DOCUMENT_MISSING', message: expect.stringContaining('有效期') },
    ]);
    expect(judgeOverseasEntry(pupil({ idDocumentType: 'NONE' }), ON, ELSEWHERE)).toHaveLength(1);
  });

  it('was judged by no text before the measure of 2025', () => {
    const facts = pupil({ locallyAdmitted: false });
    expect(judgeOverseasEntry(facts, '2025-01-02', ELSEWHERE)).toEqual([]);
    expect(judgeOverseasEntry(facts, '2025-01-03', ELSEWHERE)).toHaveLength(1);
  });
});

describe('a senior joint programme', () => {
  it(holds('ENR-18', 'is registered with the city’s confirmation'), () => {
    const facts = { stage: 'SENIOR', jointProgramme: true, cityConfirmed: true } as const;
    for (const place of PLACES) expect(judgeJointProgramme(facts, ON, place)).toEqual([]);
    expect(
      judgeJointProgramme({ ...facts, jointProgramme: false, cityConfirmed: false }, ON, SHANXI),
    ).toEqual([]);
    expect(judgeJointProgramme({ ...facts, stage: 'JUNIOR', cityConfirmed: false }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-18', 'without it is refused CITY_CONFIRMATION_MISSING'), () => {
    const facts = { stage: 'SENIOR', jointProgramme: true, cityConfirmed: false } as const;
    for (const place of PLACES) {
      expect(judgeJointProgramme(facts, ON, place)).toMatchObject([
        { ruleId: 'ENR-18', outcome: 'REJECT', code: 'CITY_CONFIRMATION_MISSING', ownerLevel: 'CITY' },
      ]);
    }
  });

  it(holds('ENR-19', 'a special case goes on once the city has handled it, and others never wait'), () => {
    const facts = { category: 'FOREIGN', jointProgramme: false, special: true, cityDecided: true } as const;
    expect(judgeSpecialCase(facts, ON, SHANXI)).toEqual([]);
    expect(judgeSpecialCase({ ...facts, special: false, cityDecided: false }, ON, SHANXI)).toEqual([]);
    expect(judgeSpecialCase({ ...facts, category: 'NONE', cityDecided: false }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-19', 'before that it waits for the city'), () => {
    const facts = { category: 'NONE', jointProgramme: true, special: true, cityDecided: false } as const;
    for (const place of PLACES) {
      expect(judgeSpecialCase(facts, ON, place)).toMatchObject([
        { ruleId: 'ENR-19', outcome: 'HOLD', code: 'SPECIAL_CASE_CITY', ownerLevel: 'CITY' },
      ]);
    }
    expect(judgeSpecialCase({ ...facts, category: 'MACAO', jointProgramme: false }, ON, SHANXI)).toHaveLength(
      1,
    );
  });
});
