import type { IsoDate } from '#libs/law/dates.ts';
import { seasonOfTerm, termFaults } from '#libs/law/organization/term-calendar.ts';
import type { InputProblem } from '#libs/platform/errors/errors.ts';

/** One term of a school year, both days included; the first is the autumn term. */
export type Term = { term: number; opensOn: IsoDate; closesOn: IsoDate };
export type Terms = Term[];

/**
 * Everything that is wrong with the terms of a school year (ORG-28): a term twice, outside of the year from 1 August
 * to 31 August, closing before it opens, overlapping, or a second term that opens before the first has closed.
 */
export function problemsOfTerms(schoolYear: number, terms: readonly Term[]): InputProblem[] {
  const lawTerms = terms.map(({ term, ...days }) => ({ schoolYear, season: seasonOfTerm(term), ...days }));
  return [
    ...terms.flatMap((each, index) => [...twice(terms, each, index), ...outside(schoolYear, each, index)]),
    ...termFaults(lawTerms).map(({ index, fault }) => faultProblem(index, fault)),
    ...disordered(terms),
  ];
}

const at = (index: number, field: string): (string | number)[] => ['terms', index, field];

const twice = (terms: readonly Term[], { term }: Term, index: number): InputProblem[] =>
  terms.findIndex((other) => other.term === term) < index
    ? [
        {
          path: at(index, 'term'),
          code: 'TERM_TWICE',
          message: '同一学期填写了两次。 This term is given twice.',
        },
      ]
    : [];

const outside = (schoolYear: number, { opensOn, closesOn }: Term, index: number): InputProblem[] =>
  (['opensOn', 'closesOn'] as const)
    .filter((field) => {
      const day = field === 'opensOn' ? opensOn : closesOn;
      return day < `${schoolYear}-08-01` || day > `${schoolYear + 1}-08-31`;
    })
    .map((field) => ({
      path: at(index, field),
      code: 'OUTSIDE_SCHOOL_YEAR',
      message: '日期不在该学年内（8月1日至次年8月31日）。 Not within the school year.',
    }));

const faultProblem = (index: number, fault: 'CLOSES_BEFORE_OPENING' | 'OVERLAPS'): InputProblem =>
  fault === 'OVERLAPS'
    ? {
        path: at(index, 'opensOn'),
        code: fault,
        message: '与另一学期的日期重叠。 It overlaps the other term.',
      }
    : {
        path: at(index, 'closesOn'),
        code: fault,
        message: '放假日早于开学日。 It closes before it opens.',
      };

const disordered = (terms: readonly Term[]): InputProblem[] => {
  const first = terms.find(({ term }) => term === 1);
  const index = terms.findIndex(({ term }) => term === 2);
  const second = terms[index];
  if (first === undefined || second === undefined || second.opensOn >= first.opensOn) return [];
  return [
    {
      path: at(index, 'opensOn'),
      code: 'TERMS_OUT_OF_ORDER',
      message: '第二学期早于第一学期。 The second term opens before the first.',
    },
  ];
};
