import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, UnitCode, Uuid } from '../ids.ts';
import { Stage } from '../vocabulary.ts';

const source = 'certificate';

export const ECertificateIssued = defineEvent({
  type: 'ECertificateIssued',
  source,
  version: 1,
  summary: 'A certificate got an electronic form, with the same number and force as the paper (CRT-09).',
  data: z.object({
    certificate: Uuid,
    person: Uuid,
    kind: z.enum(['GRADUATION', 'COMPLETION', 'INCOMPLETION', 'SCHOOLING']),
    stage: Stage,
    province: UnitCode,
    /** 1 for the first; more where a certificate was signed anew. */
    form: z.int().min(1),
  }),
});

export const ECertificatePlanSet = defineEvent({
  type: 'ECertificatePlanSet',
  source,
  version: 1,
  summary:
    'A province set from which day on electronic certificates are given for a stage, or took that back (CRT-09).',
  data: z.object({ province: UnitCode, stage: Stage, startsOn: Day.nullable() }),
});
