import { z } from 'zod';
import { StudentReturned, StudentWentAbroad } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { startOfDay } from '#libs/law/dates.ts';
import { judgeGoingAbroad, judgeReturnFromAbroad } from '#libs/law/enrollment/abroad.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { standsStillFrom } from '../../assessment/progress.ts';
import type { CasePlan } from '../plan.ts';
import type { Situation } from '../situation.ts';
import { judgeMove } from './status.ts';

export const AbroadFacts = z.object({ leavesOn: Day });
export type AbroadFacts = z.infer<typeof AbroadFacts>;

/** Going abroad to study (W-17): a valid document is all that is asked; the school marks it. */
export const abroad: CasePlan<AbroadFacts> & { facts: typeof AbroadFacts } = {
  kind: 'ABROAD',
  facts: AbroadFacts,
  parties: () => ['SCHOOL'],
  judge: (_, situation) => {
    const { registration, lawPlace, policyOn, evidence } = situation;
    return [
      ...judgeMove('GO_ABROAD', situation),
      ...judgeGoingAbroad(
        {
          stage: registration.stage,
          documentShown: evidence.some(({ kind }) => kind === 'TRAVEL_DOCUMENT'),
        },
        policyOn,
        lawPlace,
      ),
    ];
  },
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: ({ leavesOn }, { registration }) => ({
    event: StudentWentAbroad,
    status: 'ABROAD',
    frozenAt: registration.frozenAt ?? startOfDay(leavesOn).toISOString(),
  }),
};

export const ReturnFacts = z.object({
  returnedOn: Day,
  /** Grade of the own stage that matches what was studied abroad. */
  grade: z.int().min(1).max(12),
});
export type ReturnFacts = z.infer<typeof ReturnFacts>;

const judgeReturn = (situation: Situation) => {
  const { registration, lawPlace, policyOn, evidence } = situation;
  return [
    ...judgeMove('RETURN_FROM_ABROAD', situation),
    ...judgeReturnFromAbroad(
      {
        stage: registration.stage,
        studyRecordPresent: evidence.some(({ kind }) => kind === 'STUDY_RECORD'),
        continuesOldRegistration: true,
        otherActiveRegistration: false,
      },
      policyOn,
      lawPlace,
    ),
  ];
};

/** Back from abroad at the own school (W-17): the old record goes on, in the grade that matches the study record. */
export const returning: CasePlan<ReturnFacts> & { facts: typeof ReturnFacts } = {
  kind: 'RETURN',
  facts: ReturnFacts,
  parties: () => ['SCHOOL', 'AUTHORITY'],
  judge: (_, situation) => judgeReturn(situation),
  due: (_, from, __, { lawPlace, calendar }) => decisionDue(from, lawPlace, calendar),
  effect: ({ grade }, situation) => ({
    event: StudentReturned,
    status: 'IN_SCHOOL',
    entryYearAdj: entryYearFor(Math.min(grade, situation.registration.lastGrade), situation.schoolYear),
    frozenAt: standsStillFrom(situation),
    overseasExperience: true,
  }),
};
