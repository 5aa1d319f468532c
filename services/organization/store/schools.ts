import { LockMode } from '@mikro-orm/core';
import { type SchoolFact, SchoolSet } from '#libs/contracts/events/organization.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { School as SchoolTable } from '../entities.ts';
import { unitOf } from '../school/change-school.ts';
import type { School } from '../school/school.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';

/** A school as it is to be from now on, with its new version. */
export type SchoolWrite = { school: School; version: number };

/** A school that a command changes, locked until the transaction ends; undefined where no school has the code. */
export const lockSchool = async (
  tx: Tx,
  code: string,
): Promise<{ school: School; version: number } | undefined> => {
  const row = await tx.findOne(SchoolTable, { code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (row === null) return undefined;
  const { version, province: _province, city: _city, county: _county, ...school } = row;
  return { version, school };
};

/** Writes schools and tells of each: aggregate `school:<code>`, the whole public record. */
export const saveSchools = async (
  tx: Tx,
  tree: OrgTree,
  writes: readonly SchoolWrite[],
  at: string,
): Promise<void> => {
  const placed = writes.map((write) => ({ ...write, seat: seatOf(tree, write.school) }));
  await insertRows(
    tx,
    'school',
    columns,
    placed.map(({ school, version, seat }) => rowOf(school, version, seat)),
    `on conflict (code) do update set ${updates}`,
  );
  await recordEvents(
    tx,
    at,
    placed.map(({ school, version, seat }) =>
      recorded(SchoolSet, `school:${school.code}`, version, factOf(school, seat)),
    ),
  );
};

/** Where the school stands: province, city and county of its own line of authorities. */
const seatOf = (tree: OrgTree, school: School): LawPlace => lawPlaceOf(tree, unitOf(tree, school.unit));

const factOf = (school: School, { province, city, county }: LawPlace): SchoolFact => ({
  code: school.code,
  name: school.name,
  kind: school.kind,
  stages: school.stages,
  system: school.system,
  ownership: school.ownership,
  state: school.state,
  authority: school.authority,
  province,
  city: city ?? null,
  county: county ?? null,
  place: school.place,
  ...(school.succession && { succession: school.succession }),
  ...(school.admissionAreas.length > 0 && { admissionAreas: school.admissionAreas }),
  ...(school.competentAuthority && { competentAuthority: school.competentAuthority }),
});

const columns: Columns = [
  ['code', 'text'],
  ['name', 'text'],
  ['kind', 'text'],
  ['stages', 'jsonb'],
  ['system', 'text'],
  ['ownership', 'text'],
  ['sponsor', 'text'],
  ['state', 'text'],
  ['managed_by', 'text'],
  ['authority', 'text'],
  ['unit', 'text'],
  ['province', 'text'],
  ['city', 'text'],
  ['county', 'text'],
  ['place', 'bigint'],
  ['opened_on', 'date'],
  ['ended_on', 'date'],
  ['former_names', 'jsonb'],
  ['predecessor', 'text'],
  ['successor', 'text'],
  ['succession', 'jsonb'],
  ['admission_areas', 'jsonb'],
  ['competent_authority', 'text'],
  ['version', 'int'],
];

const updates = columns
  .map(([name]) => name)
  .filter((name) => name !== 'code')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

/** The values in the order of `columns`. */
const rowOf = (school: School, version: number, { province, city, county }: LawPlace): unknown[] => [
  school.code,
  school.name,
  school.kind,
  JSON.stringify(school.stages),
  school.system,
  school.ownership,
  school.sponsor,
  school.state,
  school.managedBy,
  school.authority,
  school.unit,
  province,
  city,
  county,
  school.place,
  school.openedOn,
  school.endedOn,
  JSON.stringify(school.formerNames),
  school.predecessor,
  school.successor,
  school.succession && JSON.stringify(school.succession),
  JSON.stringify(school.admissionAreas),
  school.competentAuthority,
  version,
];
