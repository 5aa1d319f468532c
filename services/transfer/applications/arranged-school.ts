import { judgePlaces } from '#libs/law/transfer/places.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CaseFinding, gradeNotHere } from '../cases/own-finding.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import { seatsOf } from '../cases/start-facts.ts';
import { openApplicant } from './applicant.ts';
import type { ApplicationRecord } from './application-record.ts';
import { judgeApplied } from './judge-application.ts';
import { isAsked } from './on-application.ts';
import { applicationNotOpen, notOfThisCounty } from './own-application-finding.ts';

const unknown = () =>
  badInput([
    { path: ['school'], code: 'SCHOOL_UNKNOWN', message: '学校标识码有误。 The code names no school.' },
  ]);

/** What there is to know of a school before a county names it for an application. */
export const lookAtSchool = async (
  core: ServiceCore,
  { person, id, stage, grade }: ApplicationRecord,
  school: string,
): Promise<Situation> => {
  if ((await core.directory.school(school)) === undefined) throw unknown();
  const goal = { school, stage, grade, schoolClass: null };
  return situationOf(core, { person, transfer: id, goal, startedAt: null, handling: null });
};

/**
 * What the law says of the school: everything that would stand against the family's own application to it, and a grade
 * without a free place, which is what the county is asked for (TRF-09, TRF-10).
 */
const judgeSchool = (
  core: Pick<ServiceCore, 'sealing'>,
  record: ApplicationRecord,
  situation: Situation,
): CaseFinding[] => {
  const { target, cohort, seats, today } = situation;
  const { kind, stage } = record;
  const places =
    cohort === undefined || seats === undefined
      ? [gradeNotHere]
      : judgePlaces({ kind, stage, grade: seatsOf(seats.grade) }, today, target.place);
  const told = new Set(places.map(({ code }) => code));
  const applied = judgeApplied(record, openApplicant(core, record), situation);
  return [...applied.filter(({ code }) => !told.has(code)), ...places];
};

/** What stands against a school that a county names for an application; OUT_OF_JURISDICTION for who is not asked. */
export const judgeNamed = async (
  core: ServiceCore,
  caller: Actor,
  record: ApplicationRecord,
  situation: Situation,
): Promise<CaseFinding[]> => {
  const own = await core.directory.workplaceOf(caller);
  if (own === undefined) throw outOfJurisdiction();
  if (record.school !== null) return [applicationNotOpen];
  if (!isAsked(caller, record)) throw outOfJurisdiction();
  if (record.state !== 'ARRANGING') return [applicationNotOpen];
  const { place } = situation.target.school;
  return place < own.lo || place > own.hi ? [notOfThisCounty] : judgeSchool(core, record, situation);
};
