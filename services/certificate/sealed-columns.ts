import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { contentContext } from './certificates/certificate-content.ts';
import { formContext } from './electronic/forms.ts';
import { statedContext } from './outcomes/outcome.ts';
import { notesContext } from './print/print.ts';

/**
 * What certificates keep sealed: what papers and electronic forms state, what schools stated of their
 * students, and what was noted of characters on a print.
 */
export const sealedColumns: readonly SealedColumn[] = [
  {
    ...{ table: 'certificate', column: 'content', from: ['person_id', 'certificate_id'] },
    context: (person, id) => contentContext({ person, id }),
  },
  {
    ...{ table: 'electronic_certificate', column: 'document', from: ['person_id', 'certificate_id'] },
    context: (_, certificate) => formContext(certificate),
  },
  {
    ...{ table: 'outcome', column: 'stated', from: ['person_id', 'outcome_id'] },
    context: (person, id) => statedContext({ person, id }),
  },
  { table: 'certificate_print', column: 'notes', from: ['print_id'], context: notesContext },
];
