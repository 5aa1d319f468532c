import { createSealing, type Sealing } from '#libs/platform/crypto/sealing.ts';
import type { ReadingLimits } from '#services/enrollment/import/reading/limits.ts';

/** A stored file to be read as an import reads it. */
export type ReadingOrder = {
  filesDir: string;
  name: string;
  /** The key of the ring, base64. */
  key: string;
  limits: Partial<ReadingLimits>;
};

/** Where the reading stands still until it is told to go on. */
export type Stage = 'OPENED' | 'SURVEYED' | 'IN_THE_MIDDLE' | 'CLOSED';

export const sealingOf = (key: string): Sealing =>
  createSealing({ current: 'test', keys: { test: key } }, key);
