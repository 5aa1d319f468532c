import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { openSteps } from '#libs/law/transfer/course.ts';
import { type Party, sideOf } from '#libs/law/transfer/parties.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** The school or unit that acts as a party of a case. */
export const unitIn = ({ source, target }: CaseRecord, party: Party): string => {
  if (party === 'TARGET_COMPETENT_AUTHORITY') return target.competent?.authority ?? target.authority;
  const side = sideOf(party) === 'SOURCE' ? source : target;
  return party.endsWith('SCHOOL') ? side.school : side.authority;
};

/** The party as which a unit has a turn in a case at some time, the latest where it has several. */
const partyInPlan = (record: CaseRecord, unit: string): Party | undefined =>
  record.plan.turns.flatMap(({ parties }) => parties).findLast((party) => unitIn(record, party) === unit);

/**
 * The party as which a unit would act on a case now: the one whose open step is the unit's; else the one as which it acts at
 * another time, so that the refusal tells of the order (TRF-04). Before the start whoever acts would start (TRF-02), and a
 * stranger is told whose turn it is. `place`: whose law that party acts under.
 */
export const partyOf = async (
  core: Core,
  record: CaseRecord,
  unit: string,
): Promise<{ party: Party; place: LawPlace }> => {
  const open = openSteps(record);
  const now = open.find((step) => step.unit === unit)?.party;
  const later = record.state === 'DRAFT' ? undefined : partyInPlan(record, unit);
  const party = now ?? later ?? open[0]?.party ?? 'TARGET_SCHOOL';
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
  return school ? lawPlaceOfSchool(school) : { province: side.province };
};
