import type { z } from 'zod';
import type { EventKind } from '#libs/contracts/envelope.ts';
import type { AlertOutcome } from '#libs/contracts/events/security.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { WarningTrigger } from '#libs/law/privacy/early-warning.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';

export type AlertState = 'OPEN' | 'ACKNOWLEDGED' | 'SETTLED';

/** An early warning about one account in one hour, and what became of it. */
export type Alert = {
  id: string;
  place: number;
  province: string;
  /** Code of the school or unit where the account works. */
  workplace: string;
  account: string;
  trigger: WarningTrigger;
  since: string;
  count: number;
  /** Services on whose logs it stands. */
  sources: readonly string[];
  findings: Finding[];
  raisedAt: string;
  state: AlertState;
  acknowledgedBy: string | null;
  acknowledgedAt: string | null;
  outcome: z.infer<typeof AlertOutcome> | null;
  note: string | null;
  settledBy: string | null;
  settledUnit: string | null;
  settledAt: string | null;
  version: number;
};

const columns = `alert_id as id, place, province, workplace, account, trigger, since, count, sources, findings,
  raised_at as "raisedAt", state, acknowledged_by as "acknowledgedBy", acknowledged_at as "acknowledgedAt", outcome, note,
  settled_by as "settledBy", settled_unit as "settledUnit", settled_at as "settledAt", version`;

type Row = Omit<Alert, 'place' | 'since' | 'raisedAt' | 'acknowledgedAt' | 'settledAt'> & {
  place: string;
  since: Date;
  raisedAt: Date;
  acknowledgedAt: Date | null;
  settledAt: Date | null;
};

const instant = (at: Date): string => new Date(at).toISOString();

const alertOf = (row: Row): Alert => ({
  ...row,
  place: Number(row.place),
  since: instant(row.since),
  raisedAt: instant(row.raisedAt),
  acknowledgedAt: row.acknowledgedAt && instant(row.acknowledgedAt),
  settledAt: row.settledAt && instant(row.settledAt),
});

/** An alert within the scope, locked where it is to be changed. */
export const alertById = async (tx: Tx, id: string, lock = false): Promise<Alert | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select ${columns} from security_alert where alert_id = $1${lock ? ' for update' : ''}`,
    [id],
  );
  return row && alertOf(row);
};

export type AlertFilter = {
  state?: AlertState | null;
  trigger?: WarningTrigger | null;
  workplace?: string | null;
};

/** Alerts of a range of the tree, the latest first. */
export const alertsIn = async (
  tx: Tx,
  { lo, hi }: { lo: number; hi: number },
  filter: AlertFilter,
  { after, size }: { after: string | null; size: number },
): Promise<Alert[]> => {
  const rows = await query<Row>(
    tx,
    `select ${columns} from security_alert
     where place between $1 and $2 and ($3::text is null or state = $3) and ($4::text is null or trigger = $4)
       and ($5::text is null or workplace = $5) and ($6::uuid is null or alert_id < $6)
     order by alert_id desc limit $7`,
    [lo, hi, filter.state ?? null, filter.trigger ?? null, filter.workplace ?? null, after, size],
  );
  return rows.map(alertOf);
};

const factOf = ({ id, workplace, place, province, trigger, since }: Alert) => ({
  ...{ alert: id, workplace, place, province, trigger },
  from: since,
});

/** Raises an alert unless this account has one for this trigger and hour already; true where it is new. */
export const raise = async (tx: Tx, alert: Alert, kind: EventKind): Promise<boolean> => {
  const [made] = await query<{ version: number }>(
    tx,
    `insert into security_alert (alert_id, place, province, workplace, account, trigger, since, count, sources, findings,
       raised_at, state, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::jsonb, $11, 'OPEN', 1)
     on conflict (account, workplace, trigger, since) do nothing returning version`,
    [
      ...[alert.id, alert.place, alert.province, alert.workplace, alert.account, alert.trigger, alert.since],
      ...[alert.count, alert.sources, JSON.stringify(alert.findings), alert.raisedAt],
    ],
  );
  if (made !== undefined) {
    await recordEvents(tx, alert.raisedAt, [recorded(kind, `alert:${alert.id}`, 1, factOf(alert))]);
    return true;
  }
  await execute(
    tx,
    `update security_alert set count = greatest(count, $5),
       sources = array(select distinct unnest(sources || $6::text[]) order by 1)
     where account = $1 and workplace = $2 and trigger = $3 and since = $4`,
    [alert.account, alert.workplace, alert.trigger, alert.since, alert.count, alert.sources],
  );
  return false;
};

/** Writes what became of an alert that this transaction holds, and tells of it. */
export const saveMove = async (
  tx: Tx,
  at: string,
  next: Alert,
  kind: EventKind,
  more = {},
): Promise<void> => {
  await execute(
    tx,
    `update security_alert set state = $2, acknowledged_by = $3, acknowledged_at = $4, outcome = $5, note = $6,
       settled_by = $7, settled_unit = $8, settled_at = $9, version = $10 where alert_id = $1`,
    [
      ...[next.id, next.state, next.acknowledgedBy, next.acknowledgedAt, next.outcome, next.note],
      ...[next.settledBy, next.settledUnit, next.settledAt, next.version],
    ],
  );
  await recordEvents(tx, at, [
    recorded(kind, `alert:${next.id}`, next.version, { ...factOf(next), ...more }),
  ]);
};
