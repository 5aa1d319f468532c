import { type DemoCalendar, demoCalendars } from '#deploy/demo/calendars.ts';
import { addDays } from '#libs/law/dates.ts';

const HENAN = '410000';

/** The calendars of the year; Henan has a winter of its own here, a week shorter at both ends than that of Shanxi. */
export const yearCalendars = (): DemoCalendar[] =>
  demoCalendars().map((each): DemoCalendar => {
    if (each.region !== HENAN) return each;
    const [first, second] = each.terms;
    return {
      ...each,
      terms: [
        { ...first, closesOn: addDays(first.closesOn, 7) },
        { ...second, opensOn: addDays(second.opensOn, -7) },
      ],
    };
  });

type Term = DemoCalendar['terms'][number];

const known = new Map<string, readonly Term[]>();

/** Terms of a province by its two digits, of every school year that has a calendar. */
export const termsOf = (province: string): readonly Term[] => {
  const terms =
    known.get(province) ??
    yearCalendars()
      .filter(({ region }) => region === `${province}0000`)
      .flatMap((each) => each.terms);
  known.set(province, terms);
  return terms;
};
