import { type ArchiveStanding, archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import {
  countPlaces,
  type RegistrationFact,
  readRegistration,
  type SeatCount,
} from '#libs/contracts/commands/hand-over-registration.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';
import { type WorkingDayCalendar, workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import {
  entryYearFor,
  gradeOn,
  lawPromotions,
  type Promotion,
  schoolYearOn,
} from '#libs/law/enrollment/grade.ts';
import { type LawPlace, lawPlaceOfSchool, lineOf } from '#libs/law/layers.ts';
import type { ExamRegistration } from '#libs/law/organization/exam-registration.ts';
import { type Term, termsAlong } from '#libs/law/organization/term-calendar.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { coveringFault } from '../faults/covering-fault.ts';
import type { Fault } from '../faults/fault.ts';
import type { Competence } from './case-record.ts';
import { isAnotherOpen } from './case-rows.ts';
import type { CaseRequest } from './request.ts';

/** A school of a case with the law, the terms and the announcements of its place. */
export type Situated = {
  school: SchoolFact;
  place: LawPlace;
  terms: readonly Term[];
  /** What was announced along its line of the registration for the college entrance examination, by school year. */
  examRegistrations: readonly ExamRegistration[];
  /** The authority that a private school answers to, where it is not the registry authority. */
  competent: Competence | null;
};

/** Where the pupil is to go, as the receiving school says it. */
export type Goal = {
  school: string;
  stage: Stage;
  grade: number;
  schoolClass: string | null;
  /** The cohort, where a case names it already: its grade goes on with the years. */
  entryYearAdj?: number;
};

/** The grade of the receiving school that is meant, undefined where the school has none of that name. */
export type Cohort = { stage: Stage; grade: number; entryYearAdj: number; lastGrade: number };

/** What every step of a case looks at: the time, and where its two schools stand. Nobody is asked for it. */
export type Surroundings = {
  now: string;
  today: string;
  calendar: WorkingDayCalendar;
  promotions: readonly Promotion[];
  /** The sending school; undefined where there is none. */
  source: Situated | undefined;
  target: Situated;
};

/** All that the law may look at when it judges a case, each fact asked from its owner. */
export type Situation = Surroundings & {
  /** The registration that counts now, which is at the sending school; null where there is none. */
  registration: RegistrationFact | null;
  /** What the archive holds of its pupil; undefined where nobody is registered. */
  archive: ArchiveStanding | undefined;
  cohort: Cohort | undefined;
  seats: { grade: SeatCount; schoolClass: SeatCount | null } | undefined;
  /** The fault that is named as the reason to handle the case outside first; undefined where none covers its day. */
  fault: Fault | undefined;
  /** Another case of this pupil is open. */
  openCase: boolean;
};

const competentOf = async (
  { directory }: Pick<ServiceCore, 'directory'>,
  { competentAuthority, authority }: SchoolFact,
): Promise<Competence | null> => {
  const other = competentAuthority === authority ? null : competentAuthority;
  const unit = other && (await directory.unit(other));
  return unit ? { authority: unit.code, place: unit.lo } : null;
};

const situated = async (core: ServiceCore, code: string): Promise<Situated | undefined> => {
  const school = await core.directory.school(code);
  if (school === undefined) return undefined;
  const place = lawPlaceOfSchool(school);
  const line = lineOf(place);
  return {
    school,
    place,
    terms: termsAlong(line, await core.directory.termsOf(line)),
    examRegistrations: await core.directory.examRegistrationsOf(line),
    competent: await competentOf(core, school),
  };
};

const cohortOf = (
  { stages }: SchoolFact,
  { stage, grade, entryYearAdj }: Goal,
  at: Date,
  promotions: readonly Promotion[],
): Cohort | undefined => {
  const span = stages.find((each) => each.stage === stage);
  if (span === undefined) return undefined;
  const lastGrade = span.lastYear - span.firstYear + 1;
  if (entryYearAdj !== undefined) {
    const position = { entryYearAdj, lastGrade };
    return { stage, lastGrade, entryYearAdj, grade: gradeOn(position, at, promotions) };
  }
  if (grade > lastGrade) return undefined;
  return { stage, grade, lastGrade, entryYearAdj: entryYearFor(grade, schoolYearOn(at, promotions)) };
};

export type About = {
  person: string;
  /** The case, for which a place may be held already. */
  transfer: string;
  /** The application that it comes from, for which one may be held as well. */
  application?: string | null | undefined;
  goal: Goal;
  handling: CaseRequest['handling'];
  /** The instant of the start, where the case has started: its grade is the one of then. */
  startedAt: string | null;
};

/** The time and the two schools of a case, as the directory knows them. */
export const surroundingsOf = async (
  core: ServiceCore,
  { source, target }: { source: string | undefined; target: string },
): Promise<Surroundings> => {
  const into = await situated(core, target);
  if (into === undefined) throw new Error('A case names a school that nobody knows');
  return {
    now: core.clock.now(),
    today: core.clock.today(),
    calendar: workingDayCalendar(await core.directory.workingDays()),
    promotions: lawPromotions(await core.directory.promotions()),
    source: source === undefined ? undefined : await situated(core, source),
    target: into,
  };
};

/** Asks the owners of the facts. Throws SERVICE_UNAVAILABLE where one does not answer. */
export const situationOf = async (core: ServiceCore, about: About): Promise<Situation> => {
  const { person, transfer, application, goal, startedAt, handling } = about;
  const { registration } = await ask(core.bus, readRegistration, { person });
  const around = await surroundingsOf(core, { source: registration?.school, target: goal.school });
  const { now, promotions, target } = around;
  const cohort = cohortOf(target.school, goal, new Date(startedAt ?? now), promotions);
  const wanted = cohort && {
    transfer,
    follows: application,
    school: goal.school,
    stage: cohort.stage,
    entryYearAdj: cohort.entryYearAdj,
    schoolClass: goal.schoolClass,
  };
  const enrollment = registration?.enrollment;
  const [archive, seats, fault, openCase] = await Promise.all([
    enrollment === undefined ? undefined : ask(core.bus, archiveStanding, { person, enrollment, transfer }),
    wanted && ask(core.bus, countPlaces, wanted),
    coveringFault(core, handling, [registration?.place, target.school.place]),
    asWorkerOnce(core.beside, (tx) => isAnotherOpen(tx, person, transfer)),
  ]);
  return { ...around, registration, archive, cohort, seats, fault, openCase };
};
