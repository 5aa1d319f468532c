import type { MikroORM } from '@mikro-orm/postgresql';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { custodianAfterEnd } from '#libs/law/archive/school-end.ts';
import { single } from '#libs/platform/database/scope.ts';

type Ended = Pick<SchoolFact, 'code' | 'state' | 'authority' | 'competentAuthority' | 'succession'>;

/**
 * Who acts for a school: itself while it is active; the school after the merger, the unit that was named for the archives of a closed
 * one, else its competent authority, as those keep them (CRT-14, ARC-13, ARC-14).
 */
export const actingUnitOf = (
  { code, state, authority, competentAuthority, succession }: Ended,
  designatedUnit: string | null = null,
): string =>
  state === 'ACTIVE'
    ? code
    : custodianAfterEnd({
        mergedInto: state === 'MERGED' ? (succession?.into ?? null) : null,
        designatedUnit,
        competentAuthority: competentAuthority ?? authority,
      }).code;

/** The unit that the authority named to keep the archives of a closed school; null where it named none. */
export const designatedUnit = async (orm: MikroORM, school: string): Promise<string | null> => {
  const [row] = await single<{ unit: string }>(orm, 'select unit from school_custodian where school = $1', [
    school,
  ]);
  return row?.unit ?? null;
};
