import { LAST_POSITION, type OrgUnit } from '../tree/org-unit.ts';

/**
 * The school's place in the management tree: a position in its registry authority's own slot.
 *
 * @param sequence the school's number under this authority, 1 to 99,999, never used for another school there.
 * @throws RangeError outside these bounds.
 */
export function placeOf(authority: OrgUnit, sequence: number): number {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > LAST_POSITION) {
    throw new RangeError(`a unit has places for schools 1 to ${LAST_POSITION}`);
  }
  return authority.lo + sequence;
}
