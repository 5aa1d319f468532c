import { breaks, holds } from '#test/support/rules.ts';
import { basisOf, finding, findingIfInForce, isInForce, RuleNotInForceError } from './finding.ts';
import { bindingLayers, isCompulsory, isStage } from './layers.ts';
import { judgeEra, judgePolicyVersion, textsInForce } from './organization/policy-version.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from './testing/places.ts';

const said = { message: '说明', messageEn: 'explanation' };
const layers = (...args: Parameters<typeof basisOf>) => basisOf(...args).map(({ layer }) => layer);

describe('a finding', () => {
  it('carries the articles of every text in force at the place on the day', () => {
    const { basis } = finding('ENR-63', { ...said, on: '2026-02-10', place: SHANXI });
    expect(basis).toEqual([
      expect.objectContaining({ layer: 'N25', article: '变动管理第11段', inForceFrom: '2025-01-03' }),
      expect.objectContaining({
        layer: 'SX26',
        article: '第三十七条',
        inForceFrom: '2026-02-10',
        inForceTo: '2031-02-09',
      }),
    ]);
  });

  it('takes outcome and code from the catalogue unless told otherwise', () => {
    expect(finding('ENR-04', { ...said, on: '2026-09-01', place: ELSEWHERE })).toMatchObject({
      outcome: 'HOLD',
      code: 'UNDER_AGE_CROSS_PROVINCE',
    });
    expect(
      finding('ENR-63', {
        ...said,
        outcome: 'RECORD',
        code: 'DEATH_CANCELLATION_OVERDUE',
        on: '2026-09-01',
        place: ELSEWHERE,
      }),
    ).toMatchObject({ outcome: 'RECORD', code: 'DEATH_CANCELLATION_OVERDUE' });
  });

  it('keeps to itself what it was asked for', () => {
    const told = finding('ENR-04', { ...said, on: '2026-09-01', place: ELSEWHERE, stage: 'PRIMARY' });
    expect(Object.keys(told).toSorted()).toEqual([
      'basis',
      'code',
      'message',
      'messageEn',
      'outcome',
      'ruleId',
    ]);
  });

  it('changes texts at the boundaries of the 2025 measure and of the Shanxi rules', () => {
    expect(layers('ENR-63', '2025-01-02', SHANXI)).toEqual(['N13']);
    expect(layers('ENR-63', '2025-01-03', SHANXI)).toEqual(['N25']);
    expect(layers('ENR-63', '2026-02-09', SHANXI)).toEqual(['N25']);
    expect(layers('ENR-63', '2031-02-09', SHANXI)).toEqual(['N25', 'SX26']);
    expect(layers('ENR-63', '2031-02-10', SHANXI)).toEqual(['N25']);
  });

  it('never applies Shanxi in Beiguan nor Beiguan in Shanxi or at the senior stage', () => {
    expect(layers('ENR-63', '2026-03-01', BEIGUAN)).toEqual(['N25', 'BG']);
    expect(layers('ENR-63', '2026-03-01', BEIGUAN, 'SENIOR')).toEqual(['N25']);
    expect(layers('ENR-63', '2026-03-01', { ...SHANXI, county: '410503' })).toEqual(['N25', 'SX26']);
    expect(layers('ENR-63', '2026-03-01', { ...BEIGUAN, county: '410502' })).toEqual(['N25']);
    expect(layers('ENR-63', '2019-12-31', BEIGUAN)).toEqual(['N13']);
    expect(layers('ENR-63', '2020-01-01', BEIGUAN)).toEqual(['N13', 'BG']);
  });

  it('is refused to a program that asks where no text carries the rule', () => {
    const asked = { ...said, on: '2026-02-09', place: SHANXI };
    expect(() => finding('ENR-16', asked)).toThrow(RuleNotInForceError);
    expect(findingIfInForce('ENR-16', asked)).toEqual([]);
    expect(findingIfInForce('ENR-16', { ...asked, on: '2026-02-10' })).toHaveLength(1);
    expect(isInForce('ENR-16', '2026-02-10', ELSEWHERE)).toBe(false);
  });

  it('is no harder than RECORD where only a remainder of 2013 carries it', () => {
    const outcomeOf = (on: string, place: typeof SHANXI) => finding('TRF-29', { ...said, on, place }).outcome;
    expect(outcomeOf('2025-01-02', ELSEWHERE)).toBe('REJECT');
    expect(outcomeOf('2025-01-03', ELSEWHERE)).toBe('RECORD');
    expect(outcomeOf('2026-02-10', SHANXI)).toBe('REJECT');
  });

  it('keeps its outcome there for identity data, custody and permanence', () => {
    for (const id of ['ID-14', 'ARC-12', 'ID-04', 'ORG-11', 'PRV-03', 'ENR-08'] as const) {
      expect(finding(id, { ...said, on: '2026-03-01', place: ELSEWHERE }).outcome).toBe('REJECT');
    }
  });
});

describe('the validity of texts', () => {
  it(holds('ORG-25', 'the Shanxi rules carry a decision from 10 February 2026 to 9 February 2031'), () => {
    expect(judgePolicyVersion('SX26', '2026-02-10', SHANXI)).toEqual([]);
    expect(judgePolicyVersion('SX26', '2031-02-09', SHANXI)).toEqual([]);
    expect(judgeEra('2013-09-01', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ORG-25', 'a text that has ended, has not begun or belongs elsewhere carries none'), () => {
    for (const [layer, on, place] of [
      ['SX26', '2026-02-09', SHANXI],
      ['SX26', '2031-02-10', SHANXI],
      ['SX19', '2026-02-10', SHANXI],
      ['SX26', '2026-03-01', BEIGUAN],
    ] as const) {
      expect(judgePolicyVersion(layer, on, place)).toEqual([
        expect.objectContaining({ ruleId: 'ORG-25', outcome: 'REJECT', code: 'POLICY_NOT_IN_FORCE' }),
      ]);
    }
    expect(judgeEra('2013-08-31', ELSEWHERE)).toMatchObject([{ code: 'POLICY_NOT_IN_FORCE' }]);
  });

  it(holds('ORG-26', 'the texts of a place come from the highest to the lowest'), () => {
    expect(textsInForce(BEIGUAN, '2026-03-01', 'PRIMARY')).toEqual([
      'NP25',
      'N25',
      'N16',
      'N13',
      'HN',
      'BG',
      'OURS',
    ]);
    expect(textsInForce(SHANXI, '2026-03-01')).toEqual(['NP25', 'N25', 'N16', 'N13', 'SX26', 'OURS']);
  });

  it(
    breaks('ORG-26', 'the Beiguan measure is no text of its senior schools, which it does not speak of'),
    () => {
      expect(textsInForce(BEIGUAN, '2026-03-01', 'SENIOR')).not.toContain('BG');
      expect(judgePolicyVersion('BG', '2026-03-01', BEIGUAN, 'SENIOR')).toMatchObject([
        { outcome: 'REJECT' },
      ]);
    },
  );

  it('knows the stages and which are compulsory', () => {
    expect(['PRIMARY', 'JUNIOR'].every((stage) => isStage(stage) && isCompulsory(stage))).toBe(true);
    expect(isCompulsory('SENIOR')).toBe(false);
    expect(isStage('MIDDLE')).toBe(false);
    expect(bindingLayers([], SHANXI, '2026-03-01')).toEqual([]);
  });
});
