import { revokedByRollback } from '#libs/law/certificate/revocation.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import type { Study } from '../studies/study.ts';
import { revokeRows } from './revoke-rows.ts';

/**
 * Studies that had ended go on: what was reviewed of their end is void, and after a rollback the graduation certificate and
 * whatever stood in for it are revoked (ENR-35). A certificate of incompletion stays true of somebody who came back.
 */
export const graduationUndone = async (
  tx: Tx,
  at: string,
  { person, enrollment }: Pick<Study, 'person' | 'enrollment'>,
  isRollback: boolean,
): Promise<void> => {
  await execute(
    tx,
    `update outcome set state = 'VOID' where person_id = $1 and enrollment_id = $2
       and state in ('UPLOADED', 'REVIEWED', 'ISSUED') and ($3::boolean or kind = 'INCOMPLETION')`,
    [person, enrollment, isRollback],
  );
  if (!isRollback) return;
  const issued = await certificatesWhere(tx, 'person_id = $1 for update', [person]);
  const known = issued.map(({ id, kind, enrollment: outcomeId, revokedOn }) => ({
    ...{ id, kind, outcomeId, revoked: revokedOn !== null },
  }));
  const revokedOn = shanghaiDate(new Date(at));
  const fallen = new Set(revokedByRollback(known, enrollment));
  const held = issued.filter(({ id }) => fallen.has(id));
  await revokeRows(tx, held, { at, on: revokedOn, reason: 'GRADUATION_ROLLED_BACK' });
};
