import type { Finding } from '#libs/law/finding.ts';
import { type LawPlace, lawPlaceOfSchool } from '#libs/law/layers.ts';
import { judgeDuties, type WaitingFacts } from '#libs/law/organization/duties.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from './calendar-of.ts';
import type { Enrollment } from './entities.ts';
import { lateBasicInfo } from './marks/basic-info.ts';
import { lateClass } from './transfer/class-owed.ts';

const waitsFor: Partial<Record<Enrollment['status'], WaitingFacts['waitsFor']>> = {
  PENDING_APPROVAL: 'AUTHORITY',
  RETURNED_TO_SCHOOL: 'SCHOOL',
};

/** What the school owes a pupil of its own and has not done in time. */
const owedBy = async (core: ServiceCore, row: Enrollment, place: LawPlace): Promise<Finding[]> => {
  const today = core.clock.today();
  const classes = row.classOwedSince ? lateClass(row, today, place, await calendarOf(core)) : [];
  return [...lateBasicInfo(row, today, place), ...classes];
};

/** What holds a registration that waits, and whose duty is on record as late (ENR-08, ENR-68, ORG-06, TRF-48). */
export const blockersOf = async (core: ServiceCore, row: Enrollment): Promise<Finding[]> => {
  const party = waitsFor[row.status];
  const school = await core.directory.school(row.school);
  if (school === undefined) return [];
  const owed = row.active ? await owedBy(core, row, lawPlaceOfSchool(school)) : [];
  if (party === undefined) return owed;
  const authority = await core.directory.unit(school.authority);
  const late = judgeDuties(
    {
      waitsFor: party,
      authorityLevel: authority?.level ?? 'COUNTY',
      dueOn: row.dueOn,
      provisional: row.dueProvisional,
    },
    core.clock.today(),
    lawPlaceOfSchool(school),
  );
  return [...(party === 'AUTHORITY' ? row.held : []), ...late, ...owed];
};
