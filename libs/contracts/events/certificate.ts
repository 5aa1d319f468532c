import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { Stage } from '../vocabulary.ts';

const source = 'certificate';

export const OutcomeKind = z.enum(['GRADUATION', 'COMPLETION', 'INCOMPLETION']);
export const CertificateKind = z.enum([...OutcomeKind.options, 'SCHOOLING']);

/** A school, and where it stands in the tree. */
const Seat = z.object({ school: SchoolCode, place: Place, province: UnitCode });

/** A batch of outcomes that a school has classified. */
const Batch = Seat.extend({ batch: Uuid, authority: UnitCode });

/** Somebody of a batch, and how studies ended. */
const Outcomes = z.array(z.object({ person: Uuid, enrollment: Uuid, outcome: OutcomeKind })).max(500);

export const OutcomeUploaded = defineEvent({
  type: 'OutcomeUploaded',
  source,
  version: 1,
  summary:
    'A school classified how studies ended and handed the batch to its superior authority (CRT-07); those who did not qualify are not in it.',
  data: Batch.extend({ outcomes: Outcomes, held: z.int().min(0), dueOn: Day }),
});

export const OutcomeReviewed = defineEvent({
  type: 'OutcomeReviewed',
  source,
  version: 1,
  summary: 'The superior authority reviewed a batch of outcomes; certificates may follow (CRT-07).',
  data: Batch.extend({ outcomes: Outcomes, held: z.int().min(0) }),
});

export const OutcomeReturned = defineEvent({
  type: 'OutcomeReturned',
  source,
  version: 1,
  summary: 'The superior authority gave a batch of outcomes back to the school, with a reason (W-19).',
  data: Batch,
});

export const OutcomeTakenBack = defineEvent({
  type: 'OutcomeTakenBack',
  source,
  version: 1,
  summary:
    'The authority took back outcomes that stood and were not carried out; the school sorts these students anew (W-19).',
  data: Batch.extend({ outcomes: Outcomes }),
});

export const OutcomeReviewOverdue = defineEvent({
  type: 'OutcomeReviewOverdue',
  source,
  version: 1,
  summary: 'A batch of outcomes was not reviewed in time; put on record once (CRT-07).',
  data: Batch.extend({ dueOn: Day }),
});

/** Whose certificate, of which studies, and who issues it; what it states stays with its owner. */
const Certificate = Seat.extend({
  certificate: Uuid,
  person: Uuid,
  enrollment: Uuid,
  kind: CertificateKind,
  stage: Stage,
  issuer: z.string(),
});

export const CertificateIssued = defineEvent({
  type: 'CertificateIssued',
  source,
  version: 1,
  summary: 'A certificate was numbered, sealed and issued (CRT-01, CRT-03, CRT-06).',
  data: Certificate.extend({ issuedOn: Day }),
});

export const CertificateRevoked = defineEvent({
  type: 'CertificateRevoked',
  source,
  version: 1,
  summary: 'A certificate was revoked; its number is never used again (CRT-13, ENR-35).',
  data: Certificate.extend({
    revokedOn: Day,
    reason: z.enum(['GRADUATION_ROLLED_BACK', 'ISSUED_BY_MISTAKE']),
  }),
});

export const ReissueRefused = defineEvent({
  type: 'ReissueRefused',
  source,
  version: 1,
  summary: 'A second certificate was asked for where one was issued, and refused (CRT-10).',
  data: Certificate,
});

export const SchoolingCertificateDrafted = defineEvent({
  type: 'SchoolingCertificateDrafted',
  source,
  version: 1,
  summary:
    'The graduating school, or whoever acts in its place, gave a certificate of schooling; without effect until sealed (CRT-10).',
  data: Certificate.extend({
    ...{ issuedOn: Day, authority: UnitCode, dueOn: Day },
    /** Uploads that became proofs of a graduation of which the register has no certificate. */
    papers: z.array(Uuid).max(20).optional(),
  }),
});

export const SchoolingCertificateSealed = defineEvent({
  type: 'SchoolingCertificateSealed',
  source,
  version: 1,
  summary:
    'The competent authority sealed a certificate of schooling, which is in force from now on (CRT-10).',
  data: Certificate.extend({ sealedOn: Day }),
});

export const CertificateCopied = defineEvent({
  type: 'CertificateCopied',
  source,
  version: 1,
  summary:
    'A marked copy of a lost certificate of completion or incompletion was made from its stub (CRT-06).',
  data: Certificate.extend({ copy: z.int().min(1), copiedOn: Day }),
});

export const IssueFailed = defineEvent({
  type: 'IssueFailed',
  source,
  version: 1,
  summary:
    'An order to issue certificates stopped at a fault and waits to be continued; what was issued stands.',
  data: z.object({ order: Uuid, issuer: z.string(), province: UnitCode, cause: z.string() }),
});

export const IssueFinished = defineEvent({
  type: 'IssueFinished',
  source,
  version: 1,
  summary: 'An order to issue certificates came to its end.',
  data: z.object({
    order: Uuid,
    issuer: z.string(),
    province: UnitCode,
    issued: z.int().min(0),
    skipped: z.int().min(0),
  }),
});
