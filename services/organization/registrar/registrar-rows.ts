import { LockMode } from '@mikro-orm/core';
import type { DataOf, EventKind } from '#libs/contracts/envelope.ts';
import type { AccountFact } from '#libs/contracts/events/registrar.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { type Registrar, stateOf } from './registrar.ts';
import { RegistrarTable } from './registrar-table.ts';

/** An event to tell of a registrar, beside what every such event carries. */
export type Told = { kind: EventKind; more: Record<string, unknown> };

export const told = <Kind extends EventKind>(
  kind: Kind,
  more: Omit<DataOf<Kind>, keyof AccountFact>,
): Told => ({ kind, more });

/** A registrar to change, with what is told of it. */
export type RegistrarWrite = { registrar: Registrar; told: readonly Told[] };

type Row = Omit<Registrar, 'sealedPhone'> & { sealedPhone: Uint8Array | null; state: string };

const registrarOf = ({ state: _, sealedPhone, ...row }: Row): Registrar => ({
  ...row,
  sealedPhone: sealedPhone === null ? null : Buffer.from(sealedPhone),
});

/** Registrars within the scope by id, in no order. */
export const registrarsById = async (tx: Tx, ids: readonly string[]): Promise<Registrar[]> =>
  (await tx.find(RegistrarTable, { registrarId: { $in: [...ids] } })).map(registrarOf);

/** Registrars within the scope by id, locked until the transaction ends. */
export const lockRegistrars = async (tx: Tx, ids: readonly string[]): Promise<Registrar[]> =>
  (
    await tx.find(
      RegistrarTable,
      { registrarId: { $in: [...ids] } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { registrarId: 'asc' } },
    )
  ).map(registrarOf);

/** The registrar to change, in the version that the caller has seen; outside the scope there is none (PRV-12). */
export const registrarToChange = async (
  tx: Tx,
  { registrar: id, expectedVersion }: { registrar: string; expectedVersion: number },
): Promise<Registrar> => {
  const [found] = await lockRegistrars(tx, [id]);
  if (found === undefined) throw outOfJurisdiction();
  if (found.version !== expectedVersion) throw versionConflict(found.version);
  return found;
};

/** The open post of a login, locked; undefined where it has none. */
export const lockPostOf = async (tx: Tx, subject: string): Promise<Registrar | undefined> => {
  const row = await tx.findOne(
    RegistrarTable,
    { subject, replacedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return row === null ? undefined : registrarOf(row);
};

/** The open posts at a school or unit, locked until the transaction ends. */
export const lockPostsAt = async (tx: Tx, workplace: string): Promise<Registrar[]> =>
  (
    await tx.find(
      RegistrarTable,
      { workplace, replacedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { registrarId: 'asc' } },
    )
  ).map(registrarOf);

const update = (columns: Columns): string =>
  columns
    .map(([name]) => name)
    .filter((name) => name !== 'registrar_id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');

/**
 * Writes registrars and tells of them: aggregate `registrar:<id>`, each event the next version. Returns them as they
 * stand now.
 */
export const saveRegistrars = async (
  tx: Tx,
  writes: readonly RegistrarWrite[],
  at: string,
): Promise<Registrar[]> => {
  const next = writes.map(({ registrar, told: events }) => ({
    ...registrar,
    version: registrar.version + events.length,
  }));
  await insertRows(
    tx,
    'registrar',
    columns,
    next.map(rowOf),
    `on conflict (registrar_id) do update set ${update(columns)}`,
  );
  await tell(tx, writes, at);
  return next;
};

/** Enters somebody new; false where the login has a post already, here or elsewhere. */
export const insertRegistrar = async (tx: Tx, write: RegistrarWrite, at: string): Promise<boolean> => {
  const row = rowOf({ ...write.registrar, version: write.told.length });
  const entered = await insertRows<{ registrar_id: string }>(
    tx,
    'registrar',
    columns,
    [row],
    'on conflict (subject) where replaced_at is null do nothing returning registrar_id',
  );
  if (entered.length === 0) return false;
  await tell(tx, [write], at);
  return true;
};

const tell = (tx: Tx, writes: readonly RegistrarWrite[], at: string): Promise<void> =>
  recordEvents(
    tx,
    at,
    writes.flatMap(({ registrar, told: events }) =>
      events.map(({ kind, more }, nth) =>
        recorded(kind, `registrar:${registrar.registrarId}`, registrar.version + nth + 1, {
          ...factOf(registrar),
          ...more,
        }),
      ),
    ),
  );

const factOf = (registrar: Registrar): AccountFact => ({
  registrar: registrar.registrarId,
  subject: registrar.subject,
  workplace: registrar.workplace,
  province: registrar.province,
  roles: registrar.roles,
  state: stateOf(registrar),
});

const columns: Columns = [
  ['registrar_id', 'uuid'],
  ['workplace', 'text'],
  ['is_school', 'boolean'],
  ['unit', 'text'],
  ['province', 'text'],
  ['place', 'bigint'],
  ['subject', 'text'],
  ['roles', 'jsonb'],
  ['name', 'text'],
  ['sealed_phone', 'bytea'],
  ['is_establishment_staff', 'boolean'],
  ['certificate_no', 'text'],
  ['state', 'text'],
  ['nominated_at', 'timestamptz'],
  ['trained_on', 'date'],
  ['filed_with', 'text'],
  ['filed_at', 'timestamptz'],
  ['activated_at', 'timestamptz'],
  ['active_from', 'date'],
  ['last_used_on', 'date'],
  ['password_changed_at', 'timestamptz'],
  ['password_expired_at', 'timestamptz'],
  ['sealed_at', 'timestamptz'],
  ['suspended_at', 'timestamptz'],
  ['suspension_reason', 'text'],
  ['replaced_at', 'timestamptz'],
  ['successor', 'uuid'],
  ['letter_number', 'text'],
  ['letter_date', 'date'],
  ['weeks_checked_to', 'date'],
  ['years_checked_to', 'int'],
  ['recorded', 'jsonb'],
  ['next_check_on', 'date'],
  ['version', 'int'],
];

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The values in the order of `columns`. */
const rowOf = (registrar: Registrar): unknown[] => [
  registrar.registrarId,
  registrar.workplace,
  registrar.isSchool,
  registrar.unit,
  registrar.province,
  registrar.place,
  registrar.subject,
  JSON.stringify(registrar.roles),
  registrar.name,
  registrar.sealedPhone,
  registrar.isEstablishmentStaff,
  registrar.certificateNo,
  stateOf(registrar),
  instant(registrar.nominatedAt),
  registrar.trainedOn,
  registrar.filedWith,
  instant(registrar.filedAt),
  instant(registrar.activatedAt),
  registrar.activeFrom,
  registrar.lastUsedOn,
  instant(registrar.passwordChangedAt),
  instant(registrar.passwordExpiredAt),
  instant(registrar.sealedAt),
  instant(registrar.suspendedAt),
  registrar.suspensionReason,
  instant(registrar.replacedAt),
  registrar.successor,
  registrar.letterNumber,
  registrar.letterDate,
  registrar.weeksCheckedTo,
  registrar.yearsCheckedTo,
  JSON.stringify(registrar.recorded),
  registrar.nextCheckOn,
  registrar.version,
];
