import { z } from 'zod';
import { NumberDeleted } from '#libs/contracts/events/key-change.ts';
import { enforces } from '#libs/law/enforces.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { readChangeId } from '../key-change/change-id.ts';
import { followDeletion } from '../problems/follow-deletion.ts';
import { type DeletionRecord, deletionMoved, readDeletions } from './deletion-rows.ts';
import type { Asked } from './request-deletion.ts';

const Deciding = z.object({
  idempotencyKey: z.string().min(1).max(100),
  deletion: z.string().max(100),
  expectedVersion: z.int(),
  decision: z.enum(['APPROVE', 'REFUSE']),
  reason: z.string().trim().max(1000).nullish(),
});
type Deciding = z.infer<typeof Deciding>;

const refused = (code: string, message: string, messageEn: string, on: string, province: string): Finding =>
  finding('ID-11', {
    code,
    outcome: 'REJECT',
    message,
    messageEn,
    remedy: '请刷新后查看办理情况。',
    ownerLevel: 'MINISTRY',
    on,
    place: { province },
  });

const standsAgainst = async (
  tx: Tx,
  { person, ordinal, state, province }: DeletionRecord,
  { decision, reason }: Deciding,
  on: string,
): Promise<Finding[]> => {
  if (state !== 'REQUESTED')
    return [refused('CASE_ENDED', '该申请已办结。', 'This request has ended.', on, province)];
  if (decision === 'REFUSE')
    return reason
      ? []
      : [
          refused(
            'DECISION_REASON_MISSING',
            '不予同意须写明理由。',
            'A refusal needs a reason.',
            on,
            province,
          ),
        ];
  const [current] = await query(
    tx,
    `select 1 from student_number where person_id = $1 and ordinal = $2 and state = 'ACTIVE'`,
    [person, ordinal],
  );
  return current === undefined
    ? [
        refused(
          'NUMBER_NOT_IN_USE',
          '该学籍号已不是现用学籍号。',
          'The number is no longer in use.',
          on,
          province,
        ),
      ]
    : [];
};

/** The number ends as deleted; it, its history and its person stay, and it still finds the person (ID-01, ID-11). */
const deleteNumber = async (tx: Tx, { person, id, ordinal }: DeletionRecord, at: string) => {
  enforces('ID-11');
  await execute(
    tx,
    `update student_number set state = 'DELETED', valid_to = $3 where person_id = $1 and ordinal = $2`,
    [person, ordinal, at],
  );
  const [row] = await query<{ version: number; place: string; province: string }>(
    tx,
    `update person set number_kind = null, version = version + 1 where person_id = $1
     returning version, place, province`,
    [person],
  );
  if (row === undefined) throw new Error('A number belongs to nobody');
  const { version, place, province } = row;
  return recorded(NumberDeleted, person, version, { person, province, place: Number(place), deletion: id });
};

const decide = async (tx: Tx, asked: Deciding, by: string, on: string, at: string): Promise<Asked> => {
  const key = readChangeId(asked.deletion);
  await query(tx, 'select person_id from person where person_id = $1 for update', [key.person]);
  const [record] = await readDeletions(tx, 'where d.person_id = $1 and d.deletion_id = $2 for update of d', [
    key.person,
    key.id,
  ]);
  if (record === undefined) throw outOfJurisdiction();
  if (record.version !== asked.expectedVersion) throw versionConflict(record.version);
  const findings = await standsAgainst(tx, record, asked, on);
  if (findings.length > 0) return { deletion: null, findings };
  const state = asked.decision === 'APPROVE' ? 'DELETED' : 'REFUSED';
  const after = { ...record, state, version: record.version + 1 } as const;
  await execute(
    tx,
    `update number_deletion set state = $3, decided_by = $4, decided_at = $5, decision_reason = $6, version = $7
     where person_id = $1 and deletion_id = $2`,
    [record.person, record.id, state, by, at, asked.reason ?? null, after.version],
  );
  const deleted = state === 'DELETED' ? [await deleteNumber(tx, record, at)] : [];
  await recordEvents(tx, at, [deletionMoved(after), ...deleted]);
  return { deletion: key, findings };
};

/**
 * The ministry decides on the deletion of a number (ID-11). Its jurisdiction is the nation, and it has no standing range
 * over children: the decision is written by the worker's role, for the one person of the request.
 */
export const decideDeletion = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Asked> => {
  const caller = authorize(actor, 'number-deletion.decide');
  const asked = parseInput(Deciding, input);
  const at = core.clock.now();
  const decided = await asWorker(core.worker, (tx) =>
    once<Asked>(
      tx,
      { operation: 'decideDeletion', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const answer = await decide(tx, asked, caller.subject, core.clock.today(), at);
        if (answer.deletion !== null)
          await followDeletion(tx, core.sealing, {
            person: answer.deletion.person,
            occurrence: asked.decision === 'APPROVE' ? 'NUMBER_DELETED' : 'DELETION_REFUSED',
            ...{ unit: caller.unit ?? '', by: caller.subject, at },
          });
        return answer;
      },
    ),
  );
  core.wakeRelay();
  return decided;
};
