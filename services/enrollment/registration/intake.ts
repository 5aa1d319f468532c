import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { RegistrationChannel } from '#libs/law/enrollment/channel.ts';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { judgeCollected, judgeRegistration } from '#libs/law/enrollment/registration.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import type { Promotion } from '#libs/platform/directory/directory.ts';
import { GRADES } from '../import/form-f1/codes/school-life.ts';
import { type CollectedForm, lawFacts } from './collected-form.ts';

/** Where in the school's grades the form puts the child. */
export type GradePlace = { stage: Stage; grade: number; lastGrade: number };

/** What enrollment writes when identity has claimed the person; holds no personal data. */
export type IntakeFacts = {
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  channel: RegistrationChannel;
  classWanted: string | null;
  marks: CountingMarks;
  held: Finding[];
};

export type JudgedIntake = { facts: IntakeFacts | null; findings: Finding[] };

/** A form and what surrounds it when a school hands it in. */
export type HandedIn = {
  form: CollectedForm;
  school: SchoolFact;
  channel: RegistrationChannel;
  nationalCheck?: 'PASSED' | 'FAILED' | 'PENDING';
  entryYear?: number;
  /** The instant of the business. */
  now: string;
  today: string;
  promotions: readonly Promotion[];
};

export const lawPlaceOfSchool = (school: SchoolFact): LawPlace => ({
  province: school.province,
  ...(school.city ? { city: school.city } : {}),
  ...(school.county ? { county: school.county } : {}),
});

export const lawPromotions = (promotions: readonly Promotion[]) =>
  promotions.map(({ schoolYear, effectiveAt }) => ({ schoolYear, at: new Date(effectiveAt) }));

/** Finds the stage and grade within the stage that a grade's name means at this school. */
export const gradePlaceOf = (school: SchoolFact, gradeName: string): GradePlace | undefined => {
  const index = Number(GRADES.find(gradeName) ?? Number.NaN);
  const span = school.stages.find(({ firstYear, lastYear }) => index >= firstYear && index <= lastYear);
  return (
    span && {
      stage: span.stage,
      grade: index - span.firstYear + 1,
      lastGrade: span.lastYear - span.firstYear + 1,
    }
  );
};

export const marksOf = (form: CollectedForm): CountingMarks => ({
  gender: form.gender,
  documentType: form.idDocumentType,
  boarder: form.isBoarder ?? false,
  leftBehind: form.isLeftBehind ?? false,
  migrant: form.isMigrantChild ?? false,
  residencePermit: form.hasResidencePermit ?? false,
  disabled: form.isDisabled ?? false,
  ethnicGroup: ethnicClass(form),
});

const ethnicClass = ({ ethnicGroup }: CollectedForm): CountingMarks['ethnicGroup'] => {
  if (ethnicGroup === null) return 'NOT_APPLICABLE';
  return ethnicGroup === '01' || ethnicGroup === '汉族' || ethnicGroup === '汉' ? 'HAN' : 'MINORITY';
};

/** Spring terms run from February to July; the season of entry follows the day. */
const seasonOf = (today: string): 'AUTUMN' | 'SPRING' => {
  const month = Number(today.slice(5, 7));
  return month >= 2 && month <= 7 ? 'SPRING' : 'AUTUMN';
};

/** The province of the household, where the address begins with its division code. */
const householdProvinceOf = (form: CollectedForm): string | undefined => {
  const written = /^\((\d{2})\d{4}\)/.exec(form.householdAddress ?? '')?.[1];
  return written === undefined ? undefined : `${written}0000`;
};

const gradeNotHere = (today: string, place: LawPlace): Finding =>
  finding('ENR-07', {
    code: 'GRADE_NOT_IN_SCHOOL',
    outcome: 'REJECT',
    message: '本校没有这个年级。',
    messageEn: 'This school does not have that grade.',
    path: ['form', 'gradeName'],
    remedy: '请核对年级，例如“一年级”。',
    ownerLevel: 'SCHOOL',
    on: today,
    place,
  });

const notYetEntered = (today: string, place: LawPlace): Finding =>
  finding('ENR-07', {
    code: 'ENTRY_YEAR_TO_COME',
    outcome: 'REJECT',
    message: '入学年份还没有到，学籍在办理入学手续后建立。',
    messageEn: 'A registration follows the entry formalities; that school year is not at hand.',
    path: ['entryYear'],
    remedy: '请核对入学年份；当年秋季入学的，请在当年办理。',
    ownerLevel: 'SCHOOL',
    on: today,
    place,
  });

/**
 * Judges a form that was handed in: every finding at once. A REJECT stops it; a HOLD goes along to the authority,
 * whose approval then needs a written reason.
 */
export const judgeIntake = (handed: HandedIn): JudgedIntake => {
  const { form, school, channel, today } = handed;
  const place = lawPlaceOfSchool(school);
  const grade = gradePlaceOf(school, form.gradeName);
  const papers = {
    form: lawFacts(form),
    assessedByExpertCommittee: form.assessedByExpertCommittee === true,
    disabilityProofs: form.disabilityProofs,
  };
  if (grade === undefined) {
    return { facts: null, findings: [gradeNotHere(today, place), ...judgeCollected(papers, today, place)] };
  }
  const running = schoolYearOn(new Date(handed.now), lawPromotions(handed.promotions));
  const entryYear = handed.entryYear ?? running;
  const isToCome = entryYear > Math.max(running, Number(today.slice(0, 4)));
  const findings = [
    ...(isToCome ? [notYetEntered(today, place)] : []),
    ...judgeRegistration(
      {
        stage: grade.stage,
        grade: gradeOfToday(grade.grade, entryYear, running),
        entryYear,
        season: entryYear > running ? 'AUTUMN' : seasonOf(today),
        channel,
        nationalCheck: handed.nationalCheck,
        ...papers,
        householdProvince: householdProvinceOf(form),
        duplicates: { searched: true, hits: [] },
        continuesPreschool: false,
      },
      today,
      place,
    ),
  ];
  if (findings.some(({ outcome }) => outcome === 'REJECT')) return { facts: null, findings };
  return {
    findings,
    facts: {
      stage: grade.stage,
      entryYearAdj: entryYear - grade.grade + 1,
      lastGrade: grade.lastGrade,
      channel,
      classWanted: form.className,
      marks: marksOf(form),
      held: findings.filter(({ outcome }) => outcome === 'HOLD'),
    },
  };
};

/** Who was in a grade in an earlier school year is further on by now: no way round the monthly list (ENR-10). */
const gradeOfToday = (grade: number, entryYear: number, running: number): number =>
  grade + Math.max(0, running - entryYear);
