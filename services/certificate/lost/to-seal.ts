import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';

/** Certificates of schooling that wait for the unit's seal (CRT-10), the first due first, within the caller's scope. */
export const listToSeal = async (
  core: Pick<ServiceCore, 'app'>,
  scope: Scope,
  unit: string,
  page: PageArguments,
): Promise<Connection<Certificate>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['DAY', 'UUID', 'UUID']);
  const found = await inScope(core.app, scope, (tx) =>
    certificatesWhere(
      tx,
      `kind = 'SCHOOLING' and sealed_on is null and revoked_on is null and sealing_authority = $1
       and ($2::date is null or (seal_due_on, person_id, certificate_id) > ($2::date, $3::uuid, $4::uuid))
       order by seal_due_on, person_id, certificate_id limit $5`,
      [unit, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, size + 1],
    ),
  );
  return connectionOf(
    found,
    size,
    page.after,
    ({ sealing, person, id }) => [sealing?.dueOn ?? '', person, id],
    (certificate) => certificate,
  );
};

/** Whether the day has passed by which the authority was to seal it. */
export const isSealOverdue = (
  { state, sealing }: Pick<Certificate, 'state' | 'sealing'>,
  today: string,
): boolean => state === 'DRAFTED' && sealing !== null && !sealing.provisional && sealing.dueOn < today;
