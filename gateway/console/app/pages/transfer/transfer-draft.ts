import { type Paper, proofsOf } from '../../uploads/papers.ts';
import type { PreviewTransferQueryVariables } from './generated/preview-transfer.ts';

type Input = PreviewTransferQueryVariables['input'];
type Reason = NonNullable<Input['reason']>;
type Evidence = NonNullable<Input['evidence']>[number];
type Pupil = NonNullable<Input['student']>;

/** What the receiving school's registrar has filled in so far. */
export type Draft = {
  name?: string;
  idDocumentType?: Pupil['idDocumentType'];
  idDocumentNumber?: string;
  kind?: Input['kind'];
  stage?: Input['stage'];
  grade?: number;
  appliedOn?: string;
  wantedBy?: Input['wantedBy'];
  ground?: Reason['ground'];
  across?: NonNullable<Reason['household']>['across'];
  withGuardians?: boolean;
  proofChecked?: boolean;
  meetsLocalRequirements?: boolean;
  residenceMoved?: boolean;
  targetAtHousehold?: boolean;
  papers?: readonly Paper[];
};

const pupilOf = ({ name, idDocumentType, idDocumentNumber }: Draft): Pick<Input, 'student'> | undefined =>
  name && idDocumentNumber
    ? { student: { name, idDocumentType: idDocumentType ?? 'RESIDENT_ID', idDocumentNumber } }
    : undefined;

/**
 * The transfer, once the pupil is named and it is said where to and since when; whatever else is missing the law asks for.
 * @param found the registration whose check found the pupil's record, instead of name and number
 */
export const transferOf = (draft: Draft, found: string | null = null): Input | undefined => {
  const { kind, stage, grade, appliedOn, wantedBy, ground } = draft;
  const pupil = found ? { found } : pupilOf(draft);
  if (!pupil || !kind || !stage || !grade || !appliedOn || !ground) return undefined;
  return {
    ...pupil,
    ...{ kind, stage, grade, appliedOn, wantedBy: wantedBy ?? 'FAMILY' },
    evidence: proofsOf(draft.papers) as Evidence[],
    reason: {
      ground,
      household:
        ground === 'HOUSEHOLD_MOVE' && draft.across
          ? { across: draft.across, withGuardians: draft.withGuardians ?? false }
          : null,
      proofChecked: draft.proofChecked ?? false,
      meetsLocalRequirements: draft.meetsLocalRequirements ?? false,
      ...(stage === 'SENIOR' && {
        residenceMoved: draft.residenceMoved ?? false,
        targetAtHousehold: draft.targetAtHousehold ?? false,
      }),
    },
  };
};
