import type { Finding } from '#libs/law/finding.ts';
import type { BatchRowView, BatchView } from './batch/list.ts';
import type { DecisionResult } from './commands/decide-registrations.ts';
import type { EnrollmentKey } from './enrollment-id.ts';
import type { Enrollment, ImportJob, ImportRow, SchoolClass } from './entities.ts';
import type { RowProblem } from './import/problems/row-problem.ts';
import type { UploadView } from './upload-view.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type SchoolMapper = { id: string };
export type EnrollmentMapper = Enrollment;
export type SchoolClassMapper = SchoolClass;
export type ImportJobMapper = ImportJob;
export type ImportRowMapper = ImportRow;
export type NonGradeOneBatchMapper = BatchView;
export type NonGradeOneRowMapper = BatchRowView;
export type UploadMapper = UploadView;
export type FindingMapper = Finding;
/** A problem of a row with its place on the form, or of the file as a whole. */
export type ImportProblemMapper = Partial<Pick<RowProblem, 'item' | 'path' | 'ruleId'>> & {
  code: string;
  message: string;
  messageEn: string;
};
export type EnrollmentEdgeMapper = { cursor: string; node: EnrollmentKey };
export type DecidedRegistrationMapper = DecisionResult;
