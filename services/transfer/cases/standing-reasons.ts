import { freePlaces } from '#libs/law/transfer/places.ts';
import { type CaseFinding, noPlaceFree } from './own-finding.ts';
import type { Situation } from './situation.ts';
import { type Known, seatsOf } from './start-facts.ts';

/**
 * What a refusal may rest on: what stands against the case now, and that the grade is full where no text limits it to its
 * size, since no place could be held there either. Graduates who go on elsewhere are counted by the plan and not by places.
 */
export const standingReasons = (
  { request, holdsPlace }: Pick<Known, 'request' | 'holdsPlace'>,
  findings: readonly CaseFinding[],
  { seats }: Pick<Situation, 'seats'>,
): readonly CaseFinding[] => {
  const isCounted = request.kind !== 'CROSS_PROVINCE_STUDY' && !holdsPlace && seats !== undefined;
  return isCounted && freePlaces(seatsOf(seats.grade)) === 0 ? [...findings, noPlaceFree] : findings;
};
