import { addYears } from '#libs/law/dates.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { seasonOfTerm, type Term } from '#libs/law/organization/term-calendar.ts';
import type { TransferFinding } from '#libs/law/transfer/sides.ts';
import type { TransferSchool, TransferStartFacts } from '#libs/law/transfer/start-facts.ts';
import { judgeTransferStart } from '#libs/law/transfer/transfer.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import type { HypotheticalTransfer } from '../../generated/types.ts';
import type { Filled } from './bounds.ts';
import type { Situation } from './school-cases.ts';

/** One side of a transfer: what its place is to the law, and the terms that hold there. */
export type Side = { code: string; place: LawPlace; calendar: Calendar | null };

/** A pupil of age wherever the law asks: no case is thought of about young children here. */
const OF_AGE = 10;

const termsOf = (calendar: Calendar | null): Term[] =>
  (calendar?.terms ?? []).map(({ term, opensOn, closesOn }) => ({
    ...{ schoolYear: calendar?.schoolYear ?? 0, season: seasonOfTerm(term) },
    ...{ opensOn, closesOn },
  }));

const factsOf = (
  asked: Filled<HypotheticalTransfer>,
  { on, stage }: Situation,
  { source, target }: { source: Side; target: Side },
): TransferStartFacts => {
  const vocational = asked.kind === 'ORDINARY_VOCATIONAL_TRANSFER';
  const met = asked.meetsLocalRequirements;
  const schoolOf = ({ code, place, calendar }: Side): Omit<TransferSchool, 'stage' | 'grade'> => ({
    ...{ system: 'S63', county: place.county ?? code, vocational: false },
    ...{ terms: termsOf(calendar), examRegistrationEndsOn: null },
  });
  return {
    kind: asked.kind,
    appliedOn: asked.appliedOn ?? on,
    pupil: {
      ...{ status: asked.status, underDiscipline: asked.underDiscipline },
      ...{ birthDate: addYears(on, -OF_AGE), openCase: false, registeredAtTarget: false },
    },
    source: { ...schoolOf(source), stage: asked.fromStage, grade: asked.fromGrade },
    target: {
      ...{ ...schoolOf(target), stage, grade: asked.grade, vocational },
      ...{ specialized: false, ownership: asked.privateSchool ? 'PRIVATE' : 'PUBLIC', threeYearMajor: true },
      seats: { grade: { enrolled: 0, reserved: 0, capacity: asked.placeFree ? 1 : 0 } },
    },
    reason: {
      ...{ ground: asked.ground, proven: asked.proven, meetsLocalRequirements: met },
      household: { across: 'COUNTY', withGuardians: true },
      ...{ residenceMoved: true, targetAtHousehold: true, comparableLevel: true },
      ...{ conditionsMet: met, admissionConditionMet: met },
    },
    application: {
      ...{ wantedBy: 'FAMILY', guardianApplied: asked.guardianApplied },
      writtenApplication: asked.guardianApplied,
    },
    papers: {
      ...{ reasonProofUploaded: asked.papers, paperForm: false },
      academicTest: { hasSatAcademicTest: true, proofOnFile: asked.papers },
    },
    handling: { mode: 'DIGITAL', faultReference: null, familyWishes: false },
    gradeChange: { countyConsent: false, nineYearsGuaranteed: false },
    ...{ prefilingApproved: true, privateSchoolReviewed: false },
  };
};

/** The start of a transfer, or of study in another province, at noon of the day; both schools count six and three years. */
export const judgeTransferCase = (
  asked: Filled<HypotheticalTransfer>,
  situation: Situation,
  sides: { source: Side; target: Side },
): TransferFinding[] => {
  const places = { source: sides.source.place, target: sides.target.place };
  const at = new Date(`${situation.on}T12:00:00+08:00`);
  return judgeTransferStart(factsOf(asked, situation, sides), at, places);
};
