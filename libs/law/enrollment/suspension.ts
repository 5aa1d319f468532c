import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import {
  judgeSuspensionGround,
  type SuspensionCause,
  type SuspensionGroundFacts,
} from './suspension-grounds.ts';
import { judgeSuspensionLength, type SuspensionLengthFacts } from './suspension-length.ts';
import { judgeSuspensionPapers, type SuspensionPaperFacts } from './suspension-papers.ts';

/** Everything the law looks at in an application for suspension; a renewal is a new one (form F2, W-13). */
export type SuspensionFacts = SuspensionGroundFacts & SuspensionPaperFacts & SuspensionLengthFacts;

/** An application for suspension or for its renewal: ground, papers, length, nearness of graduation. */
export const judgeSuspension = (facts: SuspensionFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  return [
    ...judgeSuspensionGround(facts, on, place),
    ...judgeSuspensionPapers(facts, on, place),
    ...judgeSuspensionLength(facts, on, place),
  ];
};

/** How far a suspension has come before it takes effect. */
export type SuspensionDecisionFacts = {
  stage: Stage;
  ground: SuspensionCause;
  initiator: 'GUARDIAN' | 'SCHOOL';
  schoolConfirmed: boolean;
  /** What the superior registry authority has done with it. */
  authority: 'NOTHING' | 'REGISTERED' | 'APPROVED';
  /**
   * A disease that the school brings (ENR-42): the competent authority has approved. Where it is the registry
   * authority too, its one approval is both.
   */
  competentAuthorityApproved?: boolean;
};

/**
 * A pupil is suspended once the school has confirmed and the superior registry authority has approved (ENR-39; under
 * the 2013 measure alone it was enough that the authority registered it, CF-08).
 */
export const judgeSuspensionEffect = (
  facts: SuspensionDecisionFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const { stage, authority } = facts;
  const needed = requireValue('suspensionNeedsApproval', place, on, { stage });
  const decided = authority === 'APPROVED' || (needed === 'REGISTERED' && authority === 'REGISTERED');
  const isolated = facts.initiator === 'SCHOOL' && facts.ground === 'INFECTIOUS_DISEASE';
  return [
    ...(facts.schoolConfirmed ? [] : [notConfirmed(on, place, stage)]),
    ...(isolated && !facts.competentAuthorityApproved ? notApprovedAsDisease(on, place, stage) : []),
    ...(decided ? [] : [notApproved(needed, on, place, stage)]),
  ];
};

/** When the school should have confirmed an application (ENR-39: promptly, read as ten working days). */
export const suspensionConfirmationDue = (
  appliedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => promptlyAfter(appliedAt, place, calendar);

/** When the authority should have decided on what the school confirmed (ENR-39: as above). */
export const suspensionDecisionDue = (
  confirmedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => promptlyAfter(confirmedAt, place, calendar);

const promptlyAfter = (at: Date, place: LawPlace, calendar: WorkingDayCalendar): WorkingDayDeadline =>
  deadlineAfter(at, requireValue('promptly', place, shanghaiDate(at)), calendar);

const notConfirmed = (on: IsoDate, place: LawPlace, stage: Stage): Finding =>
  finding('ENR-39', {
    message: '学校尚未确认该休学申请。',
    messageEn: 'The school has not confirmed the suspension.',
    remedy: '请学校核实申请和材料后确认。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });

const notApproved = (
  needed: 'REGISTERED' | 'APPROVED',
  on: IsoDate,
  place: LawPlace,
  stage: Stage,
): Finding =>
  finding('ENR-39', {
    message: needed === 'APPROVED' ? '休学尚未经上级学籍主管部门核准。' : '休学尚未经学籍主管部门登记。',
    messageEn: `The superior registry authority has not ${needed.toLowerCase()} the suspension.`,
    remedy: '请等待或催办主管部门；病假期间按请假办理。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });

const notApprovedAsDisease = (on: IsoDate, place: LawPlace, stage: Stage): Finding[] =>
  findingIfInForce('ENR-42', {
    code: 'SUSPENSION_NOT_APPROVED',
    message: '因传染病隔离治疗休学，尚未经主管教育行政部门核准。',
    messageEn: 'The competent authority has not approved the suspension for isolation.',
    remedy: '请将医院证明材料报主管教育行政部门核准。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage,
  });
