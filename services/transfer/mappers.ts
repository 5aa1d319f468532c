import type { ApplicationRecord } from './applications/application-record.ts';
import type { Attendance } from './attending/attendance.ts';
import type { CaseRecord, KeptStep } from './cases/case-record.ts';
import type { CaseFinding } from './cases/own-finding.ts';
import type { Fault } from './faults/fault.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type SchoolMapper = { id: string };
export type TransferCaseMapper = CaseRecord;
export type TransferApplicationMapper = ApplicationRecord;
export type TransferStepMapper = KeptStep & { isDraft: boolean; isEnded: boolean };
export type TransferBlockerMapper = CaseFinding;
export type FindingMapper = CaseFinding;
export type TransferAttendanceMapper = Attendance;
export type SystemFaultMapper = Fault;
