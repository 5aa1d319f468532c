import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { applicantContext } from './applications/application-record.ts';
import { birthContext } from './cases/lookup.ts';

/** What transfer keeps sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'transfer_case', column: 'sealed', from: ['case_id'], context: birthContext },
  { table: 'transfer_application', column: 'sealed', from: ['application_id'], context: applicantContext },
];
