import { breaks, holds } from '#test/support/rules.ts';
import { judgeGradePermission, judgePermissionSetting } from '../account/grade-permission.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type GradeChangeFacts, judgeSkipOrRepeat } from './grade-change.ts';

const ON = '2026-09-01';
const UNKNOWN = 'ORG-27 WARN LAYER_TEXT_UNKNOWN';
const said = (findings: ReturnType<typeof judgeSkipOrRepeat>) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const judge = (place: LawPlace, changes: Partial<GradeChangeFacts> = {}, on = ON) =>
  said(
    judgeSkipOrRepeat(
      { kind: 'REPEAT', stage: 'JUNIOR', askedBy: 'GUARDIAN', setting: null, decision: null, ...changes },
      on,
      place,
    ),
  );
const by = (level: 'SCHOOL' | 'COUNTY' | 'CITY' | 'PROVINCE', reasonGiven = true) => ({ level, reasonGiven });

describe('repeating in Shanxi', () => {
  it(holds('ENR-36', 'the rule begins with the rules of 2026, and binds no other province'), () => {
    expect(judge(SHANXI, { setting: 'COUNTY' }, '2026-02-09')).toEqual([UNKNOWN]);
    expect(judge(ELSEWHERE, { setting: 'COUNTY' })).toEqual([]);
  });

  it(breaks('ENR-36', 'nobody repeats, whatever the stage, who asks or what is set'), () => {
    for (const stage of ['PRIMARY', 'JUNIOR', 'SENIOR'] as const) {
      for (const askedBy of ['GUARDIAN', 'SCHOOL'] as const) {
        for (const setting of [null, 'FORBIDDEN', 'COUNTY', 'CITY'] as const) {
          expect(judge(SHANXI, { stage, askedBy, setting })).toEqual([
            'ENR-36 REJECT GRADE_REPEAT_FORBIDDEN',
          ]);
        }
      }
    }
    expect(judge(SHANXI, {}, '2026-02-10')).toEqual(['ENR-36 REJECT GRADE_REPEAT_FORBIDDEN']);
  });
});

describe('skipping and repeating as the province decides', () => {
  it(holds('ENR-51', 'a province that has set a level lets that level decide'), () => {
    for (const kind of ['SKIP', 'REPEAT'] as const) {
      expect(judge(ELSEWHERE, { kind, setting: 'COUNTY' })).toEqual([]);
      expect(judge(ELSEWHERE, { kind, setting: 'CITY', decision: by('CITY') })).toEqual([]);
    }
    expect(judge(SHANXI, { kind: 'SKIP', setting: 'CITY', decision: by('CITY') })).toEqual([]);
  });

  it(breaks('ENR-51', 'what it forbids is refused, and so is skipping in Shanxi while it is not set'), () => {
    expect(judge(ELSEWHERE, { setting: 'FORBIDDEN' })).toEqual(['ENR-51 REJECT GRADE_REPEAT_FORBIDDEN']);
    expect(judge(ELSEWHERE, { kind: 'SKIP', setting: 'FORBIDDEN' })).toEqual([
      'ENR-51 REJECT GRADE_SKIP_NOT_PERMITTED',
    ]);
    expect(judge(SHANXI, { kind: 'SKIP' })).toEqual(['ENR-51 REJECT GRADE_SKIP_NOT_PERMITTED']);
    expect(judge(BEIGUAN, { kind: 'SKIP', setting: 'FORBIDDEN' })).toEqual([
      'ENR-51 REJECT GRADE_SKIP_NOT_PERMITTED',
      UNKNOWN,
    ]);
    expect(judge(BEIGUAN, { setting: 'FORBIDDEN' })).toEqual([
      'ENR-51 REJECT GRADE_REPEAT_FORBIDDEN',
      UNKNOWN,
    ]);
  });

  it('does nothing where the province has decided nothing', () => {
    for (const kind of ['SKIP', 'REPEAT'] as const) {
      expect(judge(ELSEWHERE, { kind })).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED']);
    }
    expect(judge(SHANXI, {}, '2025-09-01')).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED', UNKNOWN]);
    expect(judge(BEIGUAN, { stage: 'SENIOR' })).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED', UNKNOWN]);
  });
});

