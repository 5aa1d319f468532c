import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { enquiryContext } from './enquiry/enquiry.ts';
import { noteContext } from './history/line.ts';
import { reporterContext, wordsContext } from './tickets/words.ts';

/** What complaint-ticket keeps sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'ticket', column: 'sealed', from: ['ticket_id'], context: wordsContext },
  { table: 'ticket_reporter', column: 'sealed', from: ['ticket_id'], context: reporterContext },
  { table: 'ticket_line', column: 'sealed', from: ['ticket_id', 'line'], context: noteContext },
  { table: 'number_enquiry', column: 'sealed', from: ['enquiry_id'], context: enquiryContext },
];
