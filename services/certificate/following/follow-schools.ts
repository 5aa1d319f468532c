import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveCustodianDesignated } from '#libs/contracts/events/archive-closure.ts';
import { SchoolMerged, SchoolSet } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { actingUnitOf } from '../lost/acting-unit.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** Rows by the school of the studies: they stay that school's, and are seen by whoever acts in its place (CRT-14). */
const ofSchools = [
  'study',
  'outcome',
  'certificate',
  'outcome_batch',
  'electronic_certificate',
  'certificate_proof',
];

/** A school, and every one that ended before in whose place it came to act. */
const withThoseBefore = async (tx: Tx, school: string): Promise<string[]> => {
  const rows = await query<{ code: string }>(
    tx,
    `with recursive ended (code, next) as (
       select code, fact->'succession'->>'into' from school_ref where fact->>'state' <> 'ACTIVE'
       union all select school, unit from school_custodian
     ), line (code) as (
       select $1::text union select e.code from ended e join line l on l.code = e.next
     ) select code from line`,
    [school],
  );
  return rows.map(({ code }) => code);
};

/**
 * What is kept of a school and of those before it goes to another unit: it sees their rows, and issues what was theirs to issue
 * and is not issued yet.
 */
const seenBy = async ({ directory }: Core, tx: Tx, school: string, unit: string): Promise<void> => {
  const place = (await directory.rangeOf(unit))?.lo;
  if (place === undefined) throw new Error('A school ended into one that nobody knows');
  const schools = await withThoseBefore(tx, school);
  for (const table of ofSchools) {
    await execute(tx, `update ${table} set place = $2 where school = any($1::text[]) and place <> $2`, [
      schools,
      place,
    ]);
  }
  await execute(
    tx,
    `update outcome set issuer = $2
     where school = any($1::text[]) and state = 'REVIEWED' and issuer = any($1::text[])`,
    [schools, unit],
  );
};

const ended = async (core: Core, tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === SchoolMerged.type) {
    const { school, into } = readEvent(SchoolMerged, event);
    const after = await core.directory.school(into);
    return seenBy(core, tx, school, after === undefined ? into : await actingUnitOf(core, tx, after));
  }
  const school = readEvent(SchoolSet, event);
  if (school.state === 'ACTIVE') return;
  const unit = await actingUnitOf(core, tx, school);
  if (unit !== school.code) await seenBy(core, tx, school.code, unit);
};

/** Schools end: what proves the studies of their former students is seen by the custodian of their archives. */
export const followsSchools = (core: Core): Projection => ({
  name: 'certificate-schools',
  sources: ['organization'],
  types: [SchoolMerged.type, SchoolSet.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await ended(core, tx, event);
  },
});

/** An authority names who keeps the archives of a school that is to be closed; it may be heard of after the end. */
export const followsCustodians = (core: Core): Projection => ({
  name: 'certificate-custodians',
  sources: ['archive'],
  types: [ArchiveCustodianDesignated.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const { school, custodian } = readEvent(ArchiveCustodianDesignated, event);
      await execute(
        tx,
        `insert into school_custodian (school, unit) values ($1, $2)
         on conflict (school) do update set unit = excluded.unit`,
        [school, custodian.code],
      );
      const fact = await core.directory.school(school);
      if (fact?.state === 'CLOSED') await seenBy(core, tx, school, await actingUnitOf(core, tx, fact));
    }
  },
});
