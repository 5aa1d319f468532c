import type { Finding } from '#libs/law/finding.ts';
import type { Candidate } from './candidates/candidates.ts';
import type { DeletionRecord } from './deletion/deletion-rows.ts';
import type { Guardian, IdentityDocument, Person, StudentNumber } from './entities.ts';
import type { ChangeRecord } from './key-change/change-rows.ts';
import type { ItemView } from './key-change/change-view.ts';
import type { Turn } from './key-change/course.ts';
import type { Former } from './key-change/history.ts';
import type { KeptPaper } from './key-change/papers.ts';
import type { ProblemRow, ShownEvent } from './problems/problem-rows.ts';
import type { UpdateRecord } from './updates/update-record.ts';
import type { ShownChange, ShownFormer } from './updates/update-view.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = Person;
export type StudentNumberMapper = StudentNumber;
export type IdentityDocumentMapper = Pick<IdentityDocument, 'personId'> & {
  type: string;
  sealed: Uint8Array | null;
};
export type GuardianMapper = Guardian;
export type StudentProfileMapper = Person;
export type ProblemRecordMapper = ProblemRow;
export type ProblemRecordEventMapper = ShownEvent;
export type InformationUpdateMapper = UpdateRecord;
export type InformationChangeMapper = ShownChange;
export type FormerInformationMapper = ShownFormer;
export type DuplicateCandidateMapper = Candidate;
export type FindingMapper = Finding;
export type KeyInformationChangeMapper = ChangeRecord;
export type KeyInformationPaperMapper = KeptPaper;
export type KeyInformationStepMapper = Turn;
export type KeyInformationItemMapper = ItemView;
export type FormerKeyInformationMapper = Former;
export type NumberDeletionMapper = DeletionRecord;
