import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  actsOpenTo,
  isOutOfScope,
  isSettled,
  judgeMerge,
  judgeReport,
  obstaclesToAct,
  type ProblemAct,
  type ProblemCourse,
  type ProblemHand,
  type ProblemState,
  problemObstacleFindings,
  referredTo,
  scopeEndsOn,
  stateAfterAct,
  stateAfterOccurrence,
} from './problem-course.ts';

const course = (changes: Partial<ProblemCourse> = {}): ProblemCourse => ({
  ...{ state: 'OPEN', turn: '2114000001', authority: '140105', above: '140105', lastActor: null },
  ...changes,
});
const registrar: ProblemHand = { subject: 'registrar', unit: '2114000001', decides: false };
const head: ProblemHand = { subject: 'head', unit: '2114000001', decides: true };
const states: readonly ProblemState[] = [
  ...(['OPEN', 'VERIFYING', 'DISMISSED', 'SETTLING', 'PASSED_ON'] as const),
  ...(['DELETION_REQUESTED', 'RESOLVED', 'OUT_OF_SCOPE'] as const),
];
const acts: readonly ProblemAct[] = ['VERIFY', 'FAULT_FOUND', 'NO_FAULT', 'REFER', 'RESOLVE'];

describe('the course of a problem record', () => {
  test(holds('ID-19', 'is open, verified, and dismissed or settled to its end'), () => {
    expect(stateAfterAct('OPEN', 'VERIFY')).toBe('VERIFYING');
    expect(stateAfterAct('VERIFYING', 'NO_FAULT')).toBe('DISMISSED');
    expect(stateAfterAct('VERIFYING', 'FAULT_FOUND')).toBe('SETTLING');
    expect(stateAfterAct('SETTLING', 'RESOLVE')).toBe('RESOLVED');
    expect(stateAfterAct('PASSED_ON', 'FAULT_FOUND')).toBe('SETTLING');
    expect(stateAfterOccurrence('SETTLING', 'DELETION_ASKED')).toBe('DELETION_REQUESTED');
    expect(stateAfterOccurrence('DELETION_REQUESTED', 'NUMBER_DELETED')).toBe('RESOLVED');
    expect(stateAfterOccurrence('DELETION_REQUESTED', 'DELETION_REFUSED')).toBe('SETTLING');
    expect(stateAfterOccurrence('OPEN', 'COMPARISON_PASSED')).toBe('RESOLVED');
    expect(stateAfterOccurrence('OUT_OF_SCOPE', 'COMPARISON_PASSED')).toBeUndefined();
  });

  test(
    breaks('ID-19', 'is ended by nobody without verification, and nothing is done once it has ended'),
    () => {
      for (const state of ['OPEN', 'VERIFYING', 'PASSED_ON', 'DELETION_REQUESTED'] as const)
        expect(stateAfterAct(state, 'RESOLVE')).toBeUndefined();
      for (const state of states.filter(isSettled))
        for (const act of acts) expect(stateAfterAct(state, act)).toBeUndefined();
    },
  );

  test('leads no act and no occurrence out of the eight states', () => {
    const move = fc.oneof(
      fc.constantFrom(...acts).map((act) => (state: ProblemState) => stateAfterAct(state, act)),
      fc
        .constantFrom(
          'WENT_ON',
          'SCOPE_ENDED',
          'DELETION_ASKED',
          'DELETION_REFUSED',
          'NUMBER_DELETED',
          'COMPARISON_PASSED',
        )
        .map((what) => (state: ProblemState) => stateAfterOccurrence(state, what as 'WENT_ON')),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let state: ProblemState = 'OPEN';
        for (const each of moves) state = each(state) ?? state;
        expect(states).toContain(state);
      }),
    );
  });
});

describe('an act', () => {
  test(holds('ACC-18', 'of the unit whose turn it is, ended by another person who decides'), () => {
    expect(obstaclesToAct(course(), 'VERIFY', registrar, null)).toEqual([]);
    const settling = course({ state: 'SETTLING', lastActor: 'registrar' });
    expect(obstaclesToAct(settling, 'RESOLVE', head, '已更正')).toEqual([]);
    expect(actsOpenTo(settling, head)).toEqual(['REFER', 'RESOLVE']);
  });

  test(breaks('ACC-18', 'tells everything that stands against it at once'), () => {
    const stranger: ProblemHand = { subject: 'registrar', unit: '140106', decides: false };
    const obstacles = obstaclesToAct(course({ lastActor: 'registrar' }), 'RESOLVE', stranger, ' ');
    expect(obstacles).toEqual(['NOT_NOW', 'OTHER_UNIT', 'OTHER_ROLE', 'SAME_PERSON', 'REASON_MISSING']);
    expect(problemObstacleFindings(obstacles, '2026-09-01', ELSEWHERE)).toHaveLength(5);
  });

  test('of the authority is open at any time, but it refers nothing to itself', () => {
    const authority: ProblemHand = { subject: 'county', unit: '140105', decides: true };
    expect(actsOpenTo(course(), authority)).toEqual(['VERIFY', 'REFER']);
    expect(actsOpenTo(course({ turn: '140105' }), authority)).toEqual(['VERIFY']);
    expect(actsOpenTo(course({ turn: '140105' }), registrar)).toEqual([]);
  });

  test('of a duplicate is open to the unit above both, to which the authority refers it, and nobody further', () => {
    const apart = course({ above: '140100' });
    expect(referredTo(apart)).toBe('140105');
    const authority: ProblemHand = { subject: 'county', unit: '140105', decides: true };
    expect(referredTo({ ...apart, turn: '140105' })).toBe('140100');
    expect(actsOpenTo({ ...apart, turn: '140105' }, authority)).toEqual(['VERIFY', 'REFER']);
    const city: ProblemHand = { subject: 'city', unit: '140100', decides: true };
    expect(actsOpenTo({ ...apart, turn: '140100' }, city)).toEqual(['VERIFY']);
    expect(actsOpenTo(course(), city)).toEqual([]);
  });
});

