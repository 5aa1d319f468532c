import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeDataQuality, type QualityFacts } from './data-quality.ts';

const on = '2026-09-01';
const whole: QualityFacts = {
  birthDate: '2018-05-06',
  isDisabled: true,
  disabilityType: 'HEARING',
  disabilityLevel: 'II',
  placementMode: 'INCLUSIVE',
  hasResidencePermit: true,
  residencePermitIssuer: '某局',
  residencePermitIssueDate: on,
  currentAddress: '(140105)某路1号',
  contactPhone: null,
  guardians: [{ isLegalGuardian: true, phone: '13800000000' }],
};
const paths = (changes: Partial<QualityFacts>) =>
  judgeDataQuality({ ...whole, ...changes }, on, SHANXI).map(({ path }) => path?.[0]);

describe('the data of a child', () => {
  test(holds('ID-30', 'that are whole and agree leave nothing on record'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) expect(judgeDataQuality(whole, on, place)).toEqual([]);
  });

  test(breaks('ID-30', 'that contradict each other are on record by the item'), () => {
    expect(paths({ isDisabled: false })).toEqual(['isDisabled']);
    expect(paths({ hasResidencePermit: false })).toEqual(['hasResidencePermit']);
    expect(paths({ residencePermitIssueDate: '2026-09-02' })).toEqual(['residencePermitIssueDate']);
    expect(paths({ residencePermitIssueDate: '2018-05-05' })).toEqual(['residencePermitIssueDate']);
    expect(paths({ residencePermitIssueDate: '2018-05-06' })).toEqual([]);
  });

  test(breaks('ID-30', 'that lack something are on record, and stop nothing'), () => {
    expect(paths({ disabilityType: null })).toEqual(['disabilityType']);
    expect(paths({ guardians: [] })).toEqual(['guardians', 'contactPhone']);
    expect(paths({ currentAddress: null })).toEqual(['currentAddress']);
    const all = judgeDataQuality({ ...whole, currentAddress: null }, on, BEIGUAN);
    expect(all).toMatchObject([{ outcome: 'RECORD', code: 'DATA_QUALITY_FINDING' }]);
  });
});
