import { ECertificateIssued } from '#libs/contracts/events/electronic-certificate.ts';
import { leastDataOf } from '#libs/law/certificate/electronic.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { documentDigest, signDocument } from '#libs/platform/signing/signed-document.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { openContent } from '../certificates/certificate-content.ts';
import { checkKey } from '../verify/check-keys.ts';

/** The electronic form of a certificate: the signed document, sealed where it lies. */
export type ElectronicForm = {
  person: string;
  certificate: string;
  form: number;
  issuedAt: string;
  kid: string;
  document: Buffer;
};

type Row = {
  person_id: string;
  certificate_id: string;
  form: number;
  issued_at: Date;
  kid: string;
  document: Buffer;
};

/** Binds a sealed document to its certificate. */
export const formContext = (certificate: string): string => `electronic certificate:${certificate}`;

/** The signed document of a form; throws where what lies there was altered or belongs to another certificate. */
export const openForm = (sealing: Sealing, { certificate, document }: ElectronicForm): string =>
  sealing.open(Buffer.from(document), formContext(certificate));

/** The last form of each of these certificates, as far as the scope covers them. */
export const formsOf = async (tx: Tx, certificates: readonly string[]): Promise<ElectronicForm[]> => {
  const rows = await query<Row>(
    tx,
    `select distinct on (certificate_id) person_id, certificate_id, form, issued_at, kid, document
     from electronic_certificate where certificate_id = any($1::uuid[]) order by certificate_id, form desc`,
    [certificates],
  );
  return rows.map((row) => ({
    ...{ person: row.person_id, certificate: row.certificate_id, form: row.form, kid: row.kid },
    ...{ issuedAt: new Date(row.issued_at).toISOString(), document: row.document },
  }));
};

type ToSign = { certificate: Certificate; form: number };
type By = { sealing: Sealing; signing: Signing; now: string };

const columns: [string, string][] = [
  ['person_id', 'uuid'],
  ['certificate_id', 'uuid'],
  ['form', 'int'],
  ['school', 'text'],
  ['place', 'bigint'],
  ['issued_at', 'timestamptz'],
  ['kid', 'text'],
  ['digest', 'text'],
  ['document', 'bytea'],
];

/** What the signed document says: the least that proves the certificate (PRV-14). */
const documentOf = ({ sealing, signing, now }: By, certificate: Certificate): string => {
  const { studentName, schoolName, issuerName, studiedTo } = openContent(sealing, certificate);
  const { number, kind, stage, issuedOn } = certificate;
  if (stage === 'PRESCHOOL') throw new RangeError('a kindergarten certifies nothing');
  const said = { number, kind, stage, holderName: studentName, schoolName, issuerName, issuedOn };
  const least = leastDataOf({ ...said, endedIn: studiedTo.slice(0, 7) });
  return signDocument(signing, 'xueji-certificate', least, now);
};

/** Signs certificates and keeps the documents; each can be checked from now on, and is told of (CRT-09). */
export const writeForms = async (tx: Tx, by: By, toSign: readonly ToSign[]): Promise<void> => {
  const { sealing, signing, now } = by;
  const { kid } = signing.signerAt(now);
  const made = toSign.map((each) => ({ ...each, document: documentOf(by, each.certificate) }));
  await insertRows(
    tx,
    'electronic_certificate',
    columns,
    made.map(({ certificate: { person, id, school, place }, form, document }) => [
      ...[person, id, form, school, place, now, kid, documentDigest(document)],
      sealing.seal(document, formContext(id)),
    ]),
  );
  await insertRows(
    tx,
    'certificate_code',
    [
      ['hash', 'bytea'],
      ['person_id', 'uuid'],
      ['certificate_id', 'uuid'],
    ],
    made.map(({ certificate: { person, id }, document }) => [
      ...[checkKey(sealing, { way: 'DOCUMENT', document }), person, id],
    ]),
  );
  await execute(
    tx,
    'update certificate set electronic = true where certificate_id = any($1::uuid[]) and person_id = any($2::uuid[])',
    [made.map(({ certificate: { id } }) => id), made.map(({ certificate: { person } }) => person)],
  );
  await recordEvents(
    tx,
    now,
    made.map(({ certificate: { person, id, kind, stage, province }, form }) =>
      recorded(ECertificateIssued, `electronic-certificate:${id}`, form, {
        ...{ certificate: id, person, kind, stage, province, form },
      }),
    ),
  );
};

const revoked = 'c.revoked_on is not null and c.electronic';

/** What the list of revocations holds: every form of every certificate that was revoked. */
export const revokedDigests = async (tx: Tx): Promise<string[]> => {
  const rows = await query<{ digest: string }>(
    tx,
    `select e.digest from certificate c
     join electronic_certificate e on e.person_id = c.person_id and e.certificate_id = c.certificate_id
     where ${revoked}`,
  );
  return rows.map(({ digest }) => digest);
};

/** How many certificates with an electronic form are revoked: none is ever taken back, so that a list is as old as this number. */
export const revokedCount = async (tx: Tx): Promise<number> =>
  (await queryOne<{ count: number }>(tx, `select count(*)::int as count from certificate c where ${revoked}`))
    .count;
