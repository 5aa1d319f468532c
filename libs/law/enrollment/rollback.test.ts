import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  type AdmissionRollbackFacts,
  type GraduationRollbackFacts,
  graduationRollbackDue,
  judgeAdmissionRollback,
  judgeGraduationRollback,
} from './rollback.ts';

const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();
const said = (findings: ReturnType<typeof judgeAdmissionRollback>) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the rollback of an admission', () => {
  const admitted = (changes: Partial<AdmissionRollbackFacts> = {}): AdmissionRollbackFacts => ({
    status: 'ADMITTED',
    reported: false,
    byRegistryAuthority: true,
    ...changes,
  });

  it(holds('ENR-34', 'is open to the registry authority while the pupil has not reported'), () => {
    for (const place of PLACES) expect(judgeAdmissionRollback(admitted(), '2026-09-01', place)).toEqual([]);
  });

  it(
    breaks('ENR-34', 'is refused ROLLBACK_NOT_ALLOWED after reporting, in another state and to others'),
    () => {
      const wrong = [
        { reported: true },
        { status: 'IN_SCHOOL' },
        { status: 'GRADUATED' },
        { byRegistryAuthority: false },
      ];
      for (const changes of wrong) {
        for (const place of PLACES) {
          expect(said(judgeAdmissionRollback(admitted(changes), '2026-09-01', place))).toEqual([
            'ENR-34 REJECT ROLLBACK_NOT_ALLOWED',
          ]);
        }
      }
    },
  );

  it('is provided for since the notice of 2016', () => {
    expect(said(judgeAdmissionRollback(admitted(), '2016-06-05', ELSEWHERE))).toEqual([
      'ORG-27 REJECT POLICY_UNRESOLVED',
    ]);
    expect(judgeAdmissionRollback(admitted(), '2016-06-06', ELSEWHERE)).toEqual([]);
  });
});

describe('the rollback of a graduation', () => {
  const judge = (now: string, changes: Partial<GraduationRollbackFacts> = {}, place = ELSEWHERE) =>
    judgeGraduationRollback(
      {
        status: 'GRADUATED',
        graduatedAt: new Date('2026-07-10T15:00:00+08:00'),
        byRegistryAuthority: true,
        ...changes,
      },
      new Date(now),
      place,
      calendar,
    );

  it(holds('ENR-35', 'is open for half a year, the last day to its last second'), () => {
    for (const place of PLACES) expect(judge('2027-01-10T23:59:59.999+08:00', {}, place)).toEqual([]);
    const august = graduationRollbackDue(new Date('2026-08-31T09:00:00+08:00'), SHANXI, calendar);
    expect(august).toMatchObject({ dueDate: '2027-02-28', provisional: false });
  });

  it(breaks('ENR-35', 'at 00:00 of the next day the window is closed'), () => {
    for (const place of PLACES) {
      expect(judge('2027-01-11T00:00:00+08:00', {}, place)).toMatchObject([
        { ruleId: 'ENR-35', outcome: 'REJECT', code: 'ROLLBACK_WINDOW_CLOSED' },
      ]);
    }
  });

  it(breaks('ENR-34', 'an admission is rolled back first, and both faults are told at once'), () => {
    expect(judge('2026-10-01T00:00:00+08:00', { status: 'ADMITTED' })).toMatchObject([
      { ruleId: 'ENR-34', code: 'ROLLBACK_NOT_ALLOWED', message: expect.stringContaining('先办理招生回退') },
    ]);
    expect(said(judge('2027-01-11T00:00:00+08:00', { status: 'ADMITTED' }))).toEqual([
      'ENR-34 REJECT ROLLBACK_NOT_ALLOWED',
      'ENR-35 REJECT ROLLBACK_WINDOW_CLOSED',
    ]);
    expect(said(judge('2026-10-01T00:00:00+08:00', { status: 'IN_SCHOOL' }))).toHaveLength(1);
    expect(said(judge('2026-10-01T00:00:00+08:00', { byRegistryAuthority: false }))).toHaveLength(1);
  });

  it('is not for graduates of the time before the notice of 2016', () => {
    expect(
      said(judge('2016-07-01T00:00:00+08:00', { graduatedAt: new Date('2016-06-05T12:00:00+08:00') })),
    ).toEqual(['ORG-27 REJECT POLICY_UNRESOLVED']);
  });
});
