import { v7 as uuidv7 } from 'uuid';
import {
  BirthTold,
  findForTransfer,
  findForTransferContext,
  type PupilSought,
} from '#libs/contracts/commands/find-for-transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** A pupil whom the receiving school has shown to know. */
export type FoundPupil = { person: string; birthDate: string };

/**
 * Who a pupil is, by number or document and name together, or as a national check of the own school has found it; undefined
 * where that is nobody (PRV-15).
 */
export const findPupil = async (
  { bus, sealing }: Pick<ServiceCore, 'bus' | 'sealing'>,
  sought: PupilSought,
): Promise<FoundPupil | undefined> => {
  enforces('PRV-15');
  const id = uuidv7();
  const context = findForTransferContext(id);
  const sealed = sealing.seal(JSON.stringify(sought), context).toString('base64');
  const { found } = await ask(bus, findForTransfer, { id, sealed });
  if (found === null) return undefined;
  const told = sealing.open(Buffer.from(found.sealed, 'base64'), `${context}:answer`);
  return { person: found.person, ...BirthTold.parse(JSON.parse(told)) };
};

/** Context under which the day of birth of a case is sealed. */
export const birthContext = (transfer: string): string => `transfer-birth:${transfer}`;
