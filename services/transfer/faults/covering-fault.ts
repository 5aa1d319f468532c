import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRequest } from '../cases/request.ts';
import { type Fault, wasFault } from './fault.ts';
import { faultByReference } from './fault-rows.ts';

/** The fault that is named for a transfer handled outside first, where it lasted on that day at one of the places. */
export const coveringFault = async (
  { beside }: Pick<ServiceCore, 'beside'>,
  handling: CaseRequest['handling'],
  places: readonly (number | undefined)[],
): Promise<Fault | undefined> => {
  const { faultReference, paperDecidedOn } = handling ?? {};
  if (!faultReference || !paperDecidedOn) return undefined;
  const fault = await asWorkerOnce(beside, (tx) => faultByReference(tx, faultReference));
  const known = places.filter((place) => place !== undefined);
  return fault && wasFault(fault, paperDecidedOn, known) ? fault : undefined;
};
