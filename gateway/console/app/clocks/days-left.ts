const beijing = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
const day = 86_400_000;

/** The day that an instant is of in Beijing, `2026-09-01`. */
export const dayOf = (instant: Date): string => beijing.format(instant);

/** Calendar days from today to a due day, 0 on the day itself, negative after it. */
export const daysLeft = (due: string, today: string): number =>
  Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / day);
