import { SchoolCode } from '#libs/contracts/ids.ts';
import { judgePlaces } from '#libs/law/transfer/places.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CaseFinding, gradeNotHere, isRefused } from '../cases/own-finding.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import { seatsOf } from '../cases/start-facts.ts';
import { openApplicant } from './applicant.ts';
import { answerDue } from './application-due.ts';
import { lockApplicationsOf } from './application-limits.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';
import type { Answered } from './apply-for-transfer.ts';
import { inFamilyWords } from './family-words.ts';
import { judgeApplied } from './judge-application.ts';
import { ApplicationOrder, isAsked, onApplication } from './on-application.ts';
import { alreadyApplied, applicationNotOpen, notOfThisCounty } from './own-application-finding.ts';
import { saveApplication } from './save-application.ts';

const Arranging = ApplicationOrder.extend({ school: SchoolCode });

/**
 * What stands against a school that a county names: everything that would stand against the family's own application to it,
 * and a grade without a free place, which is what the county is asked for (TRF-09, TRF-10).
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

/**
 * The head of the receiving county names a school of its own with a place free, for a family whose school of choice was full
 * (TRF-10). The school starts the case; the day of the family's application stays.
 */
export const arrangeSchool = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.arrange');
  const order = parseInput(Arranging, input);
  const school = await core.directory.school(order.school);
  const own = await core.directory.workplaceOf(caller);
  if (own === undefined) throw outOfJurisdiction();
  if (school === undefined) {
    const message = '学校标识码有误。 The code names no school.';
    throw badInput([{ path: ['school'], code: 'SCHOOL_UNKNOWN', message }]);
  }
  const prepare = ({ person, id, stage, grade }: ApplicationRecord) => {
    const goal = { school: school.code, stage, grade, schoolClass: null };
    return situationOf(core, { person, transfer: id, goal, startedAt: null, handling: null });
  };
  return onApplication(
    { core, caller, operation: 'arrangeSchool' },
    order,
    prepare,
    async ({ tx, record }, situation) => {
      if (record.school !== null) return { findings: [applicationNotOpen] };
      if (!isAsked(caller, record)) throw outOfJurisdiction();
      if (record.state !== 'ARRANGING') return { findings: [applicationNotOpen] };
      if (school.place < own.lo || school.place > own.hi) return { findings: [notOfThisCounty] };
      const findings = judgeSchool(core, record, situation);
      if (isRefused(findings)) return { findings };
      // The family may be applying there itself at this moment.
      await lockApplicationsOf(tx, record.person);
      const there = await applicationsWhere(tx, 'person_id = $1 and school = $2 and ended_at is null', [
        record.person,
        school.code,
      ]);
      if (there.length > 0) return { findings: [alreadyApplied] };
      const { now, calendar, target } = situation;
      const due = answerDue(now, target.place, calendar);
      await saveApplication(tx, now, record, {
        ...record,
        ...{ state: 'APPLIED', school: school.code, place: school.place, authority: school.authority },
        ...{ findings: inFamilyWords(findings), arranged: true, answeredBy: caller.subject, answeredAt: now },
        ...due,
      });
      return { findings };
    },
  );
};
