import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { judgeKind, knowsCompletion, type Outcome, outcomeOfStatus } from './kinds.ts';
import { judgeSeniorGraduation, type SeniorGraduationFacts } from './senior-graduation.ts';

/** A student at the end of a stage, as far as the outcome depends on it. An open problem record is no part of it (ENR-32). */
export type EndOfStudiesFacts = {
  stage: Stage;
  /** The time of study of the stage is over. */
  timeIsUp: boolean;
  /** Left before the end: withdrew, was expelled or ended studies otherwise. */
  leftUnfinished: boolean;
  /** Asked of senior students. */
  conditions: SeniorGraduationFacts | null;
};

/** The outcomes that the facts leave open, with every reason why others are not; none is open while studies go on. */
export type JudgedOutcome = { open: readonly Outcome[]; findings: Finding[] };

/**
 * How studies ended. In Shanxi primary and junior students graduate when their time is up (CRT-01, CRT-04); senior students who
 * meet the conditions graduate (CRT-02), those who do not complete (CRT-04), and who left unfinished is incomplete (CRT-05).
 * Where no text sets conditions the school's own judgement stands.
 */
export const outcomesOpen = (facts: EndOfStudiesFacts, on: IsoDate, place: LawPlace): JudgedOutcome => {
  enforces('ENR-32');
  const { stage } = facts;
  if (facts.leftUnfinished) {
    const against = judgeKind({ kind: 'INCOMPLETION', stage }, on, place);
    return { open: against.length === 0 ? ['INCOMPLETION'] : [], findings: against };
  }
  if (!facts.timeIsUp) return { open: [], findings: [] };
  if (stage === 'SENIOR' && isInForce('CRT-02', on, place, stage)) {
    const unmet = judgeSeniorGraduation(facts.conditions ?? NOTHING_ON_FILE, on, place);
    return { open: [unmet.length === 0 ? 'GRADUATION' : 'COMPLETION'], findings: unmet };
  }
  const completes =
    knowsCompletion(stage) && judgeKind({ kind: 'COMPLETION', stage }, on, place).length === 0;
  return { open: completes ? ['GRADUATION', 'COMPLETION'] : ['GRADUATION'], findings: [] };
};

const NOTHING_ON_FILE: SeniorGraduationFacts = {
  schoolYears: 0,
  curriculumCompleted: null,
  credits: null,
  fitnessPassed: null,
  qualityMaterialsMeet: null,
  measures: [],
  test: [],
};

/** A student whom a school puts into a batch, with the outcome that it claims. */
export type Claim<Id> = { student: Id; claimed: Outcome; facts: EndOfStudiesFacts };

/** A batch once judged: who proceeds, and who does not with every reason. */
export type JudgedBatch<Id> = {
  proceed: { student: Id; outcome: Outcome }[];
  held: { student: Id; findings: Finding[] }[];
};

/**
 * Judges a batch student by student: one who does not qualify for what the school claims stands apart with every reason,
 * and the others proceed (CRT-07). Who was claimed to have completed and meets every condition has the right to graduate.
 */
export const judgeBatch = <Id>(
  claims: readonly Claim<Id>[],
  on: IsoDate,
  place: LawPlace,
): JudgedBatch<Id> => {
  const batch: JudgedBatch<Id> = { proceed: [], held: [] };
  for (const { student, claimed, facts } of claims) {
    const { open, findings } = outcomesOpen(facts, on, place);
    const applicable = judgeKind({ kind: claimed, stage: facts.stage }, on, place);
    if (open.includes(claimed) && applicable.length === 0) {
      batch.proceed.push({ student, outcome: claimed });
    } else {
      const reasons = applicable.length > 0 ? applicable : findings;
      const told = reasons.length > 0 ? reasons : contradicted(facts, claimed, open[0], on, place);
      batch.held.push({ student, findings: told });
    }
  }
  return batch;
};

