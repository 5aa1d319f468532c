const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day that it is in Beijing, as the graph writes days: `2026-11-23`. */
export const todayInBeijing = (now: Date = new Date()): string => day.format(now);
