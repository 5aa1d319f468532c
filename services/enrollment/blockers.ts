import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { judgeDuties, type WaitingFacts } from '#libs/law/organization/duties.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Enrollment } from './entities.ts';
import { lateBasicInfo } from './marks/basic-info.ts';

const waitsFor: Partial<Record<Enrollment['status'], WaitingFacts['waitsFor']>> = {
  PENDING_APPROVAL: 'AUTHORITY',
  RETURNED_TO_SCHOOL: 'SCHOOL',
};

/** What holds a registration that waits, and whose duty is on record as late (ENR-08, ENR-68, ORG-06). */
export const blockersOf = async (core: ServiceCore, row: Enrollment): Promise<Finding[]> => {
  const party = waitsFor[row.status];
  const school = await core.directory.school(row.school);
  if (school === undefined) return [];
  const owed = row.active ? lateBasicInfo(row, core.clock.today(), lawPlaceOfSchool(school)) : [];
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