describe('skipping and repeating in Beiguan', () => {
  it(holds('ENR-52', 'at the guardian’s wish the authority decides with a written reason'), () => {
    expect(judge(BEIGUAN, { decision: by('COUNTY') })).toEqual([UNKNOWN]);
    expect(judge(BEIGUAN, { kind: 'SKIP', decision: by('COUNTY') })).toEqual([UNKNOWN]);
    expect(judge(BEIGUAN, { kind: 'SKIP', setting: 'CITY', decision: by('CITY') })).toEqual([UNKNOWN]);
    expect(judge(BEIGUAN, { stage: 'SENIOR', askedBy: 'SCHOOL', setting: 'COUNTY' })).toEqual([UNKNOWN]);
  });

  it(breaks('ENR-52', 'without a decision or its reason it waits, and no school orders a repeat'), () => {
    for (const decision of [null, by('COUNTY', false)]) {
      expect(judge(BEIGUAN, { decision })).toEqual(['ENR-52 HOLD GRADE_REPEAT_NEEDS_DECISION', UNKNOWN]);
      expect(judge(BEIGUAN, { kind: 'SKIP', decision })).toEqual([
        'ENR-52 HOLD GRADE_SKIP_NOT_PERMITTED',
        UNKNOWN,
      ]);
    }
    for (const setting of [null, 'COUNTY'] as const) {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
        expect(judge(BEIGUAN, { stage, askedBy: 'SCHOOL', setting, decision: by('COUNTY') })).toEqual([
          'ENR-52 REJECT GRADE_REPEAT_FORBIDDEN',
          UNKNOWN,
        ]);
      }
    }
  });
});

describe('who may process it', () => {
  it(holds('ACC-16', 'is the level the province has set, or one above it; only the province sets it'), () => {
    for (const decider of ['COUNTY', 'CITY', 'PROVINCE'] as const) {
      expect(judgeGradePermission({ setting: 'COUNTY', decider }, ON, ELSEWHERE)).toEqual([]);
    }
    const own = { setBy: 'PROVINCE', ofProvince: '440000', forProvince: '440000' } as const;
    expect(judgePermissionSetting(own, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ACC-16', 'is not a lower level, nor anybody where nothing is set'), () => {
    const refused = [
      { setting: 'CITY', decider: 'COUNTY' },
      { setting: 'COUNTY', decider: 'SCHOOL' },
      { setting: 'FORBIDDEN', decider: 'PROVINCE' },
      { setting: null, decider: 'COUNTY' },
    ] as const;
    for (const facts of refused) {
      expect(judgeGradePermission(facts, ON, ELSEWHERE)).toMatchObject([
        { ruleId: 'ACC-16', outcome: 'REJECT', code: 'PERMISSION_NOT_GRANTED', ownerLevel: 'PROVINCE' },
      ]);
    }
    expect(judge(ELSEWHERE, { setting: 'CITY', decision: by('COUNTY') })).toEqual([
      'ACC-16 REJECT PERMISSION_NOT_GRANTED',
    ]);
    expect(judge(BEIGUAN, { decision: by('SCHOOL') })).toEqual([
      'ACC-16 REJECT PERMISSION_NOT_GRANTED',
      UNKNOWN,
    ]);
    expect(judge(BEIGUAN, { setting: 'CITY', decision: by('COUNTY') })).toEqual([
      'ACC-16 REJECT PERMISSION_NOT_GRANTED',
      UNKNOWN,
    ]);
    for (const facts of [
      { setBy: 'CITY', ofProvince: '440000', forProvince: '440000' },
      { setBy: 'PROVINCE', ofProvince: '140000', forProvince: '440000' },
    ] as const) {
      expect(said(judgePermissionSetting(facts, ON, ELSEWHERE))).toEqual([
        'ACC-16 REJECT PERMISSION_NOT_GRANTED',
      ]);
    }
  });
});
