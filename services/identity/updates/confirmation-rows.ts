import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** The fields that are known to change (ID-24), and those of the residence permit (ID-25): looked through each term. */
export const CHANGEABLE = [
  'isLeftBehind',
  'isMigrantChild',
  'politicalStatus',
  'currentAddress',
  'contactPhone',
  'householdAddress',
  'commuteDistance',
  'commuteMode',
  'hasResidencePermit',
  'residencePermitIssuer',
  'residencePermitIssueDate',
] as const;
export type ChangeableField = (typeof CHANGEABLE)[number];

const isChangeable = (field: string): field is ChangeableField => CHANGEABLE.some((each) => each === field);

/** Notes that somebody has said of fields today that they hold; fields that are not known to change are passed over. */
export const confirmFields = async (
  tx: Tx,
  { person, place }: { person: string; place: number },
  fields: readonly string[],
  { on, by }: { on: string; by: string },
): Promise<void> => {
  const known = fields.filter(isChangeable);
  if (known.length === 0) return;
  await execute(
    tx,
    `insert into field_confirmation (person_id, field, place, confirmed_on, confirmed_by)
     select $1, field, $2, $3, $4 from unnest($5::text[]) as field
     on conflict (person_id, field) do update set confirmed_on = excluded.confirmed_on,
       confirmed_by = excluded.confirmed_by`,
    [person, place, on, by, known],
  );
};

type Row = { person_id: string; field: string; confirmed_on: string };

/** On which day each field was last confirmed, by person; a field without one was last said when the form was. */
export const confirmationsOf = async (
  tx: Tx,
  persons: readonly string[],
): Promise<Map<string, Map<string, string>>> => {
  const rows = await query<Row>(
    tx,
    'select person_id, field, confirmed_on::text from field_confirmation where person_id = any($1::uuid[])',
    [persons],
  );
  const byPerson = new Map(persons.map((person) => [person, new Map<string, string>()]));
  for (const row of rows) byPerson.get(row.person_id)?.set(row.field, row.confirmed_on);
  return byPerson;
};
