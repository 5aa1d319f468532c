import type { SeatCount } from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { GradeSystem } from '#libs/law/enrollment/compulsory-year.ts';
import { gradeOn, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { lineOf } from '#libs/law/layers.ts';
import { admissionAreaKey, admissionAreaOn } from '#libs/law/organization/admission-area.ts';
import { examRegistrationAlong } from '#libs/law/organization/exam-registration.ts';
import type { TransferReason, TransferSchool, TransferStartFacts } from '#libs/law/transfer/start-facts.ts';
import type { Fault } from '../faults/fault.ts';
import type { CaseRequest, PaperKind } from './request.ts';
import type { Cohort, Situated, Situation } from './situation.ts';
import type { Stated } from './stated.ts';

/** The only course of a vocational school that an ordinary senior pupil goes into (TRF-27). */
const THREE_YEARS = 3;

/** How a school counts its grades, stage by stage: by its system, or where that is another by the length of its stages. */
const systemOf = ({ system, stages }: SchoolFact): GradeSystem => {
  if (system !== 'OTHER') return system;
  const hasFive = stages.some(
    ({ stage, firstYear, lastYear }) =>
      (stage === 'PRIMARY' && lastYear === 5) || (stage === 'JUNIOR' && firstYear === 6),
  );
  return hasFive ? 'S54' : 'S63';
};

const schoolFacts = (
  { school, place, terms, examRegistrations }: Situated,
  { stage, grade }: Pick<Cohort, 'stage' | 'grade'>,
  { on, schoolYear }: { on: string; schoolYear: number },
): TransferSchool => {
  const area = admissionAreaOn(school.admissionAreas ?? [], on);
  const registration = examRegistrationAlong(lineOf(place), examRegistrations, schoolYear);
  return {
    stage,
    grade,
    system: systemOf(school),
    county: school.county ?? school.authority,
    vocational: school.kind === 'VOCATIONAL',
    terms,
    examRegistrationEndsOn: registration?.endsOn ?? null,
    ...(area === undefined ? {} : { admissionArea: admissionAreaKey(area) }),
  };
};

/** No size is prescribed while a grade has no class. */
export const seatsOf = ({ enrolled, reserved, capacity }: SeatCount) => ({
  enrolled,
  reserved,
  capacity: capacity ?? Number.MAX_SAFE_INTEGER,
});

const reasonOf = ({ reason }: CaseRequest, hasProof: boolean, levelComparable: boolean): TransferReason => ({
  ground: reason.ground,
  proven: hasProof && reason.proofChecked,
  ...(reason.household ? { household: reason.household } : {}),
  meetsLocalRequirements: reason.meetsLocalRequirements,
  residenceMoved: reason.residenceMoved ?? false,
  targetAtHousehold: reason.targetAtHousehold ?? false,
  comparableLevel: levelComparable ? true : null,
  conditionsMet: reason.conditionsMet ?? false,
  admissionConditionMet: reason.admissionConditionMet ?? false,
});

/** A fault counts by its reference where it lasted on the day of the decision outside, at either school. */
const handlingOf = ({ handling }: CaseRequest, fault: Fault | undefined): TransferStartFacts['handling'] => ({
  mode: handling?.mode ?? 'DIGITAL',
  faultReference: fault?.reference ?? null,
  familyWishes: handling?.familyWishes ?? false,
});

export type Known = {
  request: CaseRequest;
  papers: readonly PaperKind[];
  birthDate: string;
  /** A place is held for the case: how many are free is no question any more. */
  holdsPlace: boolean;
  /** The bureau has approved the filing (TRF-46). */
  prefilingApproved: boolean;
  /** The receiving authority has consented to another grade (TRF-18). */
  gradeConsent: boolean;
  /** What the receiving authorities have stated with their approvals. */
  stated: Stated;
};

/** The ground of a case as a refusal is judged by. */
export const groundOf = (
  { request, papers }: Pick<Known, 'request' | 'papers'>,
  { levelComparable }: Stated,
): TransferReason => reasonOf(request, papers.includes('REASON_PROOF'), levelComparable);

/**
 * Everything that the law looks at, out of what the owners told; of discipline the archive tells.
 */
export const startFacts = (
  { request, papers, birthDate, holdsPlace, prefilingApproved, gradeConsent, stated }: Known,
  at: Date,
  { registration, archive, source, target, cohort, seats, openCase, promotions, fault }: Situation,
): TransferStartFacts | undefined => {
  if (registration === null || source === undefined || cohort === undefined || seats === undefined) {
    return undefined;
  }
  const { frozenAt } = registration;
  const position = { ...registration, frozenAt: frozenAt === null ? null : new Date(frozenAt) };
  const grade = gradeOn(position, at, promotions);
  const when = { on: shanghaiDate(at), schoolYear: schoolYearOn(at, promotions) };
  const counted = seats.schoolClass === null ? {} : { schoolClass: seatsOf(seats.schoolClass) };
  const unlimited = { grade: { enrolled: 0, reserved: 0, capacity: 1 } };
  return {
    kind: request.kind,
    appliedOn: request.appliedOn,
    pupil: {
      status: registration.status,
      underDiscipline: archive?.underDiscipline ?? false,
      birthDate,
      openCase,
      registeredAtTarget: registration.school === target.school.code,
      ...(registration.disabled ? { goingOn: registration.goingOn } : {}),
    },
    source: schoolFacts(source, { stage: registration.stage, grade }, when),
    target: {
      ...schoolFacts(target, cohort, when),
      specialized: target.school.kind === 'SPECIALIZED',
      ownership: target.school.ownership,
      seats: holdsPlace ? unlimited : { grade: seatsOf(seats.grade), ...counted },
      threeYearMajor: request.targetMajor?.years === THREE_YEARS,
    },
    reason: groundOf({ request, papers }, stated),
    application: {
      wantedBy: request.wantedBy,
      guardianApplied: typeof request.application === 'string',
      writtenApplication: papers.includes('APPLICATION_FORM'),
    },
    papers: {
      reasonProofUploaded: papers.includes('REASON_PROOF'),
      paperForm: papers.includes('PAPER_APPROVAL_FORM'),
      academicTest: {
        hasSatAcademicTest: request.hasSatAcademicTest ?? false,
        proofOnFile: papers.includes('ACADEMIC_TEST_PROOF'),
      },
    },
    handling: handlingOf(request, fault),
    gradeChange: { countyConsent: gradeConsent, nineYearsGuaranteed: request.nineYearsGuaranteed ?? false },
    prefilingApproved,
    privateSchoolReviewed: stated.privateSchoolReviewed,
  };
};
