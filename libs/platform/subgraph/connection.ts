import { z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import { badInput } from '../errors/errors.ts';

/** Most entries of one page. */
export const largestPage = 200;

export type PageArguments = { first?: number | null; after?: string | null };

export type Connection<Node> = {
  edges: { cursor: string; node: Node }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
};

const encode = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The page size a caller may ask for; throws BAD_USER_INPUT outside of 1 to 200. */
export const pageSize = (first: number | null | undefined, usual = 50): number => {
  const size = first ?? usual;
  if (Number.isInteger(size) && size >= 1 && size <= largestPage) return size;
  throw badInput([
    {
      path: ['first'],
      code: 'PAGE_SIZE',
      message: `每页 1 到 ${largestPage} 条。 1 to ${largestPage} per page.`,
    },
  ]);
};

/** What a part of a sort key is; anything else never reaches a statement. */
export type CursorPart = 'WHOLE' | 'DAY' | 'INSTANT' | 'UUID';

const isPart: Record<CursorPart, (part: unknown) => boolean> = {
  WHOLE: (part) => Number.isSafeInteger(part),
  DAY: (part) => z.iso.date().safeParse(part).success,
  INSTANT: (part) => z.iso.datetime({ offset: true }).safeParse(part).success,
  UUID: isUuid,
};

/**
 * The key that a cursor stands for: the sort key of the last entry seen, part by part; `parts` as a number stands
 * for so many whole numbers.
 */
export const readCursor = (
  after: string | null | undefined,
  parts: number | readonly CursorPart[],
): (string | number)[] | undefined => {
  if (after === null || after === undefined) return undefined;
  const kinds = typeof parts === 'number' ? Array<CursorPart>(parts).fill('WHOLE') : parts;
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
    const fits = (candidate: unknown): candidate is (string | number)[] =>
      Array.isArray(candidate) &&
      candidate.length === kinds.length &&
      kinds.every((kind, at) => isPart[kind](candidate[at]));
    if (fits(key)) return key;
  } catch {
    // falls through to the one refusal
  }
  throw badInput([
    { path: ['after'], code: 'CURSOR', message: '游标无效，请从第一页重新开始。 Not a cursor of this list.' },
  ]);
};

/** A page out of `size + 1` rows read in order; cursors are sort keys, so they survive insertions. */
export const connectionOf = <Row, Node>(
  rows: readonly Row[],
  size: number,
  after: unknown,
  keyOf: (row: Row) => readonly (string | number)[],
  nodeOf: (row: Row) => Node,
): Connection<Node> => {
  const edges = rows.slice(0, size).map((row) => ({ cursor: encode(keyOf(row)), node: nodeOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};
