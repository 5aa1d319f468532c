import { z } from 'zod';
import { Day, UnitCode, Uuid } from '#libs/contracts/ids.ts';
import { DISCLOSED_FIELDS, MASKING_PROFILES } from '#libs/law/privacy/disclosed-fields.ts';
import type { DisclosureBasis } from '#libs/law/privacy/disclosure.ts';

const words = (most: number) => z.string().trim().max(most).nullish();

const Basis = z
  .object({
    kind: z.enum(['LAW', 'GOVERNMENT_APPROVAL']),
    level: z.enum(['TOWNSHIP', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY']).nullish(),
    provision: words(500),
    document: words(500),
  })
  .transform(({ kind, level, provision, document }): DisclosureBasis => {
    switch (kind) {
      case 'LAW':
        return { kind, provision: provision ?? '' };
      case 'GOVERNMENT_APPROVAL':
        return { kind, level: level ?? 'TOWNSHIP', document: document ?? '' };
    }
  });

/** What is asked for; what is missing is for the law to say, all of it at once. */
export const Asked = z.object({
  /** Named by an authority that asks for a client; a client asks for itself. */
  client: words(200),
  unit: UnitCode,
  basis: Basis.nullish(),
  /** Written approval of the district bureau, where that is asked for besides. */
  bureauDocument: words(500),
  approvedBy: words(120),
  purpose: words(500),
  fields: z
    .array(
      z.string().refine((field) => Object.hasOwn(DISCLOSED_FIELDS, field), {
        message: '不在可提供的字段之列。 Not a field that may go out.',
      }),
    )
    .max(50),
  profile: z.enum(MASKING_PROFILES),
  validUntil: Day.nullish(),
});
export type Asked = z.infer<typeof Asked>;

const key = z.string().min(1).max(100);

export const Request = Asked.extend({ idempotencyKey: key });
export const Decision = z.object({
  ...{ idempotencyKey: key, disclosure: Uuid, expectedVersion: z.int() },
  decision: z.enum(['APPROVE', 'REFUSE']),
  reason: words(1000),
});
export const Revocation = z.object({
  ...{ idempotencyKey: key, disclosure: Uuid, expectedVersion: z.int() },
  reason: z.string().trim().min(1).max(1000),
});
export const Registration = z.object({
  idempotencyKey: key,
  client: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(200),
});
