import type { CountedLiving } from '#libs/contracts/events/identity.ts';
import type { PersonForm } from '#libs/contracts/person-form.ts';

const groupOf = (ethnicGroup: string | null): CountedLiving['ethnicGroup'] => {
  if (ethnicGroup === null) return 'NOT_APPLICABLE';
  return ethnicGroup === '01' || ethnicGroup.startsWith('汉') ? 'HAN' : 'MINORITY';
};

/** What a person counts as by what is known to change and by group. */
export const livingOf = ({
  profile,
  ethnicGroup,
}: Pick<PersonForm, 'profile' | 'ethnicGroup'>): CountedLiving => ({
  boarder: profile.isBoarder,
  leftBehind: profile.isLeftBehind,
  migrant: profile.isMigrantChild,
  residencePermit: profile.hasResidencePermit,
  disabled: profile.isDisabled,
  ethnicGroup: groupOf(ethnicGroup),
});
