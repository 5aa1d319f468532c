import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  CertificateIssued,
  CertificateRevoked,
  SchoolingCertificateSealed,
} from '#libs/contracts/events/certificate.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockArchive } from '../archives/archive-rows.ts';
import { certificateFiled } from './filing.ts';
import { fileAll } from './matters.ts';

const given = [CertificateIssued, SchoolingCertificateSealed] as const;

const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  const kind = given.find(({ type }) => type === event.type);
  const { person } = readEvent(kind ?? CertificateRevoked, event);
  const before = await lockArchive(tx, person);
  if (before === undefined) return;
  const change = kind === undefined ? 'CERTIFICATE_REVOKED' : 'CERTIFICATE_ISSUED';
  await fileAll(tx, event, before, [certificateFiled(event, change)]);
};

/** Certificates that are in force, and what is revoked of them, are entered wherever the archive lies by then. */
export const followsCertificates = (core: Pick<ServiceCore, 'wakeRelay'>): Projection => ({
  name: 'archive-certificates',
  sources: ['certificate'],
  types: [...given, CertificateRevoked].map(({ type }) => type),
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await follow(tx, event);
  },
  applied: () => core.wakeRelay(),
});
