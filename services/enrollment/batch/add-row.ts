import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { BatchRowAdded } from '#libs/contracts/events/enrollment.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { batchDay } from '#libs/law/enrollment/channel.ts';
import { judgeAttendance } from '#libs/law/enrollment/without-registration.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { handedIn } from '../commands/register-student.ts';
import { EntryStatement, withStatement } from '../overseas/statement.ts';
import { receivingSchool } from '../own-school.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import { contentKeyOf } from '../registration/content-key.ts';
import type { FormFinding } from '../registration/form-findings.ts';
import { type HandedIn, judgeIntake } from '../registration/intake.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  form: CollectedForm,
  stage: Stage,
  entryYear: z.int().min(2000).max(2100).nullish(),
  reason: z.string().trim().min(2).max(500),
  overseas: EntryStatement.nullish(),
});

const otherStage = () =>
  badInput([
    {
      path: ['stage'],
      code: 'STAGE_DIFFERS',
      message: '学段与采集表的年级不符。 The stage is not that of the grade on the form.',
    },
  ]);

export type RowAdded = { batch: string | null; row: string | null; findings: FormFinding[] };

/** Contexts under which the form of a listed row is sealed, and the name by which people know the row. */
export const rowContext = (row: string): string => `batch-row:${row}`;
export const rowNameContext = (row: string): string => `batch-row-name:${row}`;

/**
 * A school puts a pupil of another grade on the list of the running month (W-04); the pupil attends meanwhile. What
 * the national check will decide is left out here; everything else is judged at once.
 */
export const addNonGradeOneRow = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<RowAdded> => {
  const caller = authorize(actor, 'batch.list');
  const asked = parseInput(Input, input);
  const school = await receivingSchool(core, caller, asked.school);
  const handed: HandedIn = {
    ...(await handedIn(core, school, asked.form, asked.entryYear)),
    channel: 'NON_GRADE_ONE_BATCH',
    nationalCheck: 'PASSED',
  };
  const { facts, findings } = withStatement(judgeIntake(handed), handed, asked.overseas ?? null);
  if (facts !== null && facts.stage !== asked.stage) throw otherStage();
  if (facts === null) return { batch: null, row: null, findings };
  const contentKey = contentKeyOf(core.sealing, school.code, asked.form, handed.entryYear);
  const { reason, overseas } = asked;
  const request = { content: contentKey.toString('hex'), reason, overseas };
  const onRecord = judgeAttendance(
    { attends: true, registered: false },
    handed.today,
    lawPlaceOfSchool(school),
  );
  const at = handed.now;
  const added = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once(
      tx,
      { operation: 'addNonGradeOneRow', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const batch = await openBatch(core, tx, school.province, handed.today);
        const row = uuidv7();
        const [kept] = await query<{ row_id: string }>(
          tx,
          `insert into grade_batch_row (batch_id, row_id, school, place, status, reason, content_key, sealed, sealed_name,
           facts, findings, listed_by, listed_at)
         values ($1, $2, $3, $4, 'LISTED', $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12)
         on conflict (batch_id, content_key) do update set reason = excluded.reason returning row_id`,
          [
            batch.id,
            row,
            school.code,
            school.place,
            asked.reason,
            contentKey,
            core.sealing.seal(JSON.stringify(asked.form), rowContext(row)),
            core.sealing.seal(asked.form.name, rowNameContext(row)),
            JSON.stringify(facts),
            JSON.stringify(onRecord),
            caller.subject,
            at,
          ],
        );
        if (kept?.row_id === row) {
          await tell(tx, at, batch, {
            row,
            school: school.code,
            place: school.place,
            province: school.province,
          });
        }
        return { batch: batch.id, row: kept?.row_id ?? row };
      },
    ),
  );
  core.wakeRelay();
  return { ...added, findings };
};

type Batch = { id: string; key: string; version: number };
type Listed = { row: string; school: string; place: number; province: string };

const tell = async (tx: Tx, at: string, batch: Batch, listed: Listed): Promise<void> => {
  const version = batch.version + 1;
  await execute(tx, 'update grade_batch set version = $2 where batch_id = $1', [batch.id, version]);
  await recordEvents(tx, at, [recorded(BatchRowAdded, batch.key, version, { batch: batch.id, ...listed })]);
};

/**
 * The list that a row of today goes to: this month's, or the next month's where this one was handed in (ours). The
 * list is locked, so that nobody hands it in between and leaves the row behind.
 */
const openBatch = async (core: ServiceCore, tx: Tx, province: string, today: string): Promise<Batch> => {
  const range = await core.directory.rangeOf(province);
  for (let month = today.slice(0, 7); ; month = nextMonth(month)) {
    await execute(
      tx,
      `insert into grade_batch (batch_id, province, month, place_lo, place_hi, status, due_on, version)
       values ($1, $2, $3, $4, $5, 'LISTED', $6, 0) on conflict (province, month) do nothing`,
      [uuidv7(), province, month, range?.lo ?? 0, range?.hi ?? 0, batchDay(`${month}-01`)],
    );
    const [row] = await query<{ batch_id: string; version: number }>(
      tx,
      `select batch_id, version from grade_batch where province = $1 and month = $2 and status = 'LISTED'
       for update`,
      [province, month],
    );
    if (row !== undefined) return { id: row.batch_id, key: batchKey(province, month), version: row.version };
  }
};

/** Aggregate of a month's list. */
export const batchKey = (province: string, month: string): string => `batch:${province}:${month}`;

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
