import type { NonBasicField } from '#libs/law/identity/field-dictionary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** A field that a province collects beside the basic set, as it was filed with the ministry (ID-20). */
export type ProvincialField = NonBasicField & { title: string; filedAt: string };

type Row = { province: string; name: string; title: string; filed_at: Date };

/** The fields that a province has filed, by name. */
export const provincialFieldsOf = async (tx: Tx, province: string): Promise<ProvincialField[]> =>
  (
    await query<Row>(
      tx,
      'select province, name, title, filed_at from provincial_field where province = $1 order by name',
      [province],
    )
  ).map(({ province: of, name, title, filed_at }) => ({
    province: of,
    name,
    title,
    filedAt: new Date(filed_at).toISOString(),
  }));
