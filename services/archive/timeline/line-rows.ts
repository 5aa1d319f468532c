import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import type { Custodian } from '#libs/law/archive/custody.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { LineKind } from './kinds.ts';
import type { Line, LinePosition } from './line.ts';

const columns: Columns = [
  ['person_id', 'uuid'],
  ['event_id', 'uuid'],
  ['at', 'timestamptz'],
  ['kind', 'text'],
  ['unit', 'text'],
  ['to_unit', 'text'],
  ['matter', 'uuid'],
  ['entry', 'int'],
  ['position', 'jsonb'],
  ['status', 'text'],
  ['custodian', 'jsonb'],
];

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Writes lines, each once. */
export const insertLines = async (tx: Tx, lines: readonly Line[]): Promise<void> => {
  await insertRows(
    tx,
    'life_line',
    columns,
    lines.map((line) => [
      ...[line.person, line.event, line.at, line.kind, line.unit, line.toUnit, line.matter, line.entry],
      ...[json(line.position), line.status, json(line.custodian)],
    ]),
    'on conflict (person_id, event_id) do nothing',
  );
};

type Row = {
  person: string;
  event: string;
  at: Date | string;
  kind: LineKind;
  unit: string | null;
  to_unit: string | null;
  matter: string | null;
  entry: number | null;
  position: LinePosition | null;
  status: EnrollmentStatus | null;
  custodian: Custodian | null;
};

const lineOfRow = ({ to_unit: toUnit, at, ...row }: Row): Line => ({
  ...row,
  toUnit,
  at: new Date(at).toISOString(),
});

/** Which lines of a life: from after one of them, before an instant, and how many. */
export type Part = {
  after: readonly [at: string, event: string] | null;
  before: string | null;
  limit: number;
};

/** The same part of several lives, each in its order. */
export const linesOf = async (
  tx: Tx,
  persons: readonly string[],
  { after, before, limit }: Part,
): Promise<Line[]> =>
  (
    await query<Row>(
      tx,
      `select l.person_id as person, l.event_id as event, l.at, l.kind, l.unit, l.to_unit, l.matter, l.entry, l.position,
         l.status, l.custodian
       from unnest($1::uuid[]) as p (person) cross join lateral (
         select * from life_line t where t.person_id = p.person
           and ($2::timestamptz is null or (t.at, t.event_id) > ($2::timestamptz, $3::uuid))
           and ($4::timestamptz is null or t.at < $4::timestamptz)
         order by t.at, t.event_id limit $5) l
       order by l.person_id, l.at, l.event_id`,
      [[...persons], after?.[0] ?? null, after?.[1] ?? null, before, limit],
    )
  ).map(lineOfRow);

/** How a life stood before an instant, by the last line that said so of each. */
export type Stood = {
  person: string;
  position: LinePosition | null;
  status: EnrollmentStatus | null;
  custodian: Custodian | null;
};

const lastOf = (column: string): string =>
  `(select t.${column} from life_line t where t.person_id = p.person and t.at < $2::timestamptz and t.${column} is not null
    order by t.at desc, t.event_id desc limit 1) as ${column}`;

/** How lives stood before an instant. */
export const stoodBefore = (tx: Tx, persons: readonly string[], before: string): Promise<Stood[]> =>
  query<Stood>(
    tx,
    `select p.person, ${['position', 'status', 'custodian'].map(lastOf).join(', ')}
     from unnest($1::uuid[]) as p (person)`,
    [[...persons], before],
  );
