import type { RequestContext } from '#libs/platform/service/context.ts';
import type { CertificateReads } from './certificates/certificate-reads.ts';
import type { PrintReads } from './print/print-view.ts';
import type { WorkReads } from './work-reads.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & {
  certificates: CertificateReads;
  work: WorkReads;
  prints: PrintReads;
};
