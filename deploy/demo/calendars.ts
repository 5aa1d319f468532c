import { addDays, type IsoDate, weekday } from '#libs/law/dates.ts';
import { nationTree } from './units.ts';

/** Terms of a province in a school year, as the event TermCalendarSet carries them; both days included. */
export type DemoCalendar = {
  region: string;
  schoolYear: number;
  terms: [{ term: 1; opensOn: IsoDate; closesOn: IsoDate }, { term: 2; opensOn: IsoDate; closesOn: IsoDate }];
};

export const DEMO_SCHOOL_YEARS = [2024, 2025, 2026] as const;

type DemoSchoolYear = (typeof DEMO_SCHOOL_YEARS)[number];

/** First day of the lunar year that falls into the school year's winter. */
const SPRING_FESTIVAL: Readonly<Record<DemoSchoolYear, IsoDate>> = {
  2024: '2025-01-29',
  2025: '2026-02-17',
  2026: '2027-02-06',
};

/** Days from the end of autumn term to the Spring Festival, from there to spring term, and the summer's first. */
const COLD = { before: 32, after: 17, summer: '07-12' };
const TEMPERATE = { before: 18, after: 14, summer: '07-05' };
const WARM = { before: 14, after: 13, summer: '07-11' };

const CLIMATE: Readonly<Record<string, typeof COLD>> = Object.fromEntries([
  ...['15', '21', '22', '23', '54', '62', '63', '65', '66'].map((province) => [province, COLD] as const),
  ...['35', '44', '45', '46', '53'].map((province) => [province, WARM] as const),
]);

/**
 * Term calendars of every province and the Corps for the school years 2024 to 2026 (ORG-28). DEMO FACTS: made up
 * by one plausible rule (1 September; long winters in the north; around the Spring Festival), published by nobody.
 */
export function demoCalendars(): DemoCalendar[] {
  const provinces = nationTree().units.filter((unit) => unit.level === 'PROVINCE');
  return provinces.flatMap(({ code }) => DEMO_SCHOOL_YEARS.map((schoolYear) => calendarOf(code, schoolYear)));
}

function calendarOf(region: string, schoolYear: DemoSchoolYear): DemoCalendar {
  const { before, after, summer } = CLIMATE[region.slice(0, 2)] ?? TEMPERATE;
  const festival = SPRING_FESTIVAL[schoolYear];
  return {
    region,
    schoolYear,
    terms: [
      {
        term: 1,
        opensOn: schoolDayFrom(`${schoolYear}-09-01`),
        closesOn: fridayUntil(addDays(festival, -before)),
      },
      {
        term: 2,
        opensOn: mondayFrom(addDays(festival, after)),
        closesOn: fridayUntil(`${schoolYear + 1}-${summer}`),
      },
    ],
  };
}

const schoolDayFrom = (day: IsoDate): IsoDate => (weekday(day) > 5 ? mondayFrom(day) : day);
const mondayFrom = (day: IsoDate): IsoDate => addDays(day, (8 - weekday(day)) % 7);
const fridayUntil = (day: IsoDate): IsoDate => addDays(day, -((weekday(day) + 2) % 7));

/** The nationwide promotions into the demo school years: 10 August 24:00, Asia/Shanghai (ENR-28). */
export const demoPromotions = (): { schoolYear: number; effectiveAt: string }[] =>
  DEMO_SCHOOL_YEARS.map((schoolYear) => ({
    schoolYear,
    effectiveAt: `${schoolYear}-08-11T00:00:00+08:00`,
  }));
