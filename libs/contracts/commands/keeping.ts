import { z } from 'zod';
import { Instant, Uuid } from '../ids.ts';

/** A stored file that is not what was stored. */
export const FaultyFile = z.object({
  file: Uuid,
  /** Name of its bytes in the storage, to be restored from the storage's backup. */
  object: Uuid,
  fault: z.enum(['DAMAGED', 'MISSING']),
  checkedAt: Instant,
});
export type FaultyFile = z.infer<typeof FaultyFile>;

/** What came of a portion of checks; `faulty`: the first hundred of all that are known. */
export const CheckedFiles = z.object({
  keepsFiles: z.boolean(),
  before: Instant,
  checked: z.int(),
  left: z.int(),
  faulty: z.array(FaultyFile).max(100),
});
export type CheckedFiles = z.infer<typeof CheckedFiles>;

/** How much is sealed by one key of the ring. */
export const KeyUse = z.object({
  key: z.string(),
  values: z.int(),
  files: z.int(),
  /** Bytes that were replaced and are not removed yet. */
  replaced: z.int(),
});
export type KeyUse = z.infer<typeof KeyUse>;

/** How far a round through the sealed columns has come: which column, and the last key of it. */
export const SealedCursor = z.object({ column: z.int().min(0), after: z.array(z.string()).nullable() });
export type SealedCursor = z.infer<typeof SealedCursor>;

/**
 * What an operator may ask of a running service about what it keeps. Each question does a part of the work and is asked
 * again until nothing is left, so that whoever asks may stop and begin anew at any moment.
 */
export const keepingOf = (service: string) => ({
  /** Reads files through whose last check lies before an instant: at first the service's own now (null), then as it said. */
  checkFiles: {
    subject: `keeping.${service}.check-files`,
    timeout: 120_000,
    request: z.object({ before: Instant.nullable() }),
    reply: CheckedFiles,
  },
  /** Seals values and files anew that are not under the current key. */
  reseal: {
    subject: `keeping.${service}.reseal`,
    timeout: 120_000,
    request: z.object({ cursor: SealedCursor }),
    reply: z.object({
      values: z.int(),
      files: z.int(),
      unreadable: z.int(),
      cursor: SealedCursor.nullable(),
    }),
  },
  /** What is sealed by which key. */
  keys: {
    subject: `keeping.${service}.keys`,
    timeout: 60_000,
    request: z.object({}),
    reply: z.object({ current: z.string(), keys: z.array(KeyUse) }),
  },
  /** Lets a key go by which nothing is sealed any more: from then on the service starts without it. */
  retireKey: {
    subject: `keeping.${service}.retire-key`,
    timeout: 60_000,
    request: z.object({ key: z.string().min(1).max(16) }),
    reply: z.object({ key: z.string() }),
  },
});
