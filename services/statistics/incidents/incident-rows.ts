import { v7 as uuidv7 } from 'uuid';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** What is counted otherwise: somebody's registration, somebody's number, a block's cells now or at the end of a month. */
export type IncidentKind = 'REGISTRATION' | 'NUMBER' | 'CELLS' | 'MONTH';

/**
 * MISSING: the owner has somebody of whom nothing is kept. UNKNOWN: somebody is kept whom the owner has not. PARKED: events
 * of the person could not be applied and wait. OTHER: something else is kept than counted.
 */
export type IncidentCause = 'MISSING' | 'UNKNOWN' | 'PARKED' | 'OTHER';

export type Facts = Readonly<Record<string, string | null>>;

/** A difference as a recount finds it. */
export type Found = {
  kind: IncidentKind;
  /** Of whom or what it is, so that it is one incident however often it is found. */
  subject: string;
  cause: IncidentCause;
  place: number;
  width: number | null;
  person: string | null;
  kept: Facts;
  counted: Facts;
};

export type Incident = Found & { id: string; foundAt: string; seenAt: string; settledAt: string | null };

/** Puts what was found on record; what is on record already and open is seen once more, with what it is by now. */
export const recordFound = async (tx: Tx, found: readonly Found[], at: string): Promise<void> => {
  await insertRows(
    tx,
    'count_incident',
    [
      ...([
        ['incident_id', 'uuid'],
        ['kind', 'text'],
        ['subject', 'text'],
        ['cause', 'text'],
      ] as const),
      ...([
        ['place', 'bigint'],
        ['width', 'bigint'],
        ['person_id', 'uuid'],
      ] as const),
      ...([
        ['kept', 'jsonb'],
        ['counted', 'jsonb'],
        ['found_at', 'timestamptz'],
        ['seen_at', 'timestamptz'],
      ] as const),
    ],
    found.map(({ kind, subject, cause, place, width, person, kept, counted }) => [
      ...[uuidv7(), kind, subject, cause, place, width, person],
      ...[JSON.stringify(kept), JSON.stringify(counted), at, at],
    ]),
    `on conflict (kind, subject) where settled_at is null do update
     set cause = excluded.cause, kept = excluded.kept, counted = excluded.counted, seen_at = excluded.seen_at`,
  );
};

/** Settles what a recount does not find any more: incidents of a kind in a range of persons, or all of them. */
export const settleGone = async (
  tx: Tx,
  kind: IncidentKind,
  { after, last, still }: { after: string | null; last: string | null; still: readonly string[] },
  at: string,
): Promise<number> =>
  execute(
    tx,
    `update count_incident set settled_at = $5
     where kind = $1 and settled_at is null and not (subject = any($4::text[]))
       and ($2::uuid is null or person_id > $2) and ($3::uuid is null or person_id <= $3)`,
    [kind, after, last, still, at],
  );

type Row = Omit<Incident, 'place' | 'width' | 'foundAt' | 'seenAt' | 'settledAt'> & {
  place: string;
  width: string | null;
  foundAt: Date;
  seenAt: Date;
  settledAt: Date | null;
};

const instant = (at: Date): string => new Date(at).toISOString();

/** Incidents of a range of the tree, the latest first. */
export const incidentsIn = async (
  tx: Tx,
  { lo, hi }: { lo: number; hi: number },
  { open, after, size }: { open: boolean | null; after: string | null; size: number },
): Promise<Incident[]> => {
  const rows = await query<Row>(
    tx,
    `select incident_id as id, kind, subject, cause, place, width, person_id as person, kept, counted,
            found_at as "foundAt", seen_at as "seenAt", settled_at as "settledAt"
     from count_incident
     where place between $1 and $2 and ($3::boolean is null or (settled_at is null) = $3)
       and ($4::uuid is null or incident_id < $4)
     order by incident_id desc limit $5`,
    [lo, hi, open, after, size],
  );
  return rows.map((row) => ({
    ...row,
    place: Number(row.place),
    width: row.width === null ? null : Number(row.width),
    foundAt: instant(row.foundAt),
    seenAt: instant(row.seenAt),
    settledAt: row.settledAt && instant(row.settledAt),
  }));
};
