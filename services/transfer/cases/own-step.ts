import type { LawPlace } from '#libs/law/finding.ts';
import { openSteps } from '#libs/law/transfer/course.ts';
import { type Party, sideOf } from '#libs/law/transfer/parties.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf } from '../law-place.ts';
import type { CaseRecord } from './case-record.ts';

type Core = Pick<ServiceCore, 'directory'>;

/**
 * The party as which a unit would act on a case now: the one whose open step is the unit's, else one whose turn it is, so
 * that the refusal tells of it. `place`: whose law that party acts under.
 */
export const partyOf = async (
  core: Core,
  record: CaseRecord,
  unit: string,
): Promise<{ party: Party; place: LawPlace }> => {
  const open = openSteps(record);
  const party = (open.find((step) => step.unit === unit) ?? open[0])?.party ?? 'TARGET_SCHOOL';
  return { party, place: await lawPlaceOfParty(core, record, party) };
};

/** The place whose law a party of a case acts under. */
export const lawPlaceOfParty = async (
  { directory }: Core,
  record: CaseRecord,
  party: Party,
): Promise<LawPlace> => {
  const side = sideOf(party) === 'SOURCE' ? record.source : record.target;
  const school = await directory.school(side.school);
  return school ? lawPlaceOf(school) : { province: side.province };
};
