import type { Certificate } from './certificates/certificate.ts';
import type { IssueOrder } from './issue/issue-order.ts';
import type { OutcomeBatch } from './outcomes/batch.ts';
import type { Outcome } from './outcomes/outcome.ts';
import type { Print } from './print/print.ts';
import type { CertificateFinding } from './procedure/own-finding.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type SchoolMapper = { id: string };
export type CertificateMapper = Certificate;
export type OutcomeBatchMapper = OutcomeBatch;
export type BatchOutcomeMapper = Outcome;
export type IssueOrderMapper = IssueOrder;
export type HeldOutcomeMapper = { student: string; findings: CertificateFinding[] };
export type FindingMapper = CertificateFinding;
export type CertificatePrintMapper = Print;
