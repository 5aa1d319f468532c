import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { lawfulSuspension } from '../testing/suspension.ts';
import { mayProceed } from './registration.ts';
import {
  judgeSuspension,
  judgeSuspensionEffect,
  type SuspensionDecisionFacts,
  suspensionConfirmationDue,
  suspensionDecisionDue,
} from './suspension.ts';

const ON = '2026-09-07';

describe('an application for suspension', () => {
  it('goes through in Shanxi and, with a warning about the text of Henan, in Beiguan', () => {
    expect(judgeSuspension(lawfulSuspension(), ON, SHANXI)).toEqual([]);
    const beiguan = judgeSuspension(lawfulSuspension(), ON, BEIGUAN);
    expect(beiguan).toMatchObject([{ outcome: 'WARN', code: 'LAYER_TEXT_UNKNOWN' }]);
    expect(mayProceed(beiguan)).toBe(true);
    expect(judgeSuspension(lawfulSuspension(), ON, ELSEWHERE)).toMatchObject([
      { outcome: 'HOLD', code: 'POLICY_UNRESOLVED' },
    ]);
  });

  it('says all that is wrong at once, each with its text and a remedy', () => {
    const findings = judgeSuspension(
      lawfulSuspension({
        stage: 'SENIOR',
        hours: { missed: 1, term: 600 },
        writtenApplication: false,
        proofs: [],
        period: { from: '2026-09-07', to: '2027-09-08' },
        graduatingGrade: true,
      }),
      ON,
      SHANXI,
    );
    expect(findings.map(({ code }) => code)).toEqual([
      'SUSPENSION_GROUND_NOT_MET',
      'SUSPENSION_PROOF_MISSING',
      'SUSPENSION_PROOF_MISSING',
      'SUSPENSION_TOO_LONG',
      'SUSPENSION_GRADUATING_GRADE',
    ]);
    for (const { basis, remedy, ownerLevel } of findings) {
      expect(basis.length).toBeGreaterThan(0);
      expect(remedy).toMatch(/。$/);
      expect(ownerLevel).toBeDefined();
    }
  });

  it('is decided by no text before the first measure', () => {
    expect(judgeSuspension(lawfulSuspension(), '2013-08-31', SHANXI)).toMatchObject([{ ruleId: 'ORG-25' }]);
  });
});

describe('a suspension before it takes effect', () => {
  const approved: SuspensionDecisionFacts = {
    stage: 'PRIMARY',
    ground: 'ILLNESS',
    initiator: 'GUARDIAN',
    schoolConfirmed: true,
    authority: 'APPROVED',
  };

  it(
    holds('ENR-39', 'is confirmed and approved; under the 2013 measure it was enough to register it'),
    () => {
      for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
        expect(judgeSuspensionEffect(approved, ON, place)).toEqual([]);
      }
      const registered = { ...approved, authority: 'REGISTERED' } as const;
      expect(judgeSuspensionEffect(registered, '2025-01-02', ELSEWHERE)).toEqual([]);
      expect(judgeSuspensionEffect(approved, '2025-01-02', ELSEWHERE)).toEqual([]);
    },
  );

  it(breaks('ENR-39', 'is none while the school has not confirmed or the authority not approved'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      for (const authority of ['NOTHING', 'REGISTERED'] as const) {
        expect(judgeSuspensionEffect({ ...approved, authority }, ON, place)).toMatchObject([
          { outcome: 'REJECT', code: 'SUSPENSION_NOT_APPROVED', ownerLevel: 'COUNTY' },
        ]);
      }
    }
    expect(judgeSuspensionEffect({ ...approved, schoolConfirmed: false }, ON, SHANXI)).toMatchObject([
      { code: 'SUSPENSION_NOT_APPROVED', ownerLevel: 'SCHOOL' },
    ]);
    const registered = { ...approved, authority: 'REGISTERED' } as const;
    expect(judgeSuspensionEffect(registered, '2025-01-03', ELSEWHERE)).toHaveLength(1);
    const untouched = { ...approved, authority: 'NOTHING' } as const;
    expect(judgeSuspensionEffect(untouched, '2025-01-02', ELSEWHERE)).toHaveLength(1);
  });

  it(breaks('ENR-42', 'for isolation is none either before the competent authority has approved'), () => {
    const isolated = { ...approved, ground: 'INFECTIOUS_DISEASE', initiator: 'SCHOOL' } as const;
    expect(judgeSuspensionEffect(isolated, ON, SHANXI)).toMatchObject([
      { ruleId: 'ENR-42', outcome: 'REJECT', code: 'SUSPENSION_NOT_APPROVED' },
    ]);
    expect(judgeSuspensionEffect({ ...isolated, competentAuthorityApproved: true }, ON, SHANXI)).toEqual([]);
    expect(judgeSuspensionEffect({ ...isolated, initiator: 'GUARDIAN' }, ON, SHANXI)).toEqual([]);
  });

  it('is due ten working days after the application, and ten after the confirmation', () => {
    const at = new Date('2026-09-01T23:59:59+08:00');
    expect(suspensionConfirmationDue(at, SHANXI, workingDayCalendar()).dueDate).toBe('2026-09-15');
    const next = new Date('2026-09-02T00:00:00+08:00');
    expect(suspensionDecisionDue(next, SHANXI, workingDayCalendar()).dueDate).toBe('2026-09-16');
  });
});
