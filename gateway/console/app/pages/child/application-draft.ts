import type { ApplyForTransferMutationVariables } from './generated/apply-for-transfer.ts';

type Input = Omit<ApplyForTransferMutationVariables['input'], 'idempotencyKey'>;
type Reason = Input['reason'];

/** What a guardian has filled in so far. */
export type Draft = {
  school?: string;
  stage?: Input['stage'];
  grade?: number;
  ground?: Reason['ground'];
  across?: NonNullable<Reason['household']>['across'];
  withGuardians?: boolean;
  residenceMoved?: boolean;
  targetAtHousehold?: boolean;
};

const householdOf = ({ ground, across, withGuardians = false }: Draft): Reason['household'] =>
  ground === 'HOUSEHOLD_MOVE' && across ? { across, withGuardians } : null;

/** The application, once enough is filled in to judge it; the school code has ten signs. */
export const applicationOf = (student: string, draft: Draft): Input | undefined => {
  const { school = '', stage, grade, ground } = draft;
  if (!/^\d{10}$/.test(school) || !stage || !grade || !ground) return undefined;
  if (ground === 'HOUSEHOLD_MOVE' && !draft.across) return undefined;
  const senior =
    stage === 'SENIOR'
      ? {
          residenceMoved: draft.residenceMoved ?? false,
          targetAtHousehold: draft.targetAtHousehold ?? false,
        }
      : {};
  return { student, school, stage, grade, reason: { ground, household: householdOf(draft), ...senior } };
};
