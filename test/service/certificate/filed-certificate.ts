import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { checkKey, type Held } from '#services/certificate/verify/check-keys.ts';

export type Filed = { person: string; id: string; number: string; name: string; code: string };

type Wanted = {
  number: string;
  name: string;
  kind?: 'GRADUATION' | 'COMPLETION';
  issuedOn?: string;
  revokedOn?: string;
  document?: string;
};

/** Puts a certificate into the register as if it had been issued, to be found by what its holder has of it. */
export const fileCertificate = (core: ServiceCore, wanted: Wanted): Promise<Filed> =>
  asWorker(core.worker, async (tx) => {
    const { number, name, kind = 'GRADUATION', issuedOn = '2026-06-28', revokedOn = null, document } = wanted;
    const [person, id] = [uuidv7(), uuidv7()];
    await execute(
      tx,
      `insert into certificate (person_id, certificate_id, enrollment_id, kind, stage, number, issuer_kind, issuer, school,
         place, province, issued_on, revoked_on, revocation_reason, content, version, events)
       values ($1, $2, $2, $3, 'SENIOR', $4, 'CITY', '140100', '3414000001', 1, '140000', $5, $6, $7, '', 1, 0)`,
      [person, id, kind, number, issuedOn, revokedOn, revokedOn === null ? null : 'ISSUED_BY_MISTAKE'],
    );
    const code = [...randomBytes(26)]
      .map((byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(byte % 32))
      .join('');
    const held: Held[] = [
      { way: 'NUMBER', number, name },
      { way: 'CODE', code },
      ...(document === undefined ? [] : [{ way: 'DOCUMENT' as const, document }]),
    ];
    await execute(
      tx,
      'insert into certificate_code (hash, person_id, certificate_id) select h, $2, $3 from unnest($1::bytea[]) as row (h)',
      [held.map((each) => checkKey(core.sealing, each)), person, id],
    );
    return { person, id, number, name, code };
  });
