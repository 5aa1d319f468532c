import fc from 'fast-check';
import { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { ELSEWHERE, SHANXI } from '#libs/law/testing/places.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Decision, type DecisionFacts, decideRegistration } from './decide.ts';

const ON = '2026-09-02';

const held: Finding = finding('ENR-01', {
  code: 'UNDER_SIX',
  outcome: 'HOLD',
  message: '未满6周岁。',
  messageEn: 'Not yet six.',
  on: ON,
  place: SHANXI,
});

const waiting = (changes: Partial<DecisionFacts> = {}): DecisionFacts => ({
  status: 'PENDING_APPROVAL',
  held: [],
  authority: '140105',
  unit: '140105',
  reason: null,
  ...changes,
});

const codes = (decision: Decision, changes: Partial<DecisionFacts> = {}, place = SHANXI): string[] =>
  decideRegistration(decision, waiting(changes), ON, place).findings.map(({ code }) => code);

describe('the decision on a new registration', () => {
  test(holds('ENR-08', 'the authority approves without a word what nothing holds'), () => {
    expect(decideRegistration('APPROVE', waiting(), ON, SHANXI)).toEqual({
      status: 'IN_SCHOOL',
      active: true,
      final: false,
      findings: [],
    });
  });

  test(holds('ENR-08', 'sending back keeps the registration alive, refusing ends it for good'), () => {
    const reason = '材料不全';
    expect(decideRegistration('RETURN', waiting({ reason }), ON, SHANXI)).toMatchObject({
      status: 'RETURNED_TO_SCHOOL',
      active: true,
      final: false,
    });
    expect(decideRegistration('REFUSE', waiting({ reason }), ON, SHANXI)).toMatchObject({
      status: 'REFUSED',
      active: false,
      final: true,
    });
  });

  test(breaks('ENR-08', 'what the law holds is approved with a reason only, and blanks are none'), () => {
    for (const reason of [null, '', ' ', '　', '\n\t']) {
      expect(codes('APPROVE', { held: [held], reason })).toEqual(['UNDER_SIX']);
    }
    expect(codes('APPROVE', { held: [held], reason: '同意' })).toEqual([]);
  });

  test(breaks('ORG-11', 'another unit decides nothing, be it above, below or beside the authority'), () => {
    for (const unit of ['140100', '140000', '140106', '']) {
      expect(codes('APPROVE', { unit })).toEqual(['NOT_REGISTRY_AUTHORITY']);
    }
  });

  test('everything that is wrong is told at once, in Shanxi and elsewhere', () => {
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(codes('REFUSE', { unit: '140100', status: 'REFUSED' }, place)).toEqual([
        'NOT_REGISTRY_AUTHORITY',
        'NOT_WAITING_FOR_APPROVAL',
        'DECISION_REASON_MISSING',
      ]);
    }
  });

  test('whatever comes, a status changes if and only if nothing was found', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Decision>('APPROVE', 'RETURN', 'REFUSE'),
        fc.constantFrom(...EnrollmentStatus.options),
        fc.constantFrom('140105', '140106'),
        fc.option(fc.string(), { nil: null }),
        fc.boolean(),
        (decision, status, unit, reason, isHeld) => {
          const facts = waiting({ status, unit, reason, held: isHeld ? [held] : [] });
          const decided = decideRegistration(decision, facts, ON, SHANXI);
          expect(decided.findings.length === 0).toBe(decided.status !== status);
          expect(decided.final).toBe(decided.status === 'REFUSED' && decided.findings.length === 0);
        },
      ),
    );
  });
});
