import { z } from 'zod';
import { BatchSubmitted } from '#libs/contracts/events/enrollment.ts';
import { batchDay } from '#libs/law/enrollment/channel.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { batchKey } from './add-row.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
});

export type Submitted = { batch: string | null; findings: Finding[] };

/** The province hands in the list of a month, on its last day or later (ENR-10). */
export const submitNonGradeOneBatch = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Submitted> => {
  const caller = authorize(actor, 'batch.submit');
  const asked = parseInput(Input, input);
  const province = caller.unit ?? '';
  const today = core.clock.today();
  const place = { province };
  const at = core.clock.now();
  if (today < batchDay(`${asked.month}-01`)) return { batch: null, findings: [tooEarly(today, place)] };
  const outcome = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Submitted>(
      tx,
      {
        operation: 'submitNonGradeOneBatch',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const [batch] = await query<{ batch_id: string; status: string; version: number }>(
          tx,
          'select batch_id, status, version from grade_batch where province = $1 and month = $2 for update',
          [province, asked.month],
        );
        if (batch === undefined) throw outOfJurisdiction();
        if (batch.status !== 'LISTED')
          return { batch: batch.batch_id, findings: [handedInAlready(today, place)] };
        const rows = await execute(
          tx,
          `update grade_batch_row set status = 'SUBMITTED' where batch_id = $1 and status = 'LISTED'`,
          [batch.batch_id],
        );
        await execute(
          tx,
          `update grade_batch set status = 'SUBMITTED', submitted_by = $2, submitted_at = $3, version = version + 1
         where batch_id = $1`,
          [batch.batch_id, caller.subject, at],
        );
        await recordEvents(tx, at, [
          recorded(BatchSubmitted, batchKey(province, asked.month), batch.version + 1, {
            batch: batch.batch_id,
            province,
            month: asked.month,
            rows,
          }),
        ]);
        return { batch: batch.batch_id, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

const tooEarly = (on: string, place: { province: string }): Finding =>
  finding('ENR-10', {
    code: 'BATCH_BEFORE_MONTH_END',
    outcome: 'REJECT',
    message: '非一年级新生名单在月末报送，本月尚未到最后一日。',
    messageEn: 'The list is submitted at the end of the month.',
    path: ['input', 'month'],
    remedy: '请在当月最后一日或之后报送。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });

const handedInAlready = (on: string, place: { province: string }): Finding =>
  finding('ENR-10', {
    code: 'BATCH_ALREADY_SUBMITTED',
    outcome: 'REJECT',
    message: '该月名单已经报送。',
    messageEn: 'The list of this month was submitted already.',
    remedy: '之后新增的学生自动列入下月名单。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
