import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { onRow } from '../workers/set-aside.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';
import { tellApplication } from './application-signal.ts';
import { saveApplication } from './save-application.ts';

/** The day of a merger has come, or the school is closed; a case that was put together answers for its application. */
const left = `state = 'APPLIED' and exists (select from school_ref s where s.code = transfer_application.school
  and (s.fact -> 'succession' ->> 'from' <= $1 or s.fact ->> 'state' = 'CLOSED'))`;

const closedNote = '该校已终止办学，申请不再受理。可以向其他学校申请，或者申请县级统筹安排学校。';

const asksAlready = async (tx: Tx, { person }: ApplicationRecord, school: string): Promise<boolean> =>
  (await applicationsWhere(tx, 'person_id = $1 and school = $2 and ended_at is null', [person, school]))
    .length > 0;

/** How an application stands when its school has ended: with the one that goes on, or over. */
const after = async (
  tx: Tx,
  at: string,
  record: ApplicationRecord,
  into: SchoolFact | undefined,
): Promise<ApplicationRecord> => {
  if (into === undefined) return { ...record, state: 'DECLINED', note: closedNote, endedAt: at };
  const isAnswered = into.code === record.source.school || (await asksAlready(tx, record, into.code));
  if (isAnswered) return { ...record, state: 'SUPERSEDED', endedAt: at };
  return { ...record, school: into.code, place: into.place, authority: into.authority };
};

/**
 * A family that has applied to a school which was merged has applied to the one that goes on, on the same day and with the
 * same time to be answered (TRF-05, with everything of the ended school, ARC-13), unless the child is registered there or an
 * application to it is open. At a closed school nobody is left to answer: the application ends and says so. True when there
 * may be more.
 */
export const followNextApplied = async (core: ServiceCore): Promise<boolean> => {
  const [at, today] = [core.clock.now(), core.clock.today()];
  const found = await onRow(core, 'transfer_application', async (tx, { isFree, now, took }) => {
    const next = `${left} and ${isFree(2)} order by application_id limit 1 for update skip locked`;
    const [record] = await applicationsWhere(tx, next, [today, now]);
    if (record === undefined) return undefined;
    took(record.id);
    const school = record.school === null ? undefined : await core.directory.school(record.school);
    const into = school?.succession && (await core.directory.school(school.succession.into));
    if (school?.succession && !into) throw new Error('A school goes on in one that nobody knows');
    await saveApplication(tx, at, record, await after(tx, at, record, into ?? undefined));
    return record.id;
  });
  if (found === undefined) return false;
  tellApplication(core, found);
  core.wakeRelay();
  return true;
};
