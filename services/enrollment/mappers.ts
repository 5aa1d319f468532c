import type { Step } from '#libs/law/procedure/course.ts';
import type { BatchRowView, BatchView } from './batch/list.ts';
import type { CaseRecord } from './cases/case-rows.ts';
import type { DecisionResult } from './commands/decide-registrations.ts';
import type { Action, Entry } from './dropout/entry.ts';
import type { EnrollmentKey } from './enrollment-id.ts';
import type { Enrollment, ImportJob, SchoolClass } from './entities.ts';
import type { Deferral } from './entry/deferral-rows.ts';
import type { EntryPlace } from './entry/place-rows.ts';
import type { RowProblem } from './import/problems/row-problem.ts';
import type { ImportRowView } from './import-list.ts';
import type { Contact } from './marks/contact.ts';
import type { NoticeView } from './notices/notice-list.ts';
import type { Matter } from './overseas/matter-rows.ts';
import type { FormFinding } from './registration/form-findings.ts';
import type { UploadView } from './upload-view.ts';
import type { Admission } from './yearly/admission-rows.ts';
import type { GraduationResult } from './yearly/graduate.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type SchoolMapper = { id: string };
export type EnrollmentMapper = Enrollment;
export type SchoolClassMapper = SchoolClass;
export type ImportJobMapper = ImportJob;
export type ImportRowMapper = ImportRowView;
export type NonGradeOneBatchMapper = BatchView;
export type NonGradeOneRowMapper = BatchRowView;
export type UploadMapper = UploadView;
export type FindingMapper = FormFinding;
/** A problem or warning of a row with its place on the form, or of the file as a whole. */
export type ImportProblemMapper = Partial<Pick<RowProblem, 'item' | 'path' | 'ruleId' | 'outcome'>> & {
  code: string;
  message: string;
  messageEn: string;
};
export type AdmissionMapper = Admission;
export type GraduationResultMapper = GraduationResult;
export type EnrollmentCaseMapper = CaseRecord;
export type CaseStepMapper = Step;
export type DropoutEntryMapper = Entry;
export type DropoutActionMapper = Action;
export type EntryPlaceMapper = EntryPlace;
export type EntryDeferralMapper = Deferral;
export type CityMatterMapper = Matter;
export type GuardianContactMapper = Contact;
export type OfficialNoticeMapper = NoticeView;
export type EnrollmentEdgeMapper = { cursor: string; node: EnrollmentKey };
export type DecidedRegistrationMapper = DecisionResult;
