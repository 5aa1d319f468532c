import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** One term of a jurisdiction, both days included. `schoolYear` is the year in which the autumn term opens. */
export type Term = { schoolYear: number; season: 'AUTUMN' | 'SPRING'; opensOn: IsoDate; closesOn: IsoDate };

/** The terms of a school year as a unit has entered them; the first is the autumn term. */
export type EnteredTerms = {
  region: string;
  schoolYear: number;
  terms: readonly { term: number; opensOn: IsoDate; closesOn: IsoDate }[];
};

/** The season for the number of a term. */
export const seasonOfTerm = (term: number): Term['season'] => (term === 1 ? 'AUTUMN' : 'SPRING');

/** The terms that hold along a line of units, the nearest first: of each school year those of the nearest that set any (ORG-28). */
export const termsAlong = (line: readonly string[], entered: readonly EnteredTerms[]): Term[] =>
  [...Map.groupBy(entered, ({ schoolYear }) => schoolYear)].flatMap(([schoolYear, ofYear]) => {
    const nearest = line.find((code) => ofYear.some(({ region }) => region === code));
    const terms = ofYear.find(({ region }) => region === nearest)?.terms ?? [];
    return terms.map(
      ({ term, opensOn, closesOn }): Term => ({
        schoolYear,
        season: seasonOfTerm(term),
        opensOn,
        closesOn,
      }),
    );
  });

/** The term on a day, or undefined in a vacation. */
export const termOn = (terms: readonly Term[], on: IsoDate): Term | undefined =>
  terms.find(({ opensOn, closesOn }) => opensOn <= on && on <= closesOn);

/**
 * The term a question counts from, or a HOLD CALENDAR_MISSING (ORG-28) when the jurisdiction has entered no term of
 * that school year and season. Nothing is guessed: a limit counted from a wrong opening day would be a wrong limit.
 */
export const termOf = (
  terms: readonly Term[],
  wanted: Pick<Term, 'schoolYear' | 'season'>,
  on: IsoDate,
  place: LawPlace,
): { term: Term; findings: [] } | { term: undefined; findings: [Finding] } => {
  const term = terms.find(
    ({ schoolYear, season }) => schoolYear === wanted.schoolYear && season === wanted.season,
  );
  if (term) return { term, findings: [] };
  const season = wanted.season === 'AUTUMN' ? '秋季' : '春季';
  const missing = finding('ORG-28', {
    message: `尚未录入${wanted.schoolYear}学年${season}学期的起止日期，无法计算期限。`,
    messageEn: `The ${wanted.season.toLowerCase()} term of school year ${wanted.schoolYear} has not been entered; no limit can be counted from it.`,
    remedy: '请县级教育行政部门先录入该学期的开学和放假日期。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
  return { term: undefined, findings: [missing] };
};

/** What is wrong with one term of a calendar. */
export type TermFault = { index: number; fault: 'CLOSES_BEFORE_OPENING' | 'OVERLAPS' };

/** Terms that contradict each other, by their place in the list. Empty when the calendar is sound. */
export const termFaults = (terms: readonly Term[]): TermFault[] =>
  terms.flatMap((term, index): TermFault[] => {
    if (term.closesOn < term.opensOn) return [{ index, fault: 'CLOSES_BEFORE_OPENING' }];
    const overlaps = terms.some(
      (other, at) => at < index && term.opensOn <= other.closesOn && other.opensOn <= term.closesOn,
    );
    return overlaps ? [{ index, fault: 'OVERLAPS' }] : [];
  });
