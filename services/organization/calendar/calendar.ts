import type { IsoDate } from '#libs/law/dates.ts';
import { promotionAt } from '#libs/law/enrollment/grade.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Terms } from './terms.ts';

/** The calendar that holds in a region; `region` is the unit that set it, or the one asked for where none did. */
export type Calendar = {
  region: string;
  schoolYear: number;
  terms: Terms;
  promotionAt: Date;
  findings: Finding[];
};

export type CalendarQuestion = {
  /** Codes of the region and of the units above, nearest first. */
  line: readonly string[];
  schoolYear: number;
  on: IsoDate;
  place: LawPlace;
};

/** What was entered: terms by region, and the instant of the promotion into the school year. */
export type Entered = { terms: ReadonlyMap<string, Terms>; promotion: Date | undefined };

/**
 * The terms of the nearest unit that set any, from the county up to the nation; HOLD CALENDAR_MISSING where nobody
 * has (ORG-28). The promotion is that of law, 10 August 24:00, until the ministry enters another (ENR-28).
 */
export function calendarFor({ line, schoolYear, on, place }: CalendarQuestion, entered: Entered): Calendar {
  const region = line.find((code) => entered.terms.has(code));
  return {
    region: region ?? line[0] ?? '',
    schoolYear,
    terms: (region && entered.terms.get(region)) || [],
    promotionAt: entered.promotion ?? standingPromotion(schoolYear),
    findings: region === undefined ? [calendarMissing(schoolYear, on, place)] : [],
  };
}

/** The promotion into a school year as the law sets it: 10 August 24:00 before its autumn. */
export const standingPromotion = (schoolYear: number): Date => promotionAt(schoolYear);

const calendarMissing = (schoolYear: number, on: IsoDate, place: LawPlace): Finding =>
  finding('ORG-28', {
    code: 'CALENDAR_MISSING',
    message: `本地及上级均未设定${schoolYear}学年的校历，以开学日期计算的期限无法确定。`,
    messageEn: `Nobody has set the terms of school year ${schoolYear} for this region or above it.`,
    path: ['schoolYear'],
    remedy: '请县级（或市级、省级）教育行政部门设定校历。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
