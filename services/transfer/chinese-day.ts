/** A day as families read it: `2026-09-02` as 2026年9月2日. */
export const chineseDay = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};
