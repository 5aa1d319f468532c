import { CERTIFICATE_KINDS, type CertificateKind } from '#libs/law/certificate/kinds.ts';
import { certificateNumber, judgeNumber, MOST_SERIALS } from '#libs/law/certificate/number.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';

/** Hands out the numbers of an issuer in order; each is given once (CRT-13). */
export type Numbers = (kind: CertificateKind) => string;

/** The serials of a year are used up, or one that is next is taken: nobody's certificate gets a number by chance. */
export class NumbersExhausted extends Error {
  readonly code = 'CERTIFICATE_NUMBER_TAKEN';

  constructor() {
    super('An issuer has no free number of the kind left for the year');
    this.name = 'NumbersExhausted';
  }
}

/** Takes as many serials as are wanted of each kind, gapless in the transaction that uses them: two issuers of one kind wait for each other. */
export const takeNumbers = async (
  tx: Tx,
  { issuer, year, today, place }: { issuer: string; year: number; today: string; place: LawPlace },
  wanted: ReadonlyMap<CertificateKind, number>,
): Promise<Numbers> => {
  const next = new Map<CertificateKind, number>();
  for (const kind of CERTIFICATE_KINDS) {
    const count = wanted.get(kind) ?? 0;
    if (count === 0) continue;
    const { last } = await queryOne<{ last: number }>(
      tx,
      `insert into certificate_serial (issuer, kind, year, last) values ($1, $2, $3, $4)
       on conflict (issuer, kind, year) do update set last = certificate_serial.last + excluded.last
       returning last`,
      [issuer, kind, year, count],
    );
    if (last > MOST_SERIALS) throw new NumbersExhausted();
    next.set(kind, last - count + 1);
    const first = certificateNumber({ issuer, kind, year, serial: last - count + 1 });
    const taken = await query(tx, 'select number from certificate_number where number = $1', [first]);
    if (judgeNumber({ taken: taken.length > 0 }, today, place).length > 0) throw new NumbersExhausted();
  }
  return (kind) => {
    const serial = next.get(kind);
    if (serial === undefined) throw new NumbersExhausted();
    next.set(kind, serial + 1);
    return certificateNumber({ issuer, kind, year, serial });
  };
};
