import type { LawPlace } from '#libs/law/layers.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import { indexTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';

/** The place whose law binds the first unit of a line of authorities. Throws RangeError for an empty line. */
export const lawPlaceOfLine = (line: readonly OrgUnit[]): LawPlace => {
  const [unit] = line;
  if (unit === undefined) throw new RangeError('a line of authorities has at least one unit');
  return lawPlaceOf(indexTree(line), unit);
};
