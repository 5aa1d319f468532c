import fc from 'fast-check';
import { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { REFUSAL_GROUNDS } from '#libs/law/enrollment/lawful-refusal.ts';
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
  ground: null,
  together: false,
  isAsSeen: true,
  isOwnEntry: false,
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
    expect(
      decideRegistration('REFUSE', waiting({ reason, ground: 'NOT_ADMITTED' }), ON, SHANXI),
    ).toMatchObject({
      status: 'REFUSED',
      active: false,
      final: true,
    });
  });

  test(breaks('ENR-08', 'what the law holds is approved with a reason only, and blanks are none'), () => {
    for (const reason of [null, '', ' ', '　', '\n\t']) {
      expect(codes('APPROVE', { held: [held], reason })).toEqual(['UNDER_SIX', 'APPROVAL_REASON_MISSING']);
    }
    expect(codes('APPROVE', { held: [held], reason: '同意' })).toEqual([]);
  });

  test(
    breaks('ENR-08', 'what the law holds never passes with its whole school, whatever reason is written'),
    () => {
      for (const reason of [null, '同意']) {
        const found = codes('APPROVE', { held: [held], reason, together: true });
        expect(found).toEqual(['UNDER_SIX', 'HELD_NOT_DECIDED_TOGETHER']);
      }
      expect(codes('APPROVE', { together: true })).toEqual([]);
    },
  );

  test(breaks('ENR-05', 'a refusal for a registration that is missing or has not arrived is refused'), () => {
    for (const ground of ['NO_REGISTRATION', 'REGISTRATION_NOT_ARRIVED'] as const) {
      const { findings } = decideRegistration('REFUSE', waiting({ reason: '无学籍', ground }), ON, SHANXI);
      expect(findings).toMatchObject([{ ruleId: 'ENR-05', code: 'ILLEGAL_REJECTION_REASON' }]);
    }
  });

  test(breaks('ID-06', 'a refusal for a temporary number is refused'), () => {
    const facts = waiting({ reason: 'L号', ground: 'TEMPORARY_NUMBER' });
    expect(decideRegistration('REFUSE', facts, ON, SHANXI).findings).toMatchObject([
      { ruleId: 'ID-06', code: 'ILLEGAL_REJECTION_REASON', path: ['input', 'ground'] },
    ]);
  });

  test(holds('ENR-05', 'a refusal on a ground of its own stands'), () => {
    for (const ground of REFUSAL_GROUNDS.slice(0, 6)) {
      expect(codes('REFUSE', { reason: '已核实', ground })).toEqual([]);
    }
    expect(codes('REFUSE', { reason: '已核实' })).toEqual(['REFUSAL_GROUND_MISSING']);
  });

  test('what changed since it was seen is not decided, and told so alone', () => {
    expect(codes('APPROVE', { isAsSeen: false, status: 'IN_SCHOOL', held: [held] })).toEqual([
      'VERSION_CONFLICT',
    ]);
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
        'REFUSAL_GROUND_MISSING',
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
        fc.option(fc.constantFrom(...REFUSAL_GROUNDS), { nil: null }),
        fc.record({ isHeld: fc.boolean(), together: fc.boolean(), isAsSeen: fc.boolean() }),
        (decision, status, unit, reason, ground, { isHeld, ...how }) => {
          const facts = waiting({ status, unit, reason, ground, held: isHeld ? [held] : [], ...how });
          const decided = decideRegistration(decision, facts, ON, SHANXI);
          expect(decided.findings.length === 0).toBe(decided.status !== status);
          expect(decided.final).toBe(decided.status === 'REFUSED' && decided.findings.length === 0);
        },
      ),
    );
  });
});
