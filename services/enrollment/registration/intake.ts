import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { isIsoDate } from '#libs/law/dates.ts';
import type { RegistrationChannel } from '#libs/law/enrollment/channel.ts';
import { isMissing } from '#libs/law/enrollment/collection-form.ts';
import { entryYearsAt, judgeEntryYear } from '#libs/law/enrollment/entry-year.ts';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import { provinceOfAddress } from '#libs/law/enrollment/household-province.ts';
import { localTextWarnings } from '#libs/law/enrollment/local-text.ts';
import { judgePreschool } from '#libs/law/enrollment/preschool.ts';
import { judgeCollected, judgeRegistration } from '#libs/law/enrollment/registration.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { judgeRegisteringSchool } from '#libs/law/organization/counterpart-school.ts';
import { requireValue } from '#libs/law/resolve.ts';
import type { Promotion } from '#libs/platform/directory/directory.ts';
import { GRADES } from '../import/form-f1/codes/school-life.ts';
import type { RegionLookup } from '../import/form-f1/parse-context.ts';
import type { FromAbroad } from '../overseas/from-abroad.ts';
import { type CollectedForm, type FormFacts, lawFacts } from './collected-form.ts';
import { draftOfForm } from './draft-of-form.ts';
import { type FormFinding, formFindings } from './form-findings.ts';

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
  /** Of a pupil from abroad or of a joint programme: what the city may have to confirm (ENR-17, ENR-18). */
  abroad?: FromAbroad;
};

export type JudgedIntake = { facts: IntakeFacts | null; findings: FormFinding[] };

/** What surrounds a form when a school hands it in. */
export type Occasion = {
  school: SchoolFact;
  channel: RegistrationChannel;
  nationalCheck?: 'PASSED' | 'FAILED' | 'PENDING';
  /** The school year that the child enters. */
  entryYear: number;
  /** The instant of the business. */
  now: string;
  today: string;
  promotions: readonly Promotion[];
};

/** A form as it was handed in, and the divisions by which its addresses are checked. */
export type HandedIn = Occasion & { form: CollectedForm; regions: RegionLookup };

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

/** The spring term of a school year begins in February and lasts to the promotion. */
const seasonOf = (today: string, running: number): 'AUTUMN' | 'SPRING' =>
  today >= `${running + 1}-02-01` ? 'SPRING' : 'AUTUMN';

/** A registration in a grade that the school does not have would not be true (ID-18). */
const gradeNotHere = (today: string, place: LawPlace): Finding =>
  finding('ID-18', {
    code: 'GRADE_NOT_IN_SCHOOL',
    outcome: 'REJECT',
    message: '本校没有这个年级，不能按该年级建籍。',
    messageEn: 'This school does not have that grade; a registration has to be true.',
    path: ['form', 'gradeName'],
    remedy: '请核对年级，例如“一年级”。',
    ownerLevel: 'SCHOOL',
    on: today,
    place,
  });

/** A child enters a kindergarten: from three full years on, or two by analogy (PRE-01, PRE-02, PRE-07). */
const judgeKindergarten = ({ birthDate }: FormFacts, today: string, place: LawPlace): Finding[] =>
  isMissing(birthDate) || !isIsoDate(birthDate ?? '')
    ? []
    : judgePreschool(
        {
          ...{ change: 'ENTRY', birthDate: birthDate ?? '', inSchool: false },
          ...{ activeElsewhere: false, hasNumber: false, asksForNumber: true },
        },
        { preschoolEnabled: requireValue('preschoolEnabled', place, today) },
        today,
        place,
      );

/** What the law says of a form, and where in the school it puts the child. */
export type LawVerdict = { grade: GradePlace | undefined; findings: Finding[] };

/** Judges by the law what is known of a form, whole or in part: every finding at once. */
export const judgeByLaw = (form: FormFacts, occasion: Occasion): LawVerdict => {
  const { school, channel, entryYear, today } = occasion;
  const place = lawPlaceOfSchool(school);
  const grade = gradePlaceOf(school, form.gradeName ?? '');
  const papers = {
    form,
    assessedByExpertCommittee: form.assessedByExpertCommittee === true,
    disabilityProofs: form.disabilityProofs ?? [],
  };
  if (grade === undefined) {
    const elsewhere = isMissing(form.gradeName) ? [] : [gradeNotHere(today, place)];
    return { grade, findings: [...elsewhere, ...judgeCollected(papers, today, place)] };
  }
  const years = entryYearsAt(new Date(occasion.now), lawPromotions(occasion.promotions), place);
  const { running } = years;
  const householdProvince = provinceOfAddress(form.householdAddress ?? '');
  const findings = [
    ...judgeRegisteringSchool({ vocational: school.kind === 'VOCATIONAL' }, today, place),
    ...judgeEntryYear({ ...years, entryYear }, today, place),
    ...(grade.stage === 'PRESCHOOL' ? judgeKindergarten(form, today, place) : []),
    ...judgeRegistration(
      {
        stage: grade.stage,
        grade: gradeOfToday(grade.grade, entryYear, running),
        entryYear,
        season: entryYear > running ? 'AUTUMN' : seasonOf(today, running),
        channel,
        nationalCheck: occasion.nationalCheck,
        ...papers,
        householdProvince,
        duplicates: { searched: true, hits: [] },
        continuesPreschool: false,
      },
      today,
      place,
    ),
  ];
  return { grade, findings };
};

/** What enrollment keeps of a form that nothing refuses; null where the school has no such grade. */
export const intakeFacts = (
  form: CollectedForm,
  { channel, entryYear }: Occasion,
  { grade, findings }: LawVerdict,
): IntakeFacts | null =>
  grade === undefined
    ? null
    : {
        stage: grade.stage,
        entryYearAdj: entryYear - grade.grade + 1,
        lastGrade: grade.lastGrade,
        channel: grade.stage === 'PRESCHOOL' ? 'PRESCHOOL_LINK' : channel,
        classWanted: form.className,
        marks: marksOf(form),
        held: findings.filter(({ outcome }) => outcome === 'HOLD'),
      };

/**
 * Judges a form that was handed in: every finding at once, about what cannot be read and by the law, and which text of
 * the place is not at hand (ORG-27). A REJECT stops it; a HOLD goes along to the authority, whose approval then needs a written reason.
 */
export const judgeIntake = (handed: HandedIn): JudgedIntake => {
  const { form, school, today, regions } = handed;
  const place = lawPlaceOfSchool(school);
  const law = judgeByLaw(lawFacts(form), handed);
  const findings = formFindings(draftOfForm(form, { on: today, place, regions }), law.findings, today, place);
  const isRefused = findings.some(({ outcome }) => outcome === 'REJECT');
  const texts = localTextWarnings(today, place, law.grade?.stage);
  return { facts: isRefused ? null : intakeFacts(form, handed, law), findings: [...findings, ...texts] };
};

/** Who was in a grade in an earlier school year is further on by now: no way round the monthly list (ENR-10). */
const gradeOfToday = (grade: number, entryYear: number, running: number): number =>
  grade + Math.max(0, running - entryYear);
