import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import type { Grant } from './disclosure.ts';
import { maskName, maskNumber } from './masking.ts';

/** How a grant tells: single pupils masked, pupils under keys of their own, or counts alone (the latter two by exports). */
export const MASKING_PROFILES = ['MASKED', 'ANON_ROW', 'ANON_AGG'] as const;
export type MaskingProfile = (typeof MASKING_PROFILES)[number];

/** What a value becomes when it goes out. */
export type Treatment = (value: unknown) => unknown;

const plain: Treatment = (value) => value;
const asText =
  (mask: (text: string) => string): Treatment =>
  (value) =>
    value === null || value === undefined ? null : mask(String(value));
/** Who has left at own wish, was expelled or is gone has left: why, nobody outside is told (M-DISC). */
const LEAVING: ReadonlySet<unknown> = new Set(['WITHDRAWN', 'EXPELLED', 'LEFT_OTHER']);
const withoutCause: Treatment = (status) => (LEAVING.has(status) ? 'LEFT_OTHER' : status);
/** The year alone: its first day. */
const year = asText((day) => `${day.slice(0, 4)}-01-01`);

/**
 * Everything that may go out under a grant, and what becomes of it (PRV-04; profiles M-NAME, M-ID, M-DOB). Guardians, addresses,
 * telephones, health and discipline are not in it, nor is why somebody has left: they are dropped (M-GUARDIAN, M-ADDR, M-PHONE, M-HEALTH, M-DISC).
 */
export const DISCLOSED_FIELDS: Readonly<Record<string, Treatment>> = {
  'Student.name': asText(maskName),
  'Student.studentNumber': asText(maskNumber),
  'Student.numberKind': plain,
  'Student.gender': plain,
  'Student.birthDate': year,
  'Student.nationality': plain,
  'Student.ethnicity': plain,
  'Enrollment.school': plain,
  'Enrollment.stage': plain,
  'Enrollment.grade': plain,
  'Enrollment.cohort': plain,
  'Enrollment.status': withoutCause,
};

/** The treatments of some of these fields; throws Error for a field that may not go out at all. */
export const treatmentsOf = (fields: readonly string[]): Readonly<Record<string, Treatment>> => {
  enforces('PRV-04');
  return Object.fromEntries(
    fields.map((field) => {
      const treatment = DISCLOSED_FIELDS[field];
      if (treatment === undefined) throw new Error('A field that is not for disclosure');
      return [field, treatment];
    }),
  );
};

/**
 * True where a read of a field stays within a grant on a day (PRV-05). It holds everywhere, also where no text says so (ours);
 * grants of anonymised data are answered by exports, and let nobody read single pupils.
 */
export const isWithinGrant = (
  { fields, validUntil, revokedOn, profile }: Grant & { profile: MaskingProfile },
  field: string,
  on: IsoDate,
): boolean => {
  enforces('PRV-05');
  return (
    profile === 'MASKED' &&
    on <= validUntil &&
    (revokedOn === null || on < revokedOn) &&
    fields.includes(field)
  );
};
