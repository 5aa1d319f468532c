/** Words that a value of the law is put together from. */
type Words = Readonly<
  Record<'yes' | 'no' | 'none' | 'WORKING_DAY' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR', string>
>;

type Duration = { amount: number; unit: 'WORKING_DAY' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDuration = (value: Record<string, unknown>): value is Duration =>
  typeof value.amount === 'number' && typeof value.unit === 'string';

/** A value of the law in words: times, stretches of the year, lists; a code as it is. */
export const valueText = (value: unknown, words: Words): string => {
  if (value === null || value === undefined) return words.none;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (Array.isArray(value))
    return value.length === 0 ? words.none : value.map((each) => valueText(each, words)).join('；');
  if (!isObject(value)) return String(value);
  if (isDuration(value)) return `${value.amount} ${words[value.unit] ?? value.unit}`;
  if (Object.keys(value).toSorted().join() === 'from,to') return `${value.from} – ${value.to}`;
  return Object.entries(value)
    .map(([name, each]) => (name === 'kind' ? String(each) : `${name} ${valueText(each, words)}`))
    .join('，');
};
