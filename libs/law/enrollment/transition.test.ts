import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace, Stage } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type EnrollmentStatus, type StatusEvent, statusAfter } from './status.ts';
import { judgeTransition } from './transition.ts';
import { EVENT_NAMES, STATUS_NAMES } from './transition-words.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const STAGES: readonly Stage[] = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'];
const keysOf = <K extends string>(table: Record<K, string>): K[] => Object.keys(table) as K[];
const STATUSES = keysOf(STATUS_NAMES);
const EVENTS = keysOf(EVENT_NAMES);

const judge = (
  status: EnrollmentStatus,
  event: StatusEvent,
  stage: Stage = 'JUNIOR',
  place: LawPlace = SHANXI,
  on = ON,
) =>
  judgeTransition({ status, event, stage }, on, place).map(
    ({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`,
  );

/** W-02 in words of its own: status, event, next status, stages (E every, S not preschool, M junior and senior, H senior). */
const W02 = `
PENDING_APPROVAL APPROVE IN_SCHOOL E
PENDING_APPROVAL SEND_BACK RETURNED_TO_SCHOOL E
PENDING_APPROVAL REFUSE REFUSED E
RETURNED_TO_SCHOOL RESUBMIT PENDING_APPROVAL E
IN_SCHOOL SUSPEND SUSPENDED S
SUSPENDED RESUME IN_SCHOOL S
IN_SCHOOL GRADUATE GRADUATED E
GRADUATED ADMIT ADMITTED E
GRADUATED ADMIT_CROSS_PROVINCE ADMITTED S
ADMITTED REPORT IN_SCHOOL E
ADMITTED CANCEL_ADMISSION ADMISSION_CANCELLED H
IN_SCHOOL CANCEL_ADMISSION ADMISSION_CANCELLED H
ADMISSION_CANCELLED RELEASE_FOR_ADMISSION GRADUATED E
ADMITTED ROLL_BACK_ADMISSION GRADUATED E
GRADUATED ROLL_BACK_GRADUATION IN_SCHOOL E
IN_SCHOOL COMPLETE COMPLETED M
IN_SCHOOL WITHDRAW WITHDRAWN H
SUSPENDED WITHDRAW WITHDRAWN H
WITHDRAWN DECLARE_INCOMPLETE WITHDRAWN H
EXPELLED DECLARE_INCOMPLETE EXPELLED H
IN_SCHOOL EXPEL EXPELLED H
IN_SCHOOL LEAVE_OTHERWISE LEFT_OTHER S
IN_SCHOOL GO_ABROAD ABROAD S
ABROAD TAKE_UP_AFTER_TRANSFER IN_SCHOOL S
LEFT_OTHER TAKE_UP_AFTER_TRANSFER IN_SCHOOL S
WITHDRAWN TAKE_UP_AFTER_TRANSFER IN_SCHOOL S
EXPELLED TAKE_UP_AFTER_TRANSFER IN_SCHOOL S
LEFT_OTHER COME_BACK IN_SCHOOL S
ABROAD RETURN_FROM_ABROAD IN_SCHOOL S
IN_SCHOOL ENTER_SPECIALIZED_SCHOOL IN_SCHOOL S
IN_SCHOOL LEAVE_SPECIALIZED_SCHOOL IN_SCHOOL S
`;

const STAGES_BY_SIGN: Readonly<Record<string, readonly Stage[]>> = {
  H: ['SENIOR'],
  M: ['JUNIOR', 'SENIOR'],
  S: ['PRIMARY', 'JUNIOR', 'SENIOR'],
};
const stagesOf = (sign = ''): readonly Stage[] => STAGES_BY_SIGN[sign] ?? STAGES;

const expected = new Map<string, string | undefined>(
  W02.trim()
    .split('\n')
    .flatMap((line) => {
      const [status, event, next, sign] = line.split(' ');
      return stagesOf(sign).map((stage) => [`${status} ${event} ${stage}`, next] as const);
    }),
);
for (const status of STATUSES.filter((status) => status !== 'CANCELLED' && status !== 'REFUSED')) {
  for (const stage of STAGES) expected.set(`${status} DIE ${stage}`, 'CANCELLED');
}

const triples = STATUSES.flatMap((status) =>
  EVENTS.flatMap((event) => STAGES.map((stage) => ({ status, event, stage }))),
);

describe('the status of a registration', () => {
  it('takes the transitions of the lifecycle and no other', () => {
    for (const { status, event, stage } of triples) {
      const key = `${status} ${event} ${stage}`;
      expect(`${key} ${statusAfter(status, event, stage)}`).toBe(`${key} ${expected.get(key)}`);
    }
  });

  it('is refused every other one, with a rule that is in force, at every time and place', () => {
    for (const facts of triples) {
      const exists = expected.has(`${facts.status} ${facts.event} ${facts.stage}`);
      const isJuniorCompletion = facts.event === 'COMPLETE' && facts.stage === 'JUNIOR';
      for (const place of PLACES) {
        for (const on of ['2013-09-01', '2016-06-06', '2024-12-31', '2026-02-09', ON, '2031-03-01']) {
          const lawful = exists && !(isJuniorCompletion && place === SHANXI && on === ON);
          const findings = judgeTransition(facts, on, place);
          expect(findings).toHaveLength(lawful ? 0 : 1);
          for (const { outcome, basis, remedy } of findings) {
            expect([outcome, basis.length > 0, remedy !== undefined]).toEqual(['REJECT', true, true]);
          }
        }
      }
    }
  });

  it('is never left by a pupil for whom no text provides', () => {
    for (const { status, event, stage } of triples.filter(({ event }) => event === 'CANCEL')) {
      expect(statusAfter(status, event, stage)).toBeUndefined();
    }
    expect(judge('IN_SCHOOL', 'SUSPEND', 'JUNIOR', SHANXI, '2013-08-31')).toEqual([]);
    expect(judge('GRADUATED', 'SUSPEND', 'JUNIOR', SHANXI, '2013-08-31')).toEqual([
      'ORG-25 REJECT POLICY_NOT_IN_FORCE',
    ]);
  });
});

describe('the rule behind a refusal', () => {
  it(holds('ENR-27', 'a graduate is admitted and is in school after reporting'), () => {
    expect(judge('GRADUATED', 'ADMIT')).toEqual([]);
    expect(judge('GRADUATED', 'ADMIT_CROSS_PROVINCE')).toEqual([]);
    expect(judge('ADMITTED', 'REPORT')).toEqual([]);
  });

  it(breaks('ENR-27', 'nobody else is admitted, and who has not reported is no pupil of the school'), () => {
    for (const status of ['IN_SCHOOL', 'ADMITTED', 'COMPLETED', 'WITHDRAWN', 'LEFT_OTHER'] as const) {
      expect(judge(status, 'ADMIT')).toEqual(['ENR-27 REJECT NOT_GRADUATED']);
      expect(judge(status, 'ADMIT_CROSS_PROVINCE')).toEqual(['ENR-27 REJECT NOT_GRADUATED']);
    }
    expect(judge('ADMITTED', 'SUSPEND')).toEqual(['ENR-27 REJECT NOT_REPORTED']);
    expect(judge('GRADUATED', 'REPORT')).toEqual(['ENR-27 REJECT NOT_ADMITTED']);
  });

  it(breaks('ENR-53', 'in compulsory education nobody is withdrawn or expelled, whatever the status'), () => {
    for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
      for (const status of STATUSES.filter((status) => status !== 'CANCELLED' && status !== 'REFUSED')) {
        for (const place of PLACES) {
          expect(judge(status, 'WITHDRAW', stage, place)).toEqual([
            'ENR-53 REJECT WITHDRAWAL_FORBIDDEN_COMPULSORY',
          ]);
          expect(judge(status, 'EXPEL', stage, place)).toEqual([
            'ENR-53 REJECT EXPULSION_FORBIDDEN_COMPULSORY',
          ]);
        }
      }
    }
  });

  it(holds('ENR-43', 'a suspended pupil resumes, or as a senior withdraws'), () => {
    expect(judge('SUSPENDED', 'RESUME')).toEqual([]);
    expect(judge('SUSPENDED', 'WITHDRAW', 'SENIOR')).toEqual([]);
  });

  it(breaks('ENR-43', 'nothing else takes the registration away while suspended'), () => {
    for (const event of ['GRADUATE', 'LEAVE_OTHERWISE', 'GO_ABROAD', 'CANCEL'] as const) {
      for (const place of PLACES) {
        expect(judge('SUSPENDED', event, 'JUNIOR', place)).toEqual([
          'ENR-43 REJECT SUSPENDED_REGISTRATION_PROTECTED',
        ]);
      }
    }
    expect(judge('SUSPENDED', 'EXPEL', 'SENIOR')).toEqual(['ENR-43 REJECT SUSPENDED_REGISTRATION_PROTECTED']);
    expect(judge('SUSPENDED', 'TAKE_UP_AFTER_TRANSFER')).toEqual(['TRF-20 REJECT SUSPENDED']);
  });

  it(breaks('CRT-04', 'in Shanxi nobody completes junior school, and nowhere anybody primary school'), () => {
    expect(judge('IN_SCHOOL', 'COMPLETE')).toEqual(['CRT-04 REJECT TYPE_NOT_APPLICABLE']);
    expect(judge('IN_SCHOOL', 'COMPLETE', 'JUNIOR', SHANXI, '2026-02-09')).toEqual([]);
    expect(judge('IN_SCHOOL', 'COMPLETE', 'JUNIOR', ELSEWHERE)).toEqual([]);
    expect(judge('IN_SCHOOL', 'COMPLETE', 'PRIMARY', ELSEWHERE)).toEqual([
      'ENR-67 REJECT STATUS_DOES_NOT_ALLOW',
    ]);
  });

  it(breaks('ENR-08', 'a registration that waits for approval knows nothing but the decision'), () => {
    expect(judge('PENDING_APPROVAL', 'SUSPEND')).toEqual(['ENR-08 REJECT NEW_REGISTRATION_NOT_APPROVED']);
    expect(judge('IN_SCHOOL', 'APPROVE')).toEqual(['ENR-08 REJECT NOT_WAITING_FOR_APPROVAL']);
    expect(judge('PENDING_APPROVAL', 'RESUBMIT')).toEqual(['ENR-08 REJECT NEW_REGISTRATION_NOT_APPROVED']);
    expect(judge('IN_SCHOOL', 'RESUBMIT')).toEqual(['ENR-08 REJECT NOT_RETURNED_TO_SCHOOL']);
    expect(judge('REFUSED', 'DIE')).toEqual(['ENR-08 REJECT REGISTRATION_ENDED']);
  });

  it('is that of the event where the status alone forbids it', () => {
    expect(judge('CANCELLED', 'RESUME')).toEqual(['ENR-63 REJECT REGISTRATION_ENDED']);
    expect(judge('IN_SCHOOL', 'CANCEL')).toEqual(['ENR-64 REJECT CANCELLATION_REASON_NOT_ALLOWED']);
    expect(judge('IN_SCHOOL', 'CANCEL', 'JUNIOR', ELSEWHERE, '2025-01-02')).toEqual([
      'ENR-63 REJECT CANCELLATION_REASON_NOT_ALLOWED',
    ]);
    expect(judge('ADMITTED', 'CANCEL_ADMISSION')).toEqual(['ENR-15 REJECT REASSIGN_SCHOOL']);
    expect(judge('ADMITTED', 'CANCEL_ADMISSION', 'JUNIOR', ELSEWHERE)).toEqual([
      'ENR-53 REJECT STATUS_DOES_NOT_ALLOW',
    ]);
    expect(judge('ADMITTED', 'ROLL_BACK_GRADUATION')).toEqual(['ENR-35 REJECT ROLLBACK_NOT_ALLOWED']);
    expect(judge('GRADUATED', 'ROLL_BACK_ADMISSION')).toEqual(['ENR-34 REJECT ROLLBACK_NOT_ALLOWED']);
    expect(judge('GRADUATED', 'TAKE_UP_AFTER_TRANSFER')).toEqual(['TRF-21 REJECT STATUS_NOT_TRANSFERABLE']);
    expect(judge('IN_SCHOOL', 'SUSPEND', 'PRESCHOOL')).toEqual(['PRE-01 REJECT CHANGE_TYPE_UNKNOWN']);
    expect(judge('GRADUATED', 'EXPEL', 'SENIOR')).toEqual(['ENR-67 REJECT STATUS_DOES_NOT_ALLOW']);
    expect(judge('SUSPENDED', 'SUSPEND')).toEqual(['ENR-39 REJECT STATUS_DOES_NOT_ALLOW']);
  });
});
