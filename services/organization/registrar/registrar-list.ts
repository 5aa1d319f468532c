import type { AccountState, PostRole } from '#libs/contracts/vocabulary.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Desk } from './desk.ts';
import type { Registrar } from './registrar.ts';
import { registrarsById } from './registrar-rows.ts';
import { wholeNation } from './whole-nation.ts';

/** Which registrars; null and absent mean any, of those who have not been replaced. */
export type RegistrarFilter = {
  unit?: string | null;
  school?: string | null;
  state?: AccountState | null;
  role?: PostRole | null;
  missing?: 'TRAINING' | 'WEEKLY_LOGIN' | 'PASSWORD_CHANGE' | null;
};

/**
 * What of the registrars a desk may read: registrars find each other across the nation (ACC-14), everybody else sees
 * those of the own unit and below.
 */
export const readingScope = ({ caller, own, scope }: Desk): Scope => {
  if (caller.roles.has('REGISTRAR') || own.code === '000000') return wholeNation;
  return scope;
};

/** Outside of the own range only the address book is open: registrars whose account has been opened (ACC-14). */
const inAddressBook = `(place between $1 and $2
  or (roles @> '"REGISTRAR"' and activated_at is not null and replaced_at is null))`;

export const isListed = ({ own }: Desk, registrar: Registrar): boolean =>
  (own.lo <= registrar.place && registrar.place <= own.hi) ||
  (registrar.roles.includes('REGISTRAR') && registrar.activatedAt !== null && registrar.replacedAt === null);

const missingOf = {
  TRAINING: `(place between $1 and $2 and (
    (trained_on is null and roles @> '"REGISTRAR"') or recorded @> '[{"ruleId": "ACC-03"}]'))`,
  WEEKLY_LOGIN: `(place between $1 and $2 and recorded @> '[{"ruleId": "ACC-10"}]')`,
  PASSWORD_CHANGE: `(place between $1 and $2 and password_expired_at is not null)`,
} as const;

/** Registrars that a desk may read, in the order of the tree; throws OUT_OF_JURISDICTION for an unknown place. */
export const listRegistrars = async (
  core: ServiceCore,
  desk: Desk,
  filter: RegistrarFilter,
  page: PageArguments,
): Promise<Connection<Registrar>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['WHOLE', 'UUID']);
  const range = await rangeOfFilter(core, filter);
  const rows = await inScope(core.app, range === null ? emptyScope : readingScope(desk), async (tx) => {
    const found = await query<{ id: string }>(
      tx,
      `select registrar_id as id from registrar
       where ${inAddressBook} and place between $3 and $4
         and ($5::text is null and replaced_at is null or state = $5) and ($6::text is null or roles @> to_jsonb($6::text))
         and ($7::bigint is null or (place, registrar_id) > ($7, $8::uuid))
         and ${filter.missing ? missingOf[filter.missing] : 'true'}
       order by place, registrar_id limit $9`,
      [
        desk.own.lo,
        desk.own.hi,
        range?.lo ?? 1,
        range?.hi ?? 0,
        filter.state ?? null,
        filter.role ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        size + 1,
      ],
    );
    const order = new Map(found.map(({ id }, at) => [id, at]));
    const read = await registrarsById(tx, [...order.keys()]);
    return read.sort((a, b) => (order.get(a.registrarId) ?? 0) - (order.get(b.registrarId) ?? 0));
  });
  return connectionOf(
    rows,
    size,
    page.after,
    ({ place, registrarId }) => [place, registrarId],
    (registrar) => registrar,
  );
};

const rangeOfFilter = async (
  { directory }: ServiceCore,
  { unit, school }: RegistrarFilter,
): Promise<{ lo: number; hi: number } | null> => {
  const ranges = await Promise.all(
    [unit, school].filter((code) => code != null).map((code) => directory.rangeOf(code)),
  );
  return ranges.reduce<{ lo: number; hi: number } | null>(
    (narrow, range) =>
      narrow &&
      (range === undefined ? null : { lo: Math.max(narrow.lo, range.lo), hi: Math.min(narrow.hi, range.hi) }),
    wholeNation,
  );
};

/** One registrar that a desk may read; throws OUT_OF_JURISDICTION otherwise, whether there is one or not. */
export const findRegistrar = async (core: ServiceCore, desk: Desk, id: string): Promise<Registrar> => {
  const [found] = await inScope(core.app, readingScope(desk), (tx) => registrarsById(tx, [id]));
  if (found === undefined || !isListed(desk, found)) throw outOfJurisdiction();
  return found;
};
