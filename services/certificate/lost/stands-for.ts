import type { Tx } from '#libs/platform/database/orm.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';

/** The graduation certificate for which another stands, with its lock; undefined where it was revoked (CRT-10, CRT-11). */
export const lockOriginal = async (
  tx: Tx,
  { person, enrollment }: Pick<Certificate, 'person' | 'enrollment'>,
  number: string | null,
): Promise<Certificate | undefined> =>
  (
    await certificatesWhere(
      tx,
      `person_id = $1 and enrollment_id = $2 and kind = 'GRADUATION' and number = $3 and revoked_on is null for update`,
      [person, enrollment, number],
    )
  )[0];

/** Certificates of schooling of the same studies that are drafted or sealed, with their locks: they fall with what they stand for. */
export const lockStandIns = (
  tx: Tx,
  { person, enrollment }: Pick<Certificate, 'person' | 'enrollment'>,
): Promise<Certificate[]> =>
  certificatesWhere(
    tx,
    `person_id = $1 and enrollment_id = $2 and kind = 'SCHOOLING' and revoked_on is null for update`,
    [person, enrollment],
  );
