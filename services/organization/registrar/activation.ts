import { judgeActivation } from '#libs/law/account/registrar-duty.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Post } from './post.ts';
import { isRegistrar, type Registrar } from './registrar.ts';

/**
 * What keeps an account from being opened (ACC-02, ACC-05, ACC-07). Training and establishment are asked of who handles
 * registrations; a principal or decision-maker is filed (ours, on ACC-18).
 */
export const findingsBeforeOpening = (
  registrar: Pick<Registrar, 'roles' | 'isEstablishmentStaff' | 'trainedOn' | 'filedAt'>,
  { facts, law }: Pick<Post, 'facts' | 'law'>,
  on: IsoDate,
): Finding[] => {
  const handles = isRegistrar(registrar);
  return judgeActivation(
    {
      unit: facts,
      isEstablishmentStaff: !handles || registrar.isEstablishmentStaff,
      preServiceTrainingCompletedOn: handles ? registrar.trainedOn : on,
      filed: registrar.filedAt !== null,
    },
    on,
    law,
  );
};

export const isRefusal = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT');
