/** First day of the school year that a day lies in: the first of September (`2026-11-23` -> `2026-09-01`). */
export const schoolYearStart = (day: string): string => {
  const year = Number(day.slice(0, 4));
  return `${day.slice(5, 7) >= '09' ? year : year - 1}-09-01`;
};

/** The last days of the nine months before a day, and the day itself, oldest first. */
export const monthEnds = (day: string): string[] => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const ends = Array.from({ length: 9 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 0)).toISOString().slice(0, 10),
  );
  return [...ends.toReversed(), day];
};