describe('after graduation', () => {
  test(holds('ENR-32', 'a record is somebody’s for twelve months, and while the pupil is admitted'), () => {
    expect(scopeEndsOn('2032-07-05', ELSEWHERE)).toBe('2033-07-05');
    const graduated = { graduatedOn: '2032-07-05', admitted: false };
    expect(isOutOfScope(graduated, '2033-07-04', ELSEWHERE)).toBe(false);
    expect(isOutOfScope({ ...graduated, admitted: true }, '2040-01-01', ELSEWHERE)).toBe(false);
    expect(isOutOfScope({ graduatedOn: null, admitted: false }, '2040-01-01', ELSEWHERE)).toBe(false);
    expect(stateAfterOccurrence('OUT_OF_SCOPE', 'WENT_ON')).toBe('PASSED_ON');
  });

  test(breaks('ENR-32', 'it is nobody’s from then on'), () => {
    expect(isOutOfScope({ graduatedOn: '2032-07-05', admitted: false }, '2033-07-05', ELSEWHERE)).toBe(true);
    expect(stateAfterOccurrence('SETTLING', 'SCOPE_ENDED')).toBe('OUT_OF_SCOPE');
    expect(stateAfterOccurrence('RESOLVED', 'WENT_ON')).toBeUndefined();
  });
});

describe('two records of one child', () => {
  const on = '2026-09-01';
  test(holds('ID-18', 'become one where they are alike and the one that falls has ended'), () => {
    for (const standing of ['ENDED', 'UNDECIDED', 'AT_SCHOOL', 'AWAY'] as const)
      expect(
        judgeMerge({ alike: true, fell: 'ENDED', standing, endsRegistration: false }, on, SHANXI),
      ).toEqual([]);
  });
  test(
    holds('ID-18', 'become one by a decision that ends the one that falls, where the other is at school'),
    () => {
      for (const fell of ['AT_SCHOOL', 'AWAY'] as const)
        expect(
          judgeMerge({ alike: true, fell, standing: 'AT_SCHOOL', endsRegistration: true }, on, SHANXI),
        ).toEqual([]);
    },
  );
  test(breaks('ID-18', 'do not otherwise, and every reason is told'), () => {
    const codes = (facts: Parameters<typeof judgeMerge>[0]) =>
      judgeMerge(facts, on, BEIGUAN).map(({ code, outcome }) => `${code} ${outcome}`);
    const runs = { fell: 'AT_SCHOOL', standing: 'AT_SCHOOL', endsRegistration: false } as const;
    expect(codes({ alike: false, ...runs })).toEqual([
      ...['NOT_THE_SAME_CHILD REJECT', 'OTHER_REGISTRATION_RUNNING REJECT'],
    ]);
    expect(codes({ alike: true, ...runs, fell: 'UNDECIDED', endsRegistration: true })).toEqual([
      'OTHER_REGISTRATION_RUNNING REJECT',
    ]);
    for (const standing of ['ENDED', 'UNDECIDED', 'AWAY'] as const)
      expect(codes({ alike: true, fell: 'AT_SCHOOL', standing, endsRegistration: true })).toEqual([
        'STANDING_RECORD_NOT_AT_SCHOOL REJECT',
      ]);
  });
});

describe('a fault that a check has found', () => {
  test(breaks('STA-05', 'of person and record is on record under the term check of Shanxi'), () => {
    expect(judgeReport({ kind: 'RECORD_WITHOUT_PERSON' }, '2026-10-01', SHANXI)).toMatchObject([
      { ruleId: 'STA-05', outcome: 'RECORD', code: 'PROBLEM_RECORD_OPEN' },
    ]);
  });
  test(holds('STA-05', 'of another kind, or elsewhere, says nothing of it'), () => {
    expect(judgeReport({ kind: 'FALSE_INFORMATION' }, '2026-10-01', SHANXI)).toEqual([]);
    expect(judgeReport({ kind: 'RECORD_WITHOUT_PERSON' }, '2026-10-01', BEIGUAN)).toEqual([]);
  });
});
