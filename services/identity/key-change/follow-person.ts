import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { type ChangeRecord, runningChange, saveChange } from './change-rows.ts';
import { isWithPeople } from './course.ts';
import { withCurrent } from './turns.ts';

const handedOver = '学籍已转到其他学校，由新学校重新申请。 The registration goes on at another school.';
const newForm = '学生已按新的采集表重新建籍。 The pupil was registered anew on another form.';

const endChange = (tx: Tx, running: ChangeRecord, reason: string, at: string): Promise<void> => {
  const ended = withCurrent(running, { reason });
  return saveChange(tx, at, running, { ...ended, state: 'WITHDRAWN', endedAt: at });
};

/** A person is registered anew on the documents shown now (ID-22): what was asked for about the old data ends. */
export const endForNewForm = async (tx: Tx, person: string, at: string): Promise<void> => {
  const running = await runningChange(tx, person);
  if (running !== undefined) await endChange(tx, running, newForm, at);
};

/**
 * A person has gone to another school: a change that was not approved yet ends, and the new school asks again on its own
 * papers; an approved one goes on to its checks and, should they fail, to the new school.
 */
export const followPerson = async (
  tx: Tx,
  { person, school, province }: { person: string; school: string; province: string },
  at: string,
): Promise<void> => {
  const running = await runningChange(tx, person);
  if (running === undefined) return;
  if (!isWithPeople(running.state)) {
    await execute(
      tx,
      'update key_change set school = $3, province = $4 where person_id = $1 and change_id = $2',
      [person, running.id, school, province],
    );
    return;
  }
  await endChange(tx, running, handedOver, at);
};

/**
 * A school goes on as another one: what runs there goes on with the people of the school that stands, and of its
 * authority. Who handled it for another authority has not handled it there (ACC-18).
 */
export const followSuccessor = async (
  tx: Tx,
  person: string,
  from: { school: string },
  into: { school: string; province: string },
): Promise<void> => {
  await execute(
    tx,
    'update key_change set school = $2, province = $3 where person_id = $1 and ended_at is null',
    [person, into.school, into.province],
  );
  await execute(
    tx,
    'update key_change_step set unit = $3 where person_id = $1 and unit = $2 and decided_at is null',
    [person, from.school, into.school],
  );
  await execute(
    tx,
    `update key_change_step s set unit = there.authority, handled_by = null, handled_at = null, opinion = null
     from school_ref here, school_ref there
     where here.code = $2 and there.code = $3 and here.authority <> there.authority
       and s.person_id = $1 and s.unit = here.authority and s.decided_at is null`,
    [person, from.school, into.school],
  );
};
