import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import {
  decideFormalNumber,
  type IssueFacts,
  judgeGNumber,
  judgeIssueRun,
  judgeJNumber,
  judgeJToG,
} from './formal-issue.ts';

const ON = '2026-03-20';
const passed: IssueFacts = { hasResidentId: true, duplicateCheck: 'CLEAN', comparison: 'PASS' };
const decide = (facts: Partial<IssueFacts>) => decideFormalNumber({ ...passed, ...facts }, ON, ELSEWHERE);

describe('the yearly issue of formal numbers', () => {
  it(holds('ID-07', 'who passed the comparison receives a G number'), () => {
    expect(decide({})).toEqual({ kind: 'G_FORMAL', findings: [] });
  });

  it(breaks('ID-07', 'who failed it keeps the temporary number, and a problem record is opened'), () => {
    expect(decide({ comparison: 'FAIL' })).toMatchObject({
      kind: 'L_TEMPORARY',
      problem: 'COMPARISON_FAILED',
      findings: [{ ruleId: 'ID-07', outcome: 'RECORD', code: 'IDENTITY_COMPARISON_FAILED' }],
    });
    expect(decide({ duplicateCheck: 'DUPLICATE_FOUND' })).toMatchObject({
      kind: 'L_TEMPORARY',
      problem: 'DUPLICATE',
      findings: [{ code: 'DUPLICATE_RECORD_FOUND', outcome: 'RECORD' }],
    });
  });

  it(holds('ID-08', 'who has no resident ID number and a clean search receives a J number'), () => {
    expect(decide({ hasResidentId: false, comparison: 'NOT_RUN' })).toEqual({
      kind: 'J_FORMAL',
      findings: [],
    });
    expect(judgeJNumber({ hasResidentId: false, duplicateCheck: 'CLEAN' }, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-08', 'a J number is refused to who has an ID number or was not searched for'), () => {
    const code = [{ code: 'J_NUMBER_NOT_ELIGIBLE', outcome: 'REJECT' }];
    expect(judgeJNumber({ hasResidentId: true, duplicateCheck: 'CLEAN' }, ON, ELSEWHERE)).toMatchObject(code);
    expect(judgeJNumber({ hasResidentId: false, duplicateCheck: 'NOT_RUN' }, ON, ELSEWHERE)).toMatchObject(
      code,
    );
    expect(
      judgeJNumber({ hasResidentId: false, duplicateCheck: 'DUPLICATE_FOUND' }, ON, ELSEWHERE),
    ).toMatchObject(code);
  });

  it('asks no comparison of who has no resident ID number', () => {
    expect(decide({ hasResidentId: false, comparison: 'FAIL' })).toEqual({ kind: 'J_FORMAL', findings: [] });
  });

  it('takes a check that has not run for no failure', () => {
    expect(decide({ comparison: 'NOT_RUN' })).toEqual({ kind: 'L_TEMPORARY', findings: [] });
    expect(decide({ duplicateCheck: 'NOT_RUN' })).toEqual({ kind: 'L_TEMPORARY', findings: [] });
  });

  it('never gives a formal number without a clean search, nor a G number without a passed comparison', () => {
    const facts = fc.record<IssueFacts>({
      hasResidentId: fc.boolean(),
      duplicateCheck: fc.constantFrom('CLEAN', 'DUPLICATE_FOUND', 'NOT_RUN'),
      comparison: fc.constantFrom('PASS', 'FAIL', 'NOT_RUN'),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const { kind } = decideFormalNumber(given, ON, ELSEWHERE);
        if (kind !== 'L_TEMPORARY') expect(given.duplicateCheck).toBe('CLEAN');
        if (kind === 'G_FORMAL') expect(judgeGNumber(given, ON, ELSEWHERE)).toEqual([]);
        if (kind === 'J_FORMAL') expect(judgeJNumber(given, ON, ELSEWHERE)).toEqual([]);
      }),
    );
  });

  it('runs once a year, from the opening day of the spring term', () => {
    const run = (on: string, issuedOn: string[] = []) =>
      judgeIssueRun({ springOpensOn: '2026-03-02', issuedOn }, on, ELSEWHERE).map(({ code }) => code);
    expect(run('2026-03-01')).toEqual(['FORMAL_ISSUE_TOO_EARLY']);
    expect(run('2026-03-02')).toEqual([]);
    expect(run('2026-03-02', ['2025-03-05'])).toEqual([]);
    expect(run('2026-05-01', ['2026-03-05'])).toEqual(['FORMAL_ISSUE_ALREADY_RUN']);
    expect(run('2027-01-05')).toEqual(['FORMAL_ISSUE_TOO_EARLY']);
  });
});

describe('J to G', () => {
  it(holds('ID-09', 'a J number becomes a G number with ID data and both checks passed'), () => {
    expect(judgeJToG(passed, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-09', 'it stays J when any of the three is missing'), () => {
    for (const lacking of [
      { hasResidentId: false },
      { duplicateCheck: 'NOT_RUN' },
      { comparison: 'FAIL' },
    ] satisfies Partial<IssueFacts>[]) {
      expect(judgeJToG({ ...passed, ...lacking }, ON, ELSEWHERE)).toMatchObject([
        { code: 'J_TO_G_CHECK_FAILED' },
      ]);
    }
  });
});

describe('the authority of a G number', () => {
  it(holds('ID-10', 'it stands on a clean search and a passed comparison'), () => {
    expect(judgeGNumber(passed, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-10', 'without the record of both it is refused G_NUMBER_WITHOUT_CHECKS'), () => {
    expect(judgeGNumber({ ...passed, comparison: 'NOT_RUN' }, ON, ELSEWHERE)).toMatchObject([
      { code: 'G_NUMBER_WITHOUT_CHECKS', outcome: 'REJECT' },
    ]);
    expect(judgeGNumber({ ...passed, duplicateCheck: 'NOT_RUN' }, ON, ELSEWHERE)).toHaveLength(1);
  });
});
