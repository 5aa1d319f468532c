import { z } from 'zod';
import type { KnownPupil } from '#libs/contracts/commands/find-for-transfer.ts';
import { maskNumber } from '#libs/law/privacy/masking.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { birthContext } from '../cases/lookup.ts';

/** A pupil as the receiving school knows it; a guardian who applies gives no number. */
export type ShownPupil = Pick<KnownPupil, 'name'> & Partial<Pick<KnownPupil, 'by'>>;

/** Of whom the sheet speaks, as the receiving school wrote it; no number where the pupil was found by a document. */
const FiledPupil = z.object({ name: z.string(), studentNumber: z.string().nullable() });

/** What of a pupil is sealed with a draft that is to be filed, for the sheet alone (F9). */
export const pupilOnSheet = (shown: ShownPupil | null): { sheet: z.infer<typeof FiledPupil> | null } => {
  if (shown === null) return { sheet: null };
  const { name, by } = shown;
  return { sheet: { name, studentNumber: by && 'studentNumber' in by ? by.studentNumber : null } };
};

const Sealed = z.object({ sheet: FiledPupil.nullish() });

/**
 * The name and the masked number on the sheet, for those alone between whom it goes: the receiving school and the bureau that
 * takes it (PRV-12, M-ID). Null for anybody else.
 */
export const filedPupil = (
  { sealing }: Pick<ServiceCore, 'sealing'>,
  record: CaseRecord,
  actor: Actor | null,
): z.infer<typeof FiledPupil> | null => {
  const { target, sealed, id, filing } = record;
  const isTheirs = actor?.school === target.school || actor?.unit === target.authority;
  if (!isTheirs || filing === null) return null;
  const { sheet } = Sealed.parse(JSON.parse(sealing.open(Buffer.from(sealed), birthContext(id))));
  return sheet ? { ...sheet, studentNumber: sheet.studentNumber && maskNumber(sheet.studentNumber) } : null;
};
