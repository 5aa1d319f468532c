import type { SchoolKind } from '#libs/contracts/vocabulary.ts';
import type { ManagedBy } from '../tree/registry-authority.ts';

/** Kinds of school of which the measure of 2013 does not speak (001 A2). */
export const KINDS_WITHOUT_NOTICE: readonly SchoolKind[] = ['KINDERGARTEN', 'VOCATIONAL'];

/** Whether a school tells a county each term who was transferred (ORG-12): one run from above it, and lying in one. */
export const owesNotice = <School extends { kind: SchoolKind; managedBy: ManagedBy; county: string | null }>(
  school: School,
): school is School & { county: string } =>
  school.managedBy !== 'COUNTY' && school.county !== null && !KINDS_WITHOUT_NOTICE.includes(school.kind);
