import type { F1Extras, F1Student } from '#services/enrollment/import/form-f1/row.ts';
import type { DemoClass } from './classes.ts';
import type { Random } from './random.ts';

/** The marks of a pupil's life that the form asks for. */
export type Situation = Pick<
  F1Student,
  'isBoarder' | 'isDisabled' | 'isLeftBehind' | 'disabilityType' | 'placementMode'
> &
  Pick<F1Extras, 'disabilityLevel'> & { isMigrantChild: boolean };

const BOARDERS = { PRESCHOOL: 0, PRIMARY: 0.04, JUNIOR: 0.25, SENIOR: 0.5 } as const;
const DISABLED_IN_ORDINARY_SCHOOLS = 0.003;

/**
 * Draws the marks. About a tenth of the nation's pupils stay behind and a tenth move with migrant workers
 * (bulletin of 2017); the first mostly in counties, the second in towns, never both at once.
 */
export function situationOf(each: DemoClass, rural: boolean, random: Random): Situation {
  const special = each.school.kind === 'SPECIAL_EDUCATION';
  const isMigrantChild = !special && random.chance(rural ? 0.02 : 0.11);
  const isLeftBehind = !special && !isMigrantChild && random.chance(rural ? 0.2 : 0.05);
  const isBoarder = random.chance(special ? 0.5 : BOARDERS[each.stage]);
  const marks = { isMigrantChild, isLeftBehind, isBoarder };
  if (!special && !random.chance(DISABLED_IN_ORDINARY_SCHOOLS)) {
    return { ...marks, isDisabled: false, disabilityType: null, disabilityLevel: null, placementMode: null };
  }
  return {
    ...marks,
    isDisabled: true,
    disabilityType: random.pick([
      'VISUAL',
      'HEARING',
      'SPEECH',
      'PHYSICAL',
      'INTELLECTUAL',
      'MENTAL',
      'MULTIPLE',
    ]),
    disabilityLevel: random.pick(['I', 'II', 'III', 'IV']),
    placementMode: special ? 'SPECIAL_SCHOOL' : random.chance(0.85) ? 'INCLUSIVE' : 'HOME_TEACHING',
  };
}
