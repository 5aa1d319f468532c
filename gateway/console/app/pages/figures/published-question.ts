/** Code of the ministry: in place of a province, the nation. */
export const nation = '000000';

/** Which published table is looked at, of which month and place. */
export type PublishedQuestion = { table: string; month: string; scope: string };

type Month = { month: string; tables: readonly string[] };

/** The table of an address among those that are published; of the last month, the nation and the first table where it says nothing. */
export const publishedIn = (
  search: URLSearchParams,
  months: readonly Month[],
): PublishedQuestion | undefined => {
  const month = months.find((each) => each.month === search.get('month')) ?? months[0];
  const table = month?.tables.find((name) => name === search.get('published')) ?? month?.tables[0];
  const place = search.get('place') ?? '';
  if (!month || table === undefined) return undefined;
  return { table, month: month.month, scope: /^\d{6}$/.test(place) ? place : nation };
};
