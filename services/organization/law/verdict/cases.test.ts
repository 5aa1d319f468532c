import fc from 'fast-check';
import { addDays, type IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '#libs/law/testing/places.ts';
import { TRANSFER_GROUNDS } from '#libs/law/transfer/grounds.ts';
import { CASE_KINDS } from '#libs/law/transfer/kinds.ts';
import {
  judgeChangeCase,
  judgeEntryCase,
  judgeGradeChangeCase,
  judgeSuspensionCase,
  judgeWithdrawalCase,
  type Situation,
} from './school-cases.ts';
import { judgeTransferCase } from './transfer-case.ts';

const place = fc.constantFrom(SHANXI, BEIGUAN, ELSEWHERE, { province: '000000' });
const stage = fc.constantFrom('PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR');
/** From the first measure to two years after the Shanxi rules end. */
const day = fc.nat(7_200).map((days): IsoDate => addDays('2013-09-01', days));
const situation: fc.Arbitrary<Situation> = fc.record({ place, on: day, stage });
const grade = fc.integer({ min: 1, max: 12 });
const yes = fc.boolean();
const status = fc.constantFrom(
  ...(['PENDING_APPROVAL', 'RETURNED_TO_SCHOOL', 'REFUSED', 'IN_SCHOOL', 'SUSPENDED', 'GRADUATED'] as const),
  ...(['ADMITTED', 'COMPLETED', 'WITHDRAWN', 'EXPELLED', 'ABROAD', 'LEFT_OTHER', 'CANCELLED'] as const),
  'ADMISSION_CANCELLED',
);

const entry = fc.record({
  ...{ grade, fullYears: fc.nat(30), otherProvince: yes, season: fc.constantFrom('AUTUMN', 'SPRING') },
  channel: fc.constantFrom(
    ...(['PRESCHOOL_LINK', 'PRIMARY_GRADE_ONE', 'NON_GRADE_ONE_BATCH', 'OVERSEAS'] as const),
    'PREVIOUS_RECORD_TRANSFER',
  ),
});
const change = fc.record({
  status,
  event: fc.constantFrom(
    ...(['APPROVE', 'SUSPEND', 'RESUME', 'GRADUATE', 'COMPLETE', 'WITHDRAW', 'EXPEL', 'DIE'] as const),
    ...(['ADMIT', 'REPORT', 'CANCEL_ADMISSION', 'GO_ABROAD', 'TAKE_UP_AFTER_TRANSFER', 'CANCEL'] as const),
  ),
});
const suspension = fc.record({
  cause: fc.constantFrom(
    ...(['ILLNESS', 'INFECTIOUS_DISEASE', 'FORCE_MAJEURE', 'LONG_LEAVE', 'OTHER_SPECIAL'] as const),
  ),
  missedHours: fc.option(fc.nat(5_000)),
  termHours: fc.option(fc.nat(5_000)),
  ...{ from: day, to: day, monthsBefore: fc.nat(120), term: fc.constantFrom(1, 2) },
  ...{ bySchool: yes, writtenApplication: yes, papers: yes, graduatingGrade: yes },
});
const withdrawal = fc.record({ illness: yes, writtenApplication: yes, papers: yes });
const gradeChange = fc.record({ kind: fc.constantFrom('GRADE_SKIP', 'GRADE_REPEAT'), bySchool: yes });
const transfer = fc.record({
  ...{ from: fc.constant('140106'), kind: fc.constantFrom(...CASE_KINDS), fromStage: stage },
  ...{ fromGrade: grade, grade, status, appliedOn: fc.option(day) },
  ...{ ground: fc.constantFrom(...TRANSFER_GROUNDS), proven: yes, meetsLocalRequirements: yes },
  ...{ placeFree: yes, privateSchool: yes, underDiscipline: yes, guardianApplied: yes, papers: yes },
});

/** Whatever is asked has an answer of which every word rests on something. */
const isAnswer = (findings: readonly Finding[]): void => {
  for (const { ruleId, code, message, basis } of findings) {
    expect([ruleId, code, message].every((text) => text !== '')).toBe(true);
    expect([code, basis.length]).not.toEqual([code, 0]);
  }
};

const always = <Asked>(asked: fc.Arbitrary<Asked>, judge: (asked: Asked, at: Situation) => Finding[]): void =>
  fc.assert(
    fc.property(asked, situation, (one, at) => isAnswer(judge(one, at))),
    { numRuns: 1_000 },
  );

describe('any case at any place on any day since the first measure has an answer with articles', () => {
  test('of entry', () => always(entry, judgeEntryCase));
  test('of a change of status', () => always(change, judgeChangeCase));
  test('of a suspension', () => always(suspension, judgeSuspensionCase));
  test('of a withdrawal', () => always(withdrawal, judgeWithdrawalCase));

  test('of skipping and repeating, whatever the province has set', () => {
    const setting = fc.option(fc.constantFrom('FORBIDDEN', 'CITY', 'COUNTY'));
    always(fc.tuple(gradeChange, setting), ([asked, set], at) => judgeGradeChangeCase(asked, at, set));
  });

  test('of a transfer, between any two places', () => {
    always(fc.tuple(transfer, place), ([asked, source], at) =>
      judgeTransferCase(asked, at, {
        source: { code: '140106', place: source, calendar: null },
        target: { code: '140105', place: at.place, calendar: null },
      }),
    );
  });
});