/** The claim is another than the facts show, and no single condition says why. */
const contradicted = (
  { stage }: EndOfStudiesFacts,
  claimed: Outcome,
  judged: Outcome | undefined,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const spec = {
    code: 'OUTCOME_CONTRADICTED',
    outcome: 'REJECT' as const,
    message: judged
      ? '所报的毕业、结业、肄业类别与学籍记录不符。'
      : '该生学习期未满，也未终止学习，不能认定毕业、结业或肄业。',
    messageEn: judged
      ? `The facts show ${judged}, not ${claimed}.`
      : 'Studies have not ended; there is no outcome yet.',
    path: ['outcome'],
    remedy: judged ? '请按学籍记录重新分类上报。' : '请从本批次中移出该生。',
    ownerLevel: 'SCHOOL' as const,
    on,
    place,
    stage,
  };
  return isInForce('CRT-07', on, place, stage)
    ? findingIfInForce('CRT-07', spec)
    : findingIfInForce('ENR-30', spec);
};

/**
 * True where a text has the superior authority review what a school uploads (CRT-07). Elsewhere the school's outcome stands, and
 * the competent authority that provides the certificate judges it by issuing (CRT-08).
 */
export const asksReview = (on: IsoDate, place: LawPlace): boolean => isInForce('CRT-07', on, place);

/** A certificate is asked for; the outcome was uploaded by the registrar and reviewed by the superior authority, or not. */
export const judgeReviewed = (
  facts: { stage: Stage; reviewed: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.reviewed
    ? []
    : findingIfInForce('CRT-07', {
        message: '毕业、结业、肄业信息尚未经上级学籍管理部门审核，暂不能发放证书。',
        messageEn: 'The superior authority has not reviewed the outcome; no certificate is issued yet.',
        path: ['outcome'],
        remedy: '请学校上传分类结果，由上级学籍管理部门审核。',
        ownerLevel: 'COUNTY',
        on,
        place,
        stage: facts.stage,
      });

/** What the school is about to enter of a student at the end, and what was reviewed of it; null: nothing was. */
export type OperationFacts = { stage: Stage; asked: Outcome; reviewed: Outcome | null };

/**
 * The graduation operation of senior students where the conditions are set (CRT-02): the registration graduates or completes as
 * its outcome was uploaded and reviewed (CRT-07), and in no other way. Elsewhere the school's own judgement stands.
 */
export const judgeOperation = (
  { stage, asked, reviewed }: OperationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (stage !== 'SENIOR' || !isInForce('CRT-02', on, place, stage)) return [];
  if (reviewed === null) return judgeReviewed({ stage, reviewed: false }, on, place);
  if (reviewed === asked) return [];
  if (asked !== 'GRADUATION') {
    return contradicted(
      { stage, timeIsUp: true, leftUnfinished: false, conditions: null },
      asked,
      reviewed,
      on,
      place,
    );
  }
  return findingIfInForce('CRT-02', {
    message: '审核结果为结业，该生未达到毕业条件，不能毕业。',
    messageEn: 'The reviewed outcome is completion: the conditions of graduation are not met.',
    path: ['registrations'],
    remedy: '请按审核结果办理结业；毕业条件已达到的，请重新分类上报。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};

/**
 * An outcome beside the state of the registration. While studies go on it is uploaded and reviewed ahead of the graduation
 * operation; once they have ended it is what the state says, and before `mustHaveEnded` is asked nothing is issued.
 */
export const judgeAgainstStatus = (
  facts: { stage: Stage; outcome: Outcome; status: EnrollmentStatus; mustHaveEnded: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const shown = outcomeOfStatus(facts.status);
  if (shown === facts.outcome || (shown === undefined && !facts.mustHaveEnded)) return [];
  const ended = { stage: facts.stage, timeIsUp: true, leftUnfinished: false, conditions: null };
  return contradicted(ended, facts.outcome, shown, on, place);
};
