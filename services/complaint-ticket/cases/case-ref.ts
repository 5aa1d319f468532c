import { z } from 'zod';
import { isUuid } from '#libs/contracts/ids.ts';
import { CASE_KINDS, type CaseKind } from '#libs/law/ticket/case-steps.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';

/** A case of another service: its kind, and its id there. */
export type CaseRef = { kind: CaseKind; id: string };

/** A case as somebody names it: by the public id that its own service has handed out. */
export const CaseInput = z.object({ kind: z.enum(CASE_KINDS), id: z.string().max(100) });
export type CaseInput = z.infer<typeof CaseInput>;

/** Cases that their owner finds by the student: student and case make up the public id. */
const byStudent: ReadonlySet<CaseKind> = new Set(['ENROLLMENT', 'KEY_CHANGE']);

/** The public id of a case, as its owner hands it out. */
export const publicCaseId = ({ kind, id }: CaseRef, person: string): string =>
  byStudent.has(kind) ? `${person}.${id}` : id;

/** Reads a public id; what is none is answered like a case that the caller may not see (PRV-12). */
export const readCaseRef = ({ kind, id }: CaseInput): CaseRef => {
  const parts = id.split('.');
  const own = parts.at(-1) ?? '';
  const isWhole = parts.length === (byStudent.has(kind) ? 2 : 1) && parts.every(isUuid);
  if (!isWhole) throw outOfJurisdiction();
  return { kind, id: own };
};

/** One name for a case within this service. */
export const nameOfCase = ({ kind, id }: CaseRef): string => `${kind}:${id}`;
