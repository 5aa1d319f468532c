import { holdPlace } from '#libs/contracts/commands/hand-over-registration.ts';
import { judgePlaces } from '#libs/law/transfer/places.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';
import { type CaseFinding, noPlaceHeld } from './own-finding.ts';
import type { Surroundings } from './situation.ts';
import { seatsOf } from './start-facts.ts';

/**
 * Holds a place for a case at its school (TRF-09); what stands against it where none is free, nothing where one is held.
 * Asked again it holds the same place. What the county has held for the family's application before is the same place.
 */
export const holdPlaceFor = async (
  { bus }: Pick<ServiceCore, 'bus'>,
  { id, kind, target, request: { application } }: CaseRecord,
  { today, target: { place } }: Pick<Surroundings, 'today' | 'target'>,
): Promise<CaseFinding[]> => {
  const { school, stage, entryYearAdj, schoolClass } = target;
  const wanted = { transfer: id, follows: application, school, stage, entryYearAdj, schoolClass };
  const answer = await ask(bus, holdPlace, wanted);
  if (answer.held) return [];
  const counted = answer.schoolClass === null ? {} : { schoolClass: seatsOf(answer.schoolClass) };
  const law = judgePlaces({ kind, stage, grade: seatsOf(answer.grade), ...counted }, today, place);
  return law.length > 0 ? law : [noPlaceHeld];
};
