import { fullYears, type IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

const MAJORITY = 18;

/** What happens to a registration, as far as the archive must tell it apart. */
export type ArchivableChange =
  | 'REGISTERED'
  | 'SUSPENDED'
  | 'RESUMED'
  | 'TRANSFERRED'
  | 'WENT_ON'
  | 'GRADUATED'
  | 'COMPLETED'
  | 'WITHDRAWN'
  | 'EXPELLED'
  | 'WENT_ABROAD'
  | 'RETURNED'
  | 'LEFT_OTHER'
  | 'CAME_BACK'
  | 'GRADUATION_ROLLED_BACK'
  | 'GRADE_CHANGED'
  | 'CANCELLED'
  | 'INFORMATION_CHANGED'
  | 'MOBILE_UPDATE'
  | 'CERTIFICATE_ISSUED'
  | 'CERTIFICATE_REVOKED'
  | 'ENTERED_SPECIALIZED_SCHOOL'
  | 'LEFT_SPECIALIZED_SCHOOL';

const SPECIALIZED: ReadonlySet<ArchivableChange> = new Set([
  'ENTERED_SPECIALIZED_SCHOOL',
  'LEFT_SPECIALIZED_SCHOOL',
]);

/** True for a change of which the archive learns nothing (ARC-19); everywhere and at every age (ours, in the child's favour). */
export const isKeptOutOfArchive = (change: ArchivableChange): boolean => {
  enforces('ARC-19');
  return SPECIALIZED.has(change);
};

/** Something that somebody wants to file. `tellsOfSpecializedEducation`: it shows that the student received it. */
export type SpecializedEducationFacts = {
  stage: Stage;
  birthDate: IsoDate;
  /** The day on which the specialised education was received. */
  receivedOn: IsoDate;
  tellsOfSpecializedEducation: boolean;
};

/** That a minor received specialised education is not filed (ARC-19, Shanxi). */
export const judgeSpecializedEducation = (
  facts: SpecializedEducationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  !facts.tellsOfSpecializedEducation || fullYears(facts.birthDate, facts.receivedOn) >= MAJORITY
    ? []
    : findingIfInForce('ARC-19', {
        message: '未成年学生接受专门教育的情形不纳入学籍档案。',
        messageEn: 'That a minor received specialised education is not put into the archive.',
        path: ['kind'],
        remedy: '请撤去反映专门教育的内容后再归档。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      });
