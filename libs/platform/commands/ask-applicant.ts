import { v7 as uuidv7 } from 'uuid';
import { Applicant, tellApplicant, tellApplicantContext } from '#libs/contracts/commands/tell-applicant.ts';
import type { Bus } from '../bus/bus.ts';
import type { Sealing } from '../crypto/sealing.ts';
import { ask } from './internal.ts';

/** Name and day of birth of a child, asked of identity and opened here; null where nobody stands under the id. */
export const askApplicant = async (
  { bus, sealing }: { bus: Bus; sealing: Pick<Sealing, 'open'> },
  person: string,
): Promise<Applicant | null> => {
  const id = uuidv7();
  const { sealed } = await ask(bus, tellApplicant, { id, person });
  if (sealed === null) return null;
  return Applicant.parse(JSON.parse(sealing.open(Buffer.from(sealed, 'base64'), tellApplicantContext(id))));
};
