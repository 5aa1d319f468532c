import { releasePlace } from '#libs/contracts/commands/hand-over-registration.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockFirst } from '../cases/case-rows.ts';

/** Gives the place back that an ended case holds; asked again there is none to give. */
export const releaseNext = (core: ServiceCore): Promise<boolean> =>
  asWorker(core.worker, async (tx) => {
    const record = await lockFirst(tx, 'release_place', [], 'case_id');
    if (record === undefined) return false;
    await ask(core.bus, releasePlace, { transfer: record.id });
    await execute(tx, 'update transfer_case set release_place = false where case_id = $1', [record.id]);
    return true;
  });
