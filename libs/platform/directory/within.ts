import { outOfJurisdiction } from '../errors/errors.ts';
import type { Directory } from './directory.ts';

type Range = { lo: number; hi: number };

/**
 * The range of a unit or school that lies wholly inside the caller's own; throws OUT_OF_JURISDICTION for any other,
 * existing or not (PRV-12).
 */
export const rangeWithin = async (
  directory: Pick<Directory, 'rangeOf'>,
  own: Range,
  code: string,
): Promise<Range> => {
  const range = await directory.rangeOf(code);
  if (range === undefined || range.lo < own.lo || range.hi > own.hi) throw outOfJurisdiction();
  return range;
};
