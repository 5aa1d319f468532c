import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { custodianAfterEnd } from '#libs/law/archive/school-end.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';

type Ended = Pick<SchoolFact, 'code' | 'state' | 'authority' | 'competentAuthority' | 'succession'>;

/** The next one in the place of a school: itself while it is active. */
const nextAfter = (
  { code, state, authority, competentAuthority, succession }: Ended,
  designatedUnit: string | null,
): string =>
  state === 'ACTIVE'
    ? code
    : custodianAfterEnd({
        mergedInto: succession?.into ?? null,
        designatedUnit,
        competentAuthority: competentAuthority ?? authority,
      }).code;

/** The unit that the authority named to keep the archives of a closed school; null where it named none. */
const designatedUnit = async (tx: Tx, school: string): Promise<string | null> => {
  const [row] = await query<{ unit: string }>(tx, 'select unit from school_custodian where school = $1', [
    school,
  ]);
  return row?.unit ?? null;
};

/**
 * Who acts for a school: itself while it is active; the school after the merger, the unit that was named for the archives of a closed
 * one, else its competent authority, as those keep them (CRT-14, ARC-13, ARC-14). A school in whose place another one acts may end
 * as well: the way is followed until somebody is there.
 */
export const actingUnitOf = async (
  { directory }: { directory: Pick<Directory, 'school'> },
  tx: Tx,
  school: Ended,
): Promise<string> => {
  const passed = new Set<string>();
  let current = school;
  for (;;) {
    passed.add(current.code);
    const next = nextAfter(
      current,
      current.state === 'ACTIVE' ? null : await designatedUnit(tx, current.code),
    );
    if (next === current.code) return next;
    const after = await directory.school(next);
    if (after === undefined) return next;
    if (passed.has(after.code)) return current.competentAuthority ?? current.authority;
    current = after;
  }
};
