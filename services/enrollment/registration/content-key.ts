import { canonicalJson } from '#libs/platform/commands/idempotency.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { CollectedForm } from './collected-form.ts';

/**
 * Keyed hash of a school's form with its entry year: the same content is the same intake, so that importing a file
 * again, or resuming after a crash, changes nothing.
 */
export const contentKeyOf = (
  sealing: Sealing,
  school: string,
  form: CollectedForm,
  entryYear: number,
): Buffer => sealing.hash('intake', `${school}|${entryYear}|${canonicalJson(form)}`);

/** Keyed hash of a correction: of one registration, as it was seen, by one form. */
export const correctionKeyOf = (
  sealing: Sealing,
  enrollment: string,
  version: number,
  form: CollectedForm,
): Buffer => sealing.hash('intake', `correction|${enrollment}|${version}|${canonicalJson(form)}`);
