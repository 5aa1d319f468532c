/** A term by its school year, and 1 for autumn, 2 for spring. */
export type Term = { schoolYear: number; term: 1 | 2 };

/** The term in which a day lies: spring from February to July, autumn from August to January. */
export const termOf = (day: string): Term => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  if (month >= 2 && month <= 7) return { schoolYear: year - 1, term: 2 };
  return { schoolYear: month >= 8 ? year : year - 1, term: 1 };
};

/** The last terms, the present one first. */
export const lastTerms = (day: string, count = 6): Term[] => {
  const terms = [termOf(day)];
  while (terms.length < count) {
    const { schoolYear, term } = terms.at(-1) ?? termOf(day);
    terms.push(term === 2 ? { schoolYear, term: 1 } : { schoolYear: schoolYear - 1, term: 2 });
  }
  return terms;
};
