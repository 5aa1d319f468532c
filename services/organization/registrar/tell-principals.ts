import {
  type Principal,
  tellPrincipals,
  tellPrincipalsContext,
} from '#libs/contracts/commands/tell-principals.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

const principals = `select distinct on (workplace) workplace as school, name from registrar
  where workplace = any($1::text[]) and is_school and roles ? 'PRINCIPAL' and filed_at is not null and replaced_at is null
  order by workplace, filed_at desc, registrar_id`;

/** Tells certificates who answers first for schools, sealed (ORG-07). */
export const tellsPrincipals = ({
  bus,
  worker,
  sealing,
}: Pick<ServiceCore, 'bus' | 'worker' | 'sealing'>): Promise<Stop> =>
  answerTo(bus, tellPrincipals, async ({ id, schools }) => {
    const found = await asWorker(worker, (tx) => query<Principal>(tx, principals, [schools]));
    return { sealed: sealing.seal(JSON.stringify(found), tellPrincipalsContext(id)).toString('base64') };
  });
