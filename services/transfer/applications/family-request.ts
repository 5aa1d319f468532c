import { z } from 'zod';
import { SchoolCode, Uuid } from '#libs/contracts/ids.ts';
import { Stage, TransferKind } from '#libs/contracts/vocabulary.ts';
import { TRANSFER_GROUNDS } from '#libs/law/transfer/grounds.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import { type CaseRequest, Household } from '../cases/request.ts';

/** Why a family wants to move, in its own words of the list; whether it is so the receiving school checks (TRF-22). */
export const FamilyReason = z.object({
  ground: z.enum(TRANSFER_GROUNDS),
  household: Household.nullish(),
  residenceMoved: z.boolean().nullish(),
  targetAtHousehold: z.boolean().nullish(),
});
export type FamilyReason = z.infer<typeof FamilyReason>;

/** What a guardian asks for: no number, no paper and no date (TRF-22, TRF-05). */
export const FamilyRequest = z.object({
  student: Uuid,
  school: SchoolCode,
  /** Left out where the family does not know: the schools and the pupil's status make it (TRF-47). */
  kind: TransferKind.nullish(),
  stage: Stage,
  grade: z.int().min(1).max(12),
  reason: FamilyReason,
});
export type FamilyRequest = z.infer<typeof FamilyRequest>;

/** What the receiving school has checked of a family's reason. */
export type Checked = Pick<CaseRequest['reason'], 'proofChecked' | 'meetsLocalRequirements'>;

/** Before the school has looked, the family's word stands; what is judged by others is left open. */
export const uncheckedYet: Checked = {
  proofChecked: true,
  meetsLocalRequirements: true,
};

type Applied = { id: string; kind: CaseKind; stage: CaseRequest['stage']; grade: number; appliedOn: string };

/** The request of a case that rests on a family's application. */
export const requestFrom = (
  { id, kind, stage, grade, appliedOn }: Applied,
  reason: FamilyReason,
  checked: Checked,
): CaseRequest => ({
  ...{ kind, stage, grade, appliedOn, application: id, wantedBy: 'FAMILY' },
  reason: { ...reason, ...checked },
});
