import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { UnitCode, Uuid } from '../ids.ts';

export const CertificateVerified = defineEvent({
  type: 'CertificateVerified',
  source: 'certificate',
  version: 1,
  summary: 'Somebody checked a certificate; neither who asked nor what was asked is kept (CRT-13).',
  data: z.object({
    check: Uuid,
    way: z.enum(['NUMBER', 'CODE', 'DOCUMENT']),
    state: z.enum(['VALID', 'REVOKED', 'UNKNOWN']),
    /** The certificate that was found. */
    certificate: Uuid.nullable(),
    province: UnitCode,
  }),
});
