import { isUuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';

/** The graduation certificates of a student that the caller's scope covers. */
export const graduationsOf = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
  caller: Actor,
  student: string,
): Promise<Certificate[]> => {
  const found = isUuid(student)
    ? await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
        certificatesWhere(tx, `person_id = $1 and kind = 'GRADUATION' order by issued_on`, [student]),
      )
    : [];
  if (found.length === 0) throw outOfJurisdiction();
  return found;
};
