import type { GradePermissionSetting, SchoolFact } from '#libs/contracts/events/organization.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { gradeOn, lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Term } from '#libs/law/organization/term-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Assessment, assessmentsAbout } from '../assessment/assessment-rows.ts';
import { calendarOf } from '../calendar-of.ts';
import { termsOf } from '../law-place.ts';
import { type Contact, contactsAbout } from '../marks/contact.ts';
import { type CaseRecord, casesOfPersons } from './case-rows.ts';
import type { Paper } from './evidence.ts';

/** A registration as cases look at it. */
export type Registration = {
  person: string;
  enrollment: string;
  school: string;
  place: number;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
  classId: string | null;
  active: boolean;
  suspendedUntil: string | null;
  graduatedOn: string | null;
  dropoutMark: boolean;
  awayReason: string | null;
  disabled: boolean;
  /** The transfer to which the school has agreed, while it runs; null where there is none. */
  leavesBy: string | null;
  /** Version of everything that enrollment knows of the person. */
  version: number;
};

/** All that the law may look at when it judges a case, read in the transaction that it decides in. */
export type Situation = {
  registration: Registration;
  school: SchoolFact;
  lawPlace: LawPlace;
  /** The day of the business. */
  today: string;
  now: string;
  /** The day whose law the case keeps. */
  policyOn: string;
  /** The day on which the case was opened; nothing while it is only asked for. */
  openedOn?: string;
  /** Grade in the stage today; it stands still while suspended. */
  grade: number;
  /** The school year that runs. */
  schoolYear: number;
  terms: readonly Term[];
  calendar: WorkingDayCalendar;
  /** From which level on the province lets skipping and repeating be processed; null where it has set nothing (ACC-16). */
  gradeSettings: { SKIP: GradePermissionSetting | null; REPEAT: GradePermissionSetting | null };
  /** Earlier and other cases of the person, oldest first. */
  cases: readonly CaseRecord[];
  /** Contacts of the school with the family, oldest first. */
  contacts: readonly Contact[];
  /** Assessments of a disabled pupil's progress, in the order in which they were recorded (ENR-24). */
  assessments: readonly Assessment[];
  /** The papers that were handed in with the case. */
  evidence: readonly Paper[];
};

type Row = {
  person: string;
  enrollment: string;
  school: string;
  place: string;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
  class_id: string | null;
  active: boolean;
  suspended_until: string | null;
  graduated_on: string | null;
  dropout_mark: boolean;
  away_reason: string | null;
  disabled: boolean;
  leaves_by: string | null;
  version: number;
};

/** A registration with its pupil's lock; nothing where the scope does not cover it. */
export const lockRegistration = async (
  tx: Tx,
  person: string,
  enrollment: string,
): Promise<Registration | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.place, e.province, e.stage, e.status,
            e.entry_year_adj, e.last_grade, e.frozen_at, e.class_id, e.active, e.suspended_until::text,
            e.graduated_on::text, e.dropout_mark, e.away_reason, e.leaves_by,
            (e.marks ->> 'disabled')::boolean as disabled, p.version
     from pupil p join enrollment e on e.person_id = p.person_id
     where p.person_id = $1 and e.enrollment_id = $2 for update`,
    [person, enrollment],
  );
  return (
    row && {
      person: row.person,
      enrollment: row.enrollment,
      school: row.school,
      place: Number(row.place),
      province: row.province,
      stage: row.stage,
      status: row.status,
      entryYearAdj: row.entry_year_adj,
      lastGrade: row.last_grade,
      frozenAt: row.frozen_at && new Date(row.frozen_at).toISOString(),
      classId: row.class_id,
      active: row.active,
      suspendedUntil: row.suspended_until,
      graduatedOn: row.graduated_on,
      dropoutMark: row.dropout_mark,
      awayReason: row.away_reason,
      disabled: row.disabled,
      leavesBy: row.leaves_by,
      version: row.version,
    }
  );
};

export type Asked = { policyOn?: string; openedOn?: string; evidence: readonly Paper[] };

/** Reads everything around a locked registration. */
export const situationOf = async (
  core: ServiceCore,
  tx: Tx,
  registration: Registration,
  { policyOn, openedOn, evidence }: Asked,
): Promise<Situation> => {
  const school = await core.directory.school(registration.school);
  if (school === undefined) throw new Error('A registration names a school that nobody knows');
  const now = core.clock.now();
  const promotions = lawPromotions(await core.directory.promotions());
  const { entryYearAdj, lastGrade, frozenAt } = registration;
  const position = { entryYearAdj, lastGrade, frozenAt: frozenAt === null ? null : new Date(frozenAt) };
  return {
    registration,
    school,
    lawPlace: lawPlaceOfSchool(school),
    today: core.clock.today(),
    now,
    policyOn: policyOn ?? core.clock.today(),
    openedOn,
    grade: gradeOn(position, new Date(now), promotions),
    schoolYear: schoolYearOn(new Date(now), promotions),
    terms: await termsOf(core, lawPlaceOfSchool(school)),
    calendar: await calendarOf(core),
    gradeSettings: {
      SKIP: await core.directory.gradePermission(school.province, 'GRADE_SKIP'),
      REPEAT: await core.directory.gradePermission(school.province, 'GRADE_REPEAT'),
    },
    cases: await casesOfPersons(tx, [registration.person]),
    contacts: await contactsAbout(tx, registration),
    assessments: registration.disabled ? await assessmentsAbout(tx, registration) : [],
    evidence,
  };
};
