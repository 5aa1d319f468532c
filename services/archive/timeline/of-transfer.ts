import * as transfer from '#libs/contracts/events/transfer.ts';
import type { LineKind } from './kinds.ts';
import { type Reader, reader } from './reader.ts';

const KINDS = [
  [transfer.TransferInitiated, 'TRANSFER_STARTED'],
  [transfer.CrossProvinceStudyInitiated, 'TRANSFER_STARTED'],
  [transfer.TransferRejected, 'TRANSFER_REJECTED'],
  [transfer.TransferWithdrawn, 'TRANSFER_WITHDRAWN'],
  [transfer.TransferPurged, 'TRANSFER_EXPIRED'],
  [transfer.TransferAutoCancelled, 'TRANSFER_EXPIRED'],
  [transfer.FileCalledUp, 'FILE_CALLED_UP'],
  [transfer.TransferCompleted, 'TRANSFER_COMPLETED'],
] as const satisfies readonly (readonly [unknown, LineKind])[];

/** Lines of what transfer tells: between which schools a case ran, and how it ended. */
export const readersOfTransfer: readonly Reader[] = KINDS.map(([kind, line]) =>
  reader<(typeof KINDS)[number][0]>(kind, ({ person, transfer: matter, source, target }) => ({
    ...{ person, kind: line, unit: source.school, toUnit: target.school, matter },
  })),
);
