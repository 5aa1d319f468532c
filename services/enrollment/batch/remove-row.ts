import { z } from 'zod';
import { BatchRowRemoved } from '#libs/contracts/events/enrollment.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { ownSchool } from '../own-school.ts';
import { batchKey } from './add-row.ts';

const Input = z.object({ idempotencyKey: z.string().min(1).max(100), row: Uuid });

export type RowRemoved = { batch: string; findings: Finding[] };

type Row = { batch_id: string; school: string };
type Batch = { province: string; month: string; status: string; version: number };

/**
 * A school takes a row of its own off the list again, with everything it held of the pupil, as long as the list has not
 * been handed in (W-04).
 */
export const removeNonGradeOneRow = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RowRemoved> => {
  const caller = authorize(actor, 'batch.list');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const school = await ownSchool(core, caller, caller.school ?? '');
  const removed = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<RowRemoved>(
      tx,
      {
        operation: 'removeNonGradeOneRow',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const [row] = await query<Row>(
          tx,
          `select batch_id, school from grade_batch_row where row_id = $1 and status <> 'REMOVED'`,
          [asked.row],
        );
        if (row === undefined || row.school !== school.code) throw outOfJurisdiction();
        const batch = await lockBatch(tx, row.batch_id);
        if (batch.status !== 'LISTED') {
          return { batch: row.batch_id, findings: [handedIn(core.clock.today(), lawPlaceOfSchool(school))] };
        }
        await forget(tx, row.batch_id, asked.row);
        await execute(tx, 'update grade_batch set version = version + 1 where batch_id = $1', [row.batch_id]);
        await recordEvents(tx, at, [
          recorded(BatchRowRemoved, batchKey(batch.province, batch.month), batch.version + 1, {
            batch: row.batch_id,
            row: asked.row,
            school: school.code,
            place: school.place,
            province: batch.province,
          }),
        ]);
        return { batch: row.batch_id, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  return removed;
};

/** Nothing about the pupil stays, and the same form can be listed anew. */
const forget = (tx: Tx, batch: string, row: string): Promise<number> =>
  execute(
    tx,
    `update grade_batch_row set status = 'REMOVED', sealed = null, sealed_name = null, reason = '', facts = '{}',
       findings = '[]', content_key = uuid_send(row_id)
     where batch_id = $1 and row_id = $2`,
    [batch, row],
  );

/** Locked, so that nobody hands the list in while a row leaves it. */
const lockBatch = async (tx: Tx, id: string): Promise<Batch> => {
  const [batch] = await query<Batch>(
    tx,
    'select province, month, status, version from grade_batch where batch_id = $1 for update',
    [id],
  );
  if (batch === undefined) throw outOfJurisdiction();
  return batch;
};

const handedIn = (on: string, place: Parameters<typeof finding>[1]['place']): Finding =>
  finding('ENR-10', {
    code: 'BATCH_ALREADY_SUBMITTED',
    outcome: 'REJECT',
    message: '该月名单已经报送，不能再撤回名单中的学生。',
    messageEn: 'The list was submitted already; a row can no longer be taken off it.',
    path: ['input', 'row'],
    remedy: '请等待查重结果；建籍后信息有误的，在学籍上更正。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
