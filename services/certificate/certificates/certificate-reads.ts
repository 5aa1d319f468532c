import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import type { Certificate } from './certificate.ts';
import { certificatesWhere } from './certificate-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type CertificateReads = {
  /** By person, the first issued first; those that the scope does not cover are left out. */
  ofPerson: DataLoader<string, Certificate[]>;
};

export const createCertificateReads = (read: Reads): CertificateReads => ({
  ofPerson: new DataLoader(
    async (persons) => {
      const rows = await read((tx) =>
        certificatesWhere(tx, 'person_id = any($1::uuid[]) order by issued_on, certificate_id', [
          [...persons],
        ]),
      );
      const found = Map.groupBy(rows, ({ person }) => person);
      return persons.map((person) => found.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  ),
});
