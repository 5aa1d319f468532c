import { addDays } from '#libs/law/dates.ts';
import { termsOf } from '../province/terms.ts';
import { provinceOf } from '../world/province-of.ts';
import type { World } from '../world/world.ts';

/** Days from the opening of a term in which most families ask; Shanxi takes applications in these alone (TRF-06). */
const DAYS = 15;

/** True in the first days of a term at a school. */
export const isWindowOf = ({ today }: Pick<World, 'today'>, school: string): boolean =>
  termsOf(provinceOf(school)).some(({ opensOn }) => today >= opensOn && today < addDays(opensOn, DAYS));

/** True in the first days of a term of any of the provinces. */
export const isWindowOfAny = ({ today, shared: { plan } }: Pick<World, 'today' | 'shared'>): boolean =>
  plan.provinces.some((province) => isWindowOf({ today }, `${province}0000`));

/** How many at least: a year of two provinces sees every way of a transfer, a tiny one of a single province need not. */
export const leastOf = ({ shared: { plan } }: Pick<World, 'shared'>): number =>
  plan.provinces.length > 1 ? 1 : 0;

/** True on the first day on which people act in such a time. */
export const isFirstOfWindow = (world: World): boolean => {
  const { days } = world.shared;
  const before = days[days.indexOf(world.today) - 1];
  return (
    isWindowOfAny(world) && (before === undefined || !isWindowOfAny({ today: before, shared: world.shared }))
  );
};

/** The summer stop of the whole nation, in which nobody starts a transfer (TRF-08). */
export const isStop = (day: string): boolean => day.slice(5) >= '07-15' && day.slice(5) <= '08-14';

/** When graduates may go on in another province: 15 August to 14 December, and March to May (TRF-38). */
export const isStudyWindow = (day: string): boolean => {
  const date = day.slice(5);
  return (date >= '08-15' && date <= '12-14') || (date >= '03-01' && date <= '05-31');
};
