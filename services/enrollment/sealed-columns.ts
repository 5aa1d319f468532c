import { personFormContext } from '#libs/contracts/person-form.ts';
import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { rowContext, rowNameContext } from './batch/add-row.ts';
import { actionContext, childContext } from './dropout/entry.ts';
import { deferralContext } from './entry/deferral-rows.ts';
import { placeContext } from './entry/place-rows.ts';
import { contactContext } from './marks/contact.ts';
import { noticeContext } from './notices/notice.ts';
import { type Matter, matterContext } from './overseas/matter-rows.ts';

/** What enrollment keeps sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'intake', column: 'sealed', from: ['intake_id'], context: personFormContext },
  { table: 'grade_batch_row', column: 'sealed', from: ['row_id'], context: rowContext },
  { table: 'grade_batch_row', column: 'sealed_name', from: ['row_id'], context: rowNameContext },
  { table: 'dropout_entry', column: 'sealed', from: ['entry_id'], context: childContext },
  {
    ...{ table: 'dropout_action', column: 'sealed', from: ['entry_id', 'ordinal'] },
    context: (entry, ordinal) => actionContext(entry, Number(ordinal)),
  },
  { table: 'guardian_contact', column: 'sealed', from: ['contact_id'], context: contactContext },
  { table: 'official_notice', column: 'sealed', from: ['notice_id'], context: noticeContext },
  { table: 'deferral', column: 'sealed', from: ['deferral_id'], context: deferralContext },
  { table: 'entry_place', column: 'sealed', from: ['place_id'], context: placeContext },
  {
    ...{ table: 'city_matter', column: 'sealed', from: ['enrollment_id', 'kind'] },
    context: (enrollment, kind) => matterContext({ enrollment, kind: kind as Matter['kind'] }),
  },
];
