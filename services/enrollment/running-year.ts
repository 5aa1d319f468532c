import { lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** The school year that runs at an instant of the business, by the promotions that were entered. */
export const runningYear = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  at: string,
): Promise<number> => schoolYearOn(new Date(at), lawPromotions(await directory.promotions()));
