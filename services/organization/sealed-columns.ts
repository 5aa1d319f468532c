import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { phoneContext } from './registrar/registrar.ts';

/** What organization keeps sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'registrar', column: 'sealed_phone', from: ['registrar_id'], context: phoneContext },
];
