import { Applicant } from '#libs/contracts/commands/tell-applicant.ts';
import { askApplicant } from '#libs/platform/commands/ask-applicant.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type ApplicationRecord, applicantContext } from './application-record.ts';

type Core = Pick<ServiceCore, 'bus' | 'sealing'>;

/** Name and day of birth of the caller's own child; OUT_OF_JURISDICTION where identity knows nobody. */
export const applicantOf = async (core: Core, person: string): Promise<Applicant> => {
  const applicant = await askApplicant(core, person);
  if (applicant === null) throw outOfJurisdiction();
  return applicant;
};

/** The applicant as it is kept with its application. */
export const sealApplicant = ({ sealing }: Pick<Core, 'sealing'>, id: string, applicant: Applicant): Buffer =>
  sealing.seal(JSON.stringify(applicant), applicantContext(id));

export const openApplicant = (
  { sealing }: Pick<Core, 'sealing'>,
  { id, sealed }: Pick<ApplicationRecord, 'id' | 'sealed'>,
): Applicant => Applicant.parse(JSON.parse(sealing.open(Buffer.from(sealed), applicantContext(id))));
