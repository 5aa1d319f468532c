import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { ChangeKey } from './change-id.ts';
import { type ChangeRecord, changesById } from './change-rows.ts';

/** A change that the caller may see, entered in the trail of what was read; OUT_OF_JURISDICTION for any other. */
export const loadChange = async (
  core: Pick<ServiceCore, 'app'>,
  key: ChangeKey | null,
  context: Context,
): Promise<ChangeRecord | null> => {
  if (key === null) return null;
  const scope = await context.scope();
  const [record] = await inScope(core.app, scope, (tx) => changesById(tx, [key.id]));
  if (record === undefined || record.person !== key.person) throw outOfJurisdiction();
  context.trail.read(record.person);
  return record;
};
