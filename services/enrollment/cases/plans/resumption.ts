import { StudentResumed } from '#libs/contracts/events/enrollment-status.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import {
  judgeResumption,
  type ResumptionProofKind,
  resumptionGrade,
} from '#libs/law/enrollment/resumption.ts';
import {
  judgeResumptionTime,
  resumptionDecisionDue,
  resumptionFilingDue,
} from '#libs/law/enrollment/resumption-time.ts';
import { standsStillFrom } from '../../assessment/progress.ts';
import type { CasePlan } from '../plan.ts';
import { hasApplication, proofsAmong } from '../proofs.ts';
import type { Situation } from '../situation.ts';
import { ResumptionFacts } from './resumption-facts.ts';
import { judgeMove } from './status.ts';
import { SuspensionFacts } from './suspension-facts.ts';

const kinds: readonly ResumptionProofKind[] = [
  'FITNESS_CERTIFICATE',
  'HOSPITAL_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'OTHER_VALID_PROOF',
];

/** The suspension that runs: the last that took effect. */
const runningSuspension = ({ cases }: Situation): SuspensionFacts | undefined => {
  const last = cases.findLast(({ kind, state }) => kind === 'SUSPENSION' && state === 'DONE');
  return last && SuspensionFacts.parse(last.facts);
};

/** The grade left, the one that the former classmates are in by now, and the last one of the stage. */
const gradesOf = ({ grade, registration, schoolYear }: Situation) => ({
  original: grade,
  classmates: schoolYear - registration.entryYearAdj + 1,
  last: registration.lastGrade,
});

/** Back after a suspension (W-13): the grade left, or the one of the former classmates; no repeating (ENR-36). */
export const resumption: CasePlan<ResumptionFacts> & { facts: typeof ResumptionFacts } = {
  kind: 'RESUMPTION',
  facts: ResumptionFacts,
  parties: () => ['SCHOOL', 'AUTHORITY'],
  judge: (facts, situation) => {
    const { registration, lawPlace, policyOn, evidence, today } = situation;
    const running = runningSuspension(situation);
    const grades = gradesOf(situation);
    const moves = judgeMove('RESUME', situation);
    if (running === undefined) return moves;
    return [
      ...moves,
      ...judgeResumption(
        {
          stage: registration.stage,
          ground: running.ground,
          ...(running.leaveKind ? { leaveKind: running.leaveKind } : {}),
          endsOn: registration.suspendedUntil ?? running.to,
          appliedOn: facts.returnedOn < today ? facts.returnedOn : today,
          writtenApplication: hasApplication(evidence),
          proofs: proofsAmong(evidence, kinds),
          resumeGrade: facts.resumeGrade,
          classmatesLeftStage: grades.classmates > grades.last,
        },
        policyOn,
        lawPlace,
      ),
    ];
  },
  judgeTime: (party, clock, stage, on, place) =>
    judgeResumptionTime({ ...clock, stage, step: party === 'SCHOOL' ? 'FILING' : 'DECISION' }, on, place),
  due: (party, from, facts, { lawPlace, calendar }) =>
    party === 'SCHOOL'
      ? resumptionFilingDue(facts.returnedOn, lawPlace, calendar)
      : resumptionDecisionDue(from, lawPlace, calendar),
  effect: (facts, situation) => {
    const grades = gradesOf(situation);
    const grade = resumptionGrade(facts.resumeGrade, grades) ?? grades.original;
    return {
      event: StudentResumed,
      status: 'IN_SCHOOL',
      entryYearAdj: entryYearFor(grade, situation.schoolYear),
      frozenAt: standsStillFrom(situation),
      suspendedUntil: null,
      dropoutMark: false,
    };
  },
};
