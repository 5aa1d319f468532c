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

/** Between whom the sheet goes: the receiving school and the bureau that takes it (PRV-12). */
const isTheirs = ({ target }: CaseRecord, actor: Actor | null): boolean =>
  actor?.school === target.school || actor?.unit === target.authority;

/** The login of who filed the sheet, for those between whom it goes; null for anybody else. */
export const filedBy = (record: CaseRecord, actor: Actor | null): string | null =>
  isTheirs(record, actor) ? (record.filing?.filedBy ?? null) : null;

/**
 * The name and the masked number on the sheet, for those between whom it goes (M-ID). Null for anybody else.
 */
export const filedPupil = (
  { sealing }: Pick<ServiceCore, 'sealing'>,
  record: CaseRecord,
  actor: Actor | null,
): z.infer<typeof FiledPupil> | null => {
  const { sealed, id, filing } = record;
  if (!isTheirs(record, actor) || filing === null) return null;
  const { sheet } = Sealed.parse(JSON.parse(sealing.open(Buffer.from(sealed), birthContext(id))));
  return sheet ? { ...sheet, studentNumber: sheet.studentNumber && maskNumber(sheet.studentNumber) } : null;
};
