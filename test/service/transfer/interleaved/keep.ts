import type { Ground } from './ground.ts';

/** Everything that is kept of a case, in the order in which it is put back. */
const CASE_TABLES = [
  ['transfer.transfer_case', 'case_id'],
  ['transfer.transfer_step', 'case_id'],
  ['transfer.transfer_paper', 'case_id'],
  ['enrollment.place_reservation', 'transfer_id'],
] as const;

const REGISTRATION_TABLES = ['enrollment.school_class', 'enrollment.pupil', 'enrollment.enrollment'] as const;

const WRITTEN = [
  ...['transfer.transfer_paper', 'transfer.transfer_step', 'transfer.transfer_case', 'transfer.idempotency'],
  ...['transfer.outbox', 'enrollment.outbox', 'enrollment.transfer_move', 'enrollment.place_reservation'],
  ...[
    'enrollment.enrollment_case',
    'enrollment.official_notice',
    'enrollment.enrollment',
    'enrollment.pupil',
  ],
  'enrollment.school_class',
];

/** Statements that put rows back as they were. */
export type Kept = string;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const keepRows = async ({ admin }: Pick<Ground, 'admin'>, table: string, where: string): Promise<Kept> => {
  const { rows } = await admin.query<{ kept: string }>(
    `select coalesce(json_agg(r), '[]')::text as kept from (select * from ${table} where ${where}) r`,
  );
  return `insert into ${table} select * from json_populate_recordset(null::${table}, ${literal(rows[0]?.kept ?? '[]')});`;
};

export const keepCase = async (ground: Pick<Ground, 'admin'>, id: string): Promise<Kept> => {
  const kept: Kept[] = [];
  for (const [table, key] of CASE_TABLES) {
    kept.push(await keepRows(ground, table, `${key} = ${literal(id)}`));
  }
  return kept.join('\n');
};

export const keepRegistrations = async (ground: Pick<Ground, 'admin'>): Promise<Kept> => {
  const kept: Kept[] = [];
  for (const table of REGISTRATION_TABLES) kept.push(await keepRows(ground, table, 'true'));
  return kept.join('\n');
};

/** Takes away everything that a run has written and puts back what is kept, `seats` places at each receiving school. */
export const putBack = async (
  { admin, classes }: Pick<Ground, 'admin' | 'classes'>,
  kept: readonly Kept[],
  seats: number,
): Promise<void> => {
  await admin.query(
    [
      ...['begin', ...WRITTEN.map((table) => `delete from ${table}`)].map((text) => `${text};`),
      'update enrollment.upload set held_for = null, held_at = null, taken_at = null where held_for is not null;',
      ...kept,
      `update enrollment.school_class set capacity = ${seats} where class_id in ('${classes.a}', '${classes.b}');`,
      'commit;',
    ].join('\n'),
  );
};
