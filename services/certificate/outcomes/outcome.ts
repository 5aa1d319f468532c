import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Outcome as Kind } from '#libs/law/certificate/kinds.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';

/**
 * HELD: did not qualify, with its findings. UPLOADED: with the superior authority. REVIEWED: a certificate may be issued.
 * VOID: the graduation was rolled back, or the student came back to school.
 */
export type OutcomeState = 'HELD' | 'UPLOADED' | 'REVIEWED' | 'RETURNED' | 'ISSUED' | 'VOID';

const Flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

/** The conditions of senior graduation as the school states them, item by item (CRT-02); what stands against the student's conduct the archive tells. */
export const Conditions = z.object({
  schoolYears: z.number().min(0).max(20),
  curriculumCompleted: Flag,
  credits: z
    .object({ earned: z.number().min(0).max(1000), required: z.number().min(0).max(1000) })
    .nullish()
    .transform((value) => value ?? null),
  fitnessPassed: Flag,
  qualityMaterialsMeet: Flag,
  test: z.array(z.object({ subject: z.string().trim().min(1).max(40), passed: z.boolean() })).max(30),
});
export type Conditions = z.infer<typeof Conditions>;

/** What a school states of a student at the end. */
export const Stated = z.object({
  conditions: Conditions.nullish().transform((value) => value ?? null),
  /** On the stub of a completion or incompletion: why. */
  reason: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullish()
    .transform((value) => value ?? null),
  /** When studies began and ended, where the record does not say it. */
  studiedFrom: Day.nullish().transform((value) => value ?? null),
  studiedTo: Day.nullish().transform((value) => value ?? null),
});
export type Stated = z.infer<typeof Stated>;

/** How the studies of somebody ended, as a school has classified it. */
export type Outcome = {
  id: string;
  person: string;
  enrollment: string;
  batch: string;
  school: string;
  place: number;
  province: string;
  stage: Stage;
  kind: Kind;
  state: OutcomeState;
  /** Code of the unit or school that issues the certificate; null until reviewed. */
  issuer: string | null;
  /** Counts in which order outcomes became ready for a certificate. */
  ready: number;
  /** When the authority took it back, and why. */
  takenBack: { at: string; reason: string } | null;
  stated: Buffer;
  findings: CertificateFinding[];
};

/** Binds what was stated to its outcome. */
export const statedContext = ({ person, id }: Pick<Outcome, 'person' | 'id'>): string =>
  `outcome:${person}:${id}`;
