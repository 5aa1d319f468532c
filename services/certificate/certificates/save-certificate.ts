import type { DataOf, EventKind } from '#libs/contracts/envelope.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { Certificate } from './certificate.ts';

/** What every event says of a certificate. */
export const certificateFacts = (each: Certificate) => ({
  certificate: each.id,
  ...{ person: each.person, enrollment: each.enrollment, kind: each.kind, stage: each.stage },
  ...{ school: each.school, place: each.place, province: each.province, issuer: each.issuer.code },
});

/** Something to be told of a certificate. */
export const toldOf = <Kind extends EventKind>(
  kind: Kind,
  { id, events }: Certificate,
  data: DataOf<Kind>,
): Recorded => recorded(kind, `certificate:${id}`, events, data);

/** A certificate that is to be there, by which keys it is looked up, and what is told of it. */
export type NewCertificate = { certificate: Certificate; checkKeys: readonly Buffer[]; told: Recorded };

/** Writes new certificates; their numbers are taken from here on for ever (CRT-13). Throws 23505 where one is taken. */
export const insertCertificates = async (
  tx: Tx,
  at: string,
  made: readonly NewCertificate[],
): Promise<void> => {
  await insertRows(
    tx,
    'certificate_number',
    [
      ['number', 'text'],
      ['person_id', 'uuid'],
      ['certificate_id', 'uuid'],
      ['taken_at', 'timestamptz'],
    ],
    made.map(({ certificate: { number, person, id } }) => [number, person, id, at]),
  );
  await insertRows(
    tx,
    'certificate_code',
    [
      ['hash', 'bytea'],
      ['person_id', 'uuid'],
      ['certificate_id', 'uuid'],
    ],
    made.flatMap(({ certificate: { person, id }, checkKeys }) => checkKeys.map((key) => [key, person, id])),
  );
  await insertRows(
    tx,
    'certificate',
    [
      ['person_id', 'uuid'],
      ['certificate_id', 'uuid'],
      ['enrollment_id', 'uuid'],
      ['kind', 'text'],
      ['stage', 'text'],
      ['number', 'text'],
      ['issuer_kind', 'text'],
      ['issuer', 'text'],
      ['school', 'text'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['issued_on', 'date'],
      ['original_number', 'text'],
      ['before_register', 'boolean'],
      ['sealing_authority', 'text'],
      ['seal_due_on', 'date'],
      ['seal_provisional', 'boolean'],
      ['drafted_by', 'text'],
      ['content', 'bytea'],
      ['version', 'int'],
      ['events', 'int'],
    ],
    made.map(({ certificate: each }) => [
      ...[each.person, each.id, each.enrollment, each.kind, each.stage, each.number, each.issuer.by],
      ...[each.issuer.code, each.school, each.place, each.province, each.issuedOn, each.originalNumber],
      each.beforeRegister,
      ...[each.sealing?.authority ?? null, each.sealing?.dueOn ?? null, each.sealing?.provisional ?? null],
      ...[each.sealing?.draftedBy ?? null, each.content, each.version, each.events],
    ]),
  );
  await recordEvents(
    tx,
    at,
    made.map(({ told }) => told),
  );
};

/** Writes how a certificate stands now, and tells of it. */
export const updateCertificate = async <Kind extends EventKind>(
  tx: Tx,
  at: string,
  before: Certificate,
  after: Certificate,
  { kind, data }: { kind: Kind; data: DataOf<Kind> },
): Promise<Certificate> => {
  const certificate = { ...after, version: before.version + 1, events: before.events + 1 };
  await execute(
    tx,
    `update certificate set sealed_on = $3, sealed_by = $4, revoked_on = $5, revocation_reason = $6, copies = $7,
       version = $8, events = $9 where person_id = $1 and certificate_id = $2`,
    [
      ...[certificate.person, certificate.id, certificate.sealedOn, certificate.sealedBy],
      ...[certificate.revokedOn, certificate.revocationReason, certificate.copies],
      ...[certificate.version, certificate.events],
    ],
  );
  await recordEvents(tx, at, [toldOf(kind, certificate, data)]);
  return certificate;
};
