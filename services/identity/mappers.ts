import type { Finding } from '#libs/law/finding.ts';
import type { Guardian, IdentityDocument, Person, ProblemRecord, StudentNumber } from './entities.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = Person;
export type StudentNumberMapper = StudentNumber;
export type IdentityDocumentMapper = Pick<IdentityDocument, 'personId'> & {
  type: string;
  sealed: Uint8Array | null;
};
export type GuardianMapper = Guardian;
export type StudentProfileMapper = Person;
export type ProblemRecordMapper = Omit<ProblemRecord, 'place' | 'settledAt'>;
export type FindingMapper = Finding;
