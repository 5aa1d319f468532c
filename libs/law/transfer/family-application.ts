import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';

/**
 * What keeps a case from being started on a day and may be gone on another, without the family doing anything: the summer
 * stop (TRF-08), the time between the windows of cross-province study (TRF-38), a full grade (TRF-09), another matter of the registration (ENR-67).
 */
const GONE_BY_THE_START: ReadonlySet<string> = new Set([
  'TRANSFER_INITIATION_SUSPENDED',
  'CROSS_PROVINCE_STUDY_WINDOW_CLOSED',
  'NO_PLACE_AVAILABLE',
  'CASE_ALREADY_RUNNING',
]);

type Judged = Pick<Finding, 'code' | 'outcome'>;

/**
 * What a family's application meets of all that would stand against a start today. It is refused only for what is rejected
 * whoever asks and whenever; what may be gone by the start is shown as what waits, and the receiving school is judged again
 * when it starts (TRF-05).
 */
export const againstApplication = <Each extends Judged>(findings: readonly Each[]): Each[] =>
  findings.map((finding) =>
    finding.outcome === 'REJECT' && GONE_BY_THE_START.has(finding.code)
      ? { ...finding, outcome: 'HOLD' as const }
      : finding,
  );

/** What the receiving school looks at once it has the application, and what the family is asked to show for it. */
export type SchoolCheck =
  | 'REGISTRATION_INFO'
  | 'REASON_PROOF'
  | 'FREE_PLACE'
  | 'LOCAL_REQUIREMENTS'
  | 'COMPARABLE_LEVEL';

/** What is still to be checked by the receiving school (TRF-09 to TRF-12, TRF-22). */
export const checksOfSchool = (stage: Stage, on: IsoDate, place: LawPlace): SchoolCheck[] => [
  'REGISTRATION_INFO',
  'REASON_PROOF',
  'FREE_PLACE',
  ...(isCompulsory(stage) && isInForce('TRF-10', on, place, stage) ? ['LOCAL_REQUIREMENTS' as const] : []),
  ...(stage === 'SENIOR' && isInForce('TRF-11', on, place, stage) ? ['COMPARABLE_LEVEL' as const] : []),
];

/** A family that asks the county to arrange a school. */
export type ArrangementFacts = {
  stage: Stage;
  /** The school has declined for want of a place, or its grade has none now. */
  schoolIsFull: boolean;
};

/** True where the receiving county arranges a school for a family whose school of choice is full (TRF-10). */
export const isArrangedByCounty = (stage: Stage, on: IsoDate, place: LawPlace): boolean =>
  isCompulsory(stage) && isInForce('TRF-10', on, place, stage);

/** The county is asked once a school of compulsory education is full, and not before (TRF-10). `place`: of that school. */
export const judgeArrangementRequest = (
  { stage, schoolIsFull }: ArrangementFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  schoolIsFull
    ? []
    : findingIfInForce('TRF-10', {
        code: 'SCHOOL_NOT_FULL',
        outcome: 'REJECT',
        message: '拟转入学校尚有空余学位，也未以学位已满为由答复，暂不需要统筹安排。',
        messageEn: 'The school has a place free and has not declined for want of one.',
        path: ['application'],
        remedy: '请等待学校答复；学校答复学位已满的，再向转入地县级教育行政部门申请统筹安排。',
        ownerLevel: 'GUARDIAN',
        on,
        place,
        stage,
      });
