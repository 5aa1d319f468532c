/** How somebody came to a school, and the class that began in the autumn of `entryYearAdj`. */
export type Joining = { entryYearAdj: number; channel?: string; reason?: string };

/** A school year begins in this month; whoever enters is registered from the summer before it on. */
const [opens, summer] = ['09', '07'];

/**
 * From when somebody has been at the school to which this day's event brought them: whoever enters it with the class from the
 * autumn in which that began, whoever comes later from the month of coming (forms F4 and F5). Null where another registry
 * handed over somebody who was there already, and nobody knows since when.
 */
export const joinedOn = (day: string, { entryYearAdj, channel, reason }: Joining): string | null => {
  if (channel === 'PREVIOUS_RECORD_TRANSFER') return null;
  const year = Number(day.slice(0, 4)) - (day.slice(5, 7) < summer ? 1 : 0);
  const entersWithClass = reason !== 'TRANSFER' && entryYearAdj >= year;
  return entersWithClass ? `${entryYearAdj}-${opens}-01` : day;
};
