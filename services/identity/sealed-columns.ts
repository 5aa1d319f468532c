import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { historyContext, proposalContext } from './key-change/values.ts';
import { documentContext, guardianContext, numberContext } from './person/claim-key.ts';
import { problemContext } from './problems/problem-rows.ts';
import { updateContext } from './updates/update-record.ts';

/** What identity keeps sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'identity_document', column: 'sealed', from: ['person_id'], context: documentContext },
  {
    ...{ table: 'guardian', column: 'sealed_document', from: ['person_id', 'position'] },
    context: (person, position) => guardianContext(person, Number(position)),
  },
  { table: 'student_number', column: 'sealed', from: ['person_id'], context: numberContext },
  { table: 'information_update', column: 'sealed', from: ['update_id'], context: updateContext },
  { table: 'information_history', column: 'sealed', from: ['update_id'], context: updateContext },
  { table: 'key_change', column: 'sealed', from: ['change_id'], context: proposalContext },
  { table: 'key_history', column: 'sealed', from: ['change_id'], context: historyContext },
  { table: 'problem_event', column: 'sealed', from: ['problem_id'], context: problemContext },
];
