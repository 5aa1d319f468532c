import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';

/** Who wants the transfer, and how it was asked for. */
export type ApplicationFacts = {
  stage: Stage;
  /** SCHOOL: a school told the pupil to go. */
  wantedBy: 'FAMILY' | 'SCHOOL';
  /** A guardian on file applied with their own login. */
  guardianApplied: boolean;
  /** The guardian's written application is uploaded. */
  writtenApplication: boolean;
};

/**
 * A transfer begins with the application of a parent or guardian (TRF-05, Shanxi and Beiguan), and no school of
 * compulsory education orders a pupil to go (TRF-44, Beiguan). For a school that starts a case because the pupil attends
 * already, or because the national check found a record (TRF-53), the guardian applies all the same.
 */
export const judgeApplication = (facts: ApplicationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { stage } = facts;
  const where = { on, place, stage };
  return [
    ...(facts.guardianApplied || facts.writtenApplication
      ? []
      : findingIfInForce('TRF-05', {
          message: '转学须由父母或其他法定监护人提出申请。',
          messageEn: 'A transfer begins with the application of a parent or guardian.',
          path: ['application'],
          remedy: '请监护人在移动端申请，或由学校上传监护人的书面申请。',
          ownerLevel: 'GUARDIAN',
          ...where,
        })),
    ...(facts.wantedBy === 'SCHOOL' && isCompulsory(stage)
      ? findingIfInForce('TRF-44', {
          message: '义务教育阶段学校不得责令学生转学。',
          messageEn: 'A school of compulsory education does not order a pupil to transfer.',
          path: ['application'],
          remedy: '请停止办理；家长自愿转学的，由监护人提出申请。',
          ownerLevel: 'SCHOOL',
          ...where,
        })
      : []),
  ];
};
