import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeGoingAbroad, judgeReturnFromAbroad, type ReturnFromAbroadFacts } from './abroad.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('going abroad to study', () => {
  it(holds('ENR-65', 'needs a valid document and nothing else'), () => {
    for (const place of PLACES) {
      expect(judgeGoingAbroad({ stage: 'JUNIOR', documentShown: true }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ENR-65', 'is refused without the document, under the 2013 measure too'), () => {
    for (const place of PLACES) {
      for (const on of ['2014-09-01', ON]) {
        expect(judgeGoingAbroad({ stage: 'JUNIOR', documentShown: false }, on, place)).toMatchObject([
          { outcome: 'REJECT', code: 'ABROAD_DOCUMENT_MISSING', ownerLevel: 'GUARDIAN' },
        ]);
      }
    }
  });
});

describe('coming back from abroad', () => {
  const judge = (changes: Partial<ReturnFromAbroadFacts>, place: LawPlace = SHANXI, on = ON) =>
    judgeReturnFromAbroad(
      {
        stage: 'JUNIOR',
        studyRecordPresent: true,
        continuesOldRegistration: true,
        otherActiveRegistration: false,
        ...changes,
      },
      on,
      place,
    )
      .filter(({ outcome }) => outcome !== 'WARN')
      .map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

  it(holds('ENR-66', 'continues the old registration in the grade of the study record'), () => {
    for (const place of PLACES) {
      expect(judge({}, place)).toEqual([]);
      expect(judge({ stage: 'SENIOR' }, place)).toEqual([]);
    }
    expect(judge({ studyRecordPresent: false }, ELSEWHERE, '2025-01-02')).toEqual([]);
  });

  it(breaks('ENR-66', 'waits without the record in compulsory education and is refused in senior'), () => {
    for (const place of PLACES) {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
        expect(judge({ stage, studyRecordPresent: false }, place)).toEqual([
          'ENR-66 HOLD STUDY_RECORD_MISSING',
        ]);
      }
      expect(judge({ stage: 'SENIOR', studyRecordPresent: false }, place)).toEqual([
        'ENR-66 REJECT STUDY_RECORD_MISSING',
      ]);
    }
    expect(judge({ studyRecordPresent: false }, ELSEWHERE, '2025-01-03')).toHaveLength(1);
  });

  it(breaks('ENR-66', 'is refused with a second registration, at any stage and under every text'), () => {
    for (const on of ['2014-09-01', ON]) {
      for (const second of [{ continuesOldRegistration: false }, { otherActiveRegistration: true }]) {
        for (const place of PLACES) {
          expect(judge(second, place, on)).toEqual(['ENR-66 REJECT DUPLICATE_RECORD_FOUND']);
          expect(judge({ ...second, stage: 'SENIOR' }, place, on)).toEqual([
            'ENR-66 REJECT DUPLICATE_RECORD_FOUND',
          ]);
        }
      }
    }
  });

  it('warns where the rules of the province on returnees are not at hand', () => {
    const facts = {
      stage: 'JUNIOR',
      studyRecordPresent: true,
      continuesOldRegistration: true,
      otherActiveRegistration: false,
    } as const;
    expect(judgeReturnFromAbroad(facts, ON, BEIGUAN)).toMatchObject([{ code: 'LAYER_TEXT_UNKNOWN' }]);
    expect(judgeReturnFromAbroad(facts, ON, SHANXI)).toEqual([]);
  });
});
