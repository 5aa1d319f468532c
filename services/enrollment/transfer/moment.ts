import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Moment } from './awaited.ts';

/** When places are counted, and the promotions by which grades are told then. */
export const momentOf = async ({
  clock,
  directory,
}: Pick<ServiceCore, 'clock' | 'directory'>): Promise<Moment> => ({
  now: clock.now(),
  promotions: lawPromotions(await directory.promotions()),
});
