import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import type { Finding, LawPlace } from '../finding.ts';
import { judgeGNumber, judgeJToG } from './formal-issue.ts';
import { judgeRecheck, type RecheckFacts } from './information-change.ts';
import type { StudentNumberKind } from './student-number.ts';

/** A change of key information as its number is concerned; a person without a number has no kind. */
export type NumberFacts = {
  kind: StudentNumberKind | null;
  /** Resident ID number before and after, null where there is none. */
  before: string | null;
  after: string | null;
};

/** What becomes of the number: it stays, a new G number follows it, or a J number becomes a G number. */
export type NumberAfterChange = 'STAYS' | 'REISSUED' | 'UPGRADED';

/**
 * A number changes along two ways only (CF-05): a G number with the resident ID number that it is built on (ID-12), a J
 * number once there is one (ID-09). Whatever else changes, it stays with its person (ID-01): a temporary number is
 * replaced by the yearly issue.
 */
export const numberAfterChange = ({ kind, before, after }: NumberFacts): NumberAfterChange => {
  enforces('ID-01');
  if (after === null) return 'STAYS';
  if (kind === 'J_FORMAL') return 'UPGRADED';
  return kind === 'G_FORMAL' && after !== before ? 'REISSUED' : 'STAYS';
};

/** A G number rests on a resident ID number that was compared: it cannot lose it (ID-10). */
export const judgeNumberBasis = (
  { kind, after }: Pick<NumberFacts, 'kind' | 'after'>,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  kind === 'G_FORMAL' && after === null
    ? judgeGNumber({ duplicateCheck: 'CLEAN', comparison: 'NOT_RUN' }, on, place).map((finding) => ({
        ...finding,
        path: ['to', 'idDocumentType'],
      }))
    : [];

/** Both checks after the approval, with what the number asks of them: ID-12, for a J number ID-09, for a G number ID-10. */
export const judgeChecks = (facts: RecheckFacts & NumberFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { duplicateCheck, comparison, after } = facts;
  const run = {
    hasResidentId: after !== null,
    duplicateCheck: duplicateCheck === 'CLEAN' ? duplicateCheck : ('DUPLICATE_FOUND' as const),
    comparison: comparison === 'NOT_POSSIBLE' ? ('NOT_RUN' as const) : comparison,
  };
  const ofNumber = {
    STAYS: () => [],
    REISSUED: () => judgeGNumber(run, on, place),
    UPGRADED: () => judgeJToG(run, on, place),
  }[numberAfterChange(facts)]();
  return [...judgeRecheck(facts, on, place), ...ofNumber];
};
