import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { giveBack, longAskedBefore } from '../cases/asked-place.ts';
import { onFirstCase } from './set-aside.ts';

const left = 'release_place or (started_at is null and place_asked_at <= $1)';

/** Gives the place back that an ended case holds, or that a start has left behind which did not come to be. */
export const releaseNext = (core: ServiceCore): Promise<boolean> =>
  onFirstCase(core, async (tx, first) => {
    const record = await first(left, [longAskedBefore(core)], 'case_id');
    if (record === undefined) return false;
    await giveBack(tx, core, record);
    return true;
  });
