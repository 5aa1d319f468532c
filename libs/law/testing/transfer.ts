import type { LawPlace } from '../layers.ts';
import type { Term } from '../organization/term-calendar.ts';
import type { TransferPlaces } from '../transfer/sides.ts';
import type {
  ReceivingSchool,
  TransferPupil,
  TransferReason,
  TransferSchool,
  TransferStartFacts,
} from '../transfer/start-facts.ts';

/** The terms of a school year, for tests. */
export const TERMS: readonly Term[] = [
  { schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-01', closesOn: '2027-01-22' },
  { schoolYear: 2026, season: 'SPRING', opensOn: '2027-03-01', closesOn: '2027-07-09' },
];

/** The school a made-up pupil leaves: an ordinary primary school, grade three. */
export const sendingSchool = (changes: Partial<TransferSchool> = {}): TransferSchool => ({
  stage: 'PRIMARY',
  grade: 3,
  system: 'S63',
  county: '140106',
  vocational: false,
  terms: TERMS,
  examRegistrationEndsOn: null,
  ...changes,
});

/** The school that takes the pupil in, with a place free. */
export const receivingSchool = (changes: Partial<ReceivingSchool> = {}): ReceivingSchool => ({
  ...sendingSchool({ county: '140105' }),
  specialized: false,
  ownership: 'PUBLIC',
  seats: { grade: { enrolled: 40, reserved: 0, capacity: 45 } },
  threeYearMajor: true,
  ...changes,
});

/** A pupil in school, of age. */
export const transferPupil = (changes: Partial<TransferPupil> = {}): TransferPupil => ({
  status: 'IN_SCHOOL',
  underDiscipline: false,
  birthDate: '2018-05-06',
  openCase: false,
  registeredAtTarget: false,
  ...changes,
});

/** A household that moved with the family from another city, shown and judged. */
export const movedHousehold = (changes: Partial<TransferReason> = {}): TransferReason => ({
  ground: 'HOUSEHOLD_MOVE',
  proven: true,
  household: { across: 'COUNTY', withGuardians: true },
  meetsLocalRequirements: true,
  residenceMoved: true,
  targetAtHousehold: true,
  comparableLevel: true,
  conditionsMet: true,
  admissionConditionMet: true,
  ...changes,
});

/** A lawful transfer between two counties, applied for on 5 September 2026. */
export const lawfulTransfer = (changes: Partial<TransferStartFacts> = {}): TransferStartFacts => ({
  kind: 'IN_PROVINCE_TRANSFER',
  appliedOn: '2026-09-05',
  pupil: transferPupil(),
  source: sendingSchool(),
  target: receivingSchool(),
  reason: movedHousehold(),
  application: { wantedBy: 'FAMILY', guardianApplied: true, writtenApplication: false },
  papers: {
    reasonProofUploaded: true,
    paperForm: false,
    academicTest: { hasSatAcademicTest: false, proofOnFile: false },
  },
  handling: { mode: 'DIGITAL', faultReference: null, familyWishes: false },
  gradeChange: { countyConsent: false, nineYearsGuaranteed: false },
  prefilingApproved: true,
  privateSchoolReviewed: false,
  ...changes,
});

/** From a neighbouring county of the same province into this place. */
export const withinProvinceTo = (target: LawPlace): TransferPlaces => ({
  source: { province: target.province, city: target.city, county: `${target.province.slice(0, 2)}0199` },
  target,
});
