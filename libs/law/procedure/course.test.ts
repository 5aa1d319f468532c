import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type CaseCourse,
  type Hand,
  nextAfter,
  obstaclesToDecision,
  obstaclesToHandling,
  type Party,
  type Step,
  type StepDecision,
} from './course.ts';

const step = (changes: Partial<Step> = {}): Step => ({
  ordinal: 1,
  party: 'SCHOOL',
  unit: '2114000001',
  openedAt: '2026-09-01T08:00:00.000+08:00',
  dueOn: '2026-09-15',
  provisional: false,
  calendarVersion: '2026',
  handledBy: 'registrar',
  handledAt: '2026-09-01T08:00:00.000+08:00',
  opinion: null,
  decidedBy: null,
  decidedAt: null,
  decision: null,
  reason: null,
  ...changes,
});
const course = (changes: Partial<CaseCourse> = {}): CaseCourse => ({
  state: 'RUNNING',
  parties: ['SCHOOL', 'AUTHORITY'],
  steps: [step()],
  ...changes,
});
const head: Hand = { subject: 'head', unit: '2114000001', role: 'DECIDES' };
const registrar: Hand = { subject: 'registrar', unit: '2114000001', role: 'HANDLES' };

describe('a step of a case', () => {
  test(holds('ACC-18', 'is handled by one person of its unit and decided by another'), () => {
    expect(obstaclesToHandling(course(), registrar)).toEqual([]);
    expect(obstaclesToDecision(course(), head, 'APPROVE', null)).toEqual([]);
  });

  test(breaks('ACC-18', 'is not decided by the person who handled it, nor before somebody did'), () => {
    const both: Hand = { ...head, subject: 'registrar' };
    expect(obstaclesToDecision(course(), both, 'APPROVE', null)).toEqual(['SAME_PERSON']);
    const untouched = course({ steps: [step({ handledBy: null, handledAt: null })] });
    expect(obstaclesToDecision(untouched, head, 'APPROVE', null)).toEqual(['NOT_HANDLED']);
  });

  test('is decided by nobody else, and everything that stands against it is told at once', () => {
    const stranger: Hand = { subject: 'registrar', unit: '2114000002', role: 'HANDLES' };
    expect(obstaclesToDecision(course(), stranger, 'REFUSE', ' ')).toEqual([
      'OTHER_UNIT',
      'OTHER_ROLE',
      'SAME_PERSON',
      'REASON_MISSING',
    ]);
  });

  test('is nobody’s any more when the case has ended', () => {
    for (const state of ['DONE', 'REFUSED', 'WITHDRAWN'] as const) {
      expect(obstaclesToDecision(course({ state }), head, 'APPROVE', null)).toEqual(['CASE_ENDED']);
      expect(obstaclesToHandling(course({ state }), registrar)).toEqual(['CASE_ENDED']);
    }
  });
});

describe('the way of a case', () => {
  const parties: readonly Party[] = ['SCHOOL', 'AUTHORITY', 'CITY'];

  test('goes from party to party and ends with the last approval', () => {
    const at = (party: Party) => course({ parties, steps: [step({ party })] });
    expect(nextAfter(at('SCHOOL'), 'APPROVE')).toEqual({ to: 'PARTY', party: 'AUTHORITY' });
    expect(nextAfter(at('AUTHORITY'), 'APPROVE')).toEqual({ to: 'PARTY', party: 'CITY' });
    expect(nextAfter(at('CITY'), 'APPROVE')).toEqual({ to: 'END', state: 'DONE' });
  });

  test('is done only by an approval of every party since it was last given back', () => {
    const decision = fc.constantFrom<StepDecision>('APPROVE', 'RETURN', 'REFUSE');
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 40 }), (decisions) => {
        let steps = [step()];
        const approved: Party[] = [];
        for (const each of decisions) {
          const party = steps.at(-1)?.party ?? 'SCHOOL';
          if (each === 'APPROVE') approved.push(party);
          if (each === 'RETURN') approved.length = 0;
          const next = nextAfter(course({ parties, steps }), each);
          if (next.to === 'END') {
            expect(next.state).toBe(each === 'REFUSE' ? 'REFUSED' : 'DONE');
            if (next.state === 'DONE') expect(approved).toEqual(parties);
            return;
          }
          steps = [...steps, step({ party: next.party })];
        }
      }),
    );
  });
});
