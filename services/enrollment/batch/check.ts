import { z } from 'zod';
import { NationalCheckResult } from '#libs/contracts/events/enrollment.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { judgeNationalCheck } from '#libs/law/enrollment/channel.ts';
import { judgeAttendance } from '#libs/law/enrollment/without-registration.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import type { IntakeOutcome } from '../registration/finish-intakes.ts';
import type { IntakeFacts } from '../registration/intake.ts';
import { registerAll } from '../registration/register.ts';
import { batchKey, rowContext } from './add-row.ts';

const Input = z.object({ idempotencyKey: z.string().min(1).max(100), batch: Uuid });

type Row = { row_id: string; school: string; sealed: Buffer; facts: IntakeFacts; content_key: Buffer };
type Batch = { batch_id: string; province: string; month: string; status: string };

const chunk = 100;

/**
 * The ministry's information centre runs the national check on a submitted list (W-04). Who passes is registered at
 * once and waits for approval; who fails is told to be transferred (ENR-10). Repeating it goes on where it stopped.
 */
export const checkNonGradeOneBatch = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<string> => {
  const caller = authorize(actor, 'batch.check');
  const asked = parseInput(Input, input);
  const [batch] = await asWorker(core.worker, (tx) =>
    query<Batch>(tx, `select * from grade_batch where batch_id = $1 and status in ('SUBMITTED', 'CHECKED')`, [
      asked.batch,
    ]),
  );
  if (batch === undefined) throw outOfJurisdiction();
  for (;;) {
    const rows = await submittedRows(core, batch.batch_id);
    if (rows.length === 0) break;
    await checkRows(core, rows, caller.subject, batch.batch_id);
  }
  await closeBatch(core, batch);
  core.wakeRelay();
  return batch.batch_id;
};

const submittedRows = (core: ServiceCore, batch: string): Promise<Row[]> =>
  asWorker(core.worker, (tx) =>
    query<Row>(
      tx,
      `select row_id, school, sealed, facts, content_key from grade_batch_row
       where batch_id = $1 and status = 'SUBMITTED' order by row_id limit $2`,
      [batch, chunk],
    ),
  );

/** The claim on the person is the check itself: it cannot pass here and fail a moment later. */
const checkRows = async (
  core: ServiceCore,
  rows: readonly Row[],
  by: string,
  batch: string,
): Promise<void> => {
  for (const row of rows) {
    const school = await core.directory.school(row.school);
    if (school === undefined) throw outOfJurisdiction();
    const form = CollectedForm.parse(JSON.parse(core.sealing.open(row.sealed, rowContext(row.row_id))));
    const [outcome] = await registerAll(core, { lo: school.place, hi: school.place, persons: [] }, [
      { contentKey: row.content_key, form, facts: row.facts, school, by, at: core.clock.now() },
    ]);
    const found = outcome?.findings ?? [];
    const registered = outcome?.person ? outcome : undefined;
    const failure = registered ? [] : failureOf(found, core.clock.today(), lawPlaceOfSchool(school));
    const findings = [...failure, ...found];
    await keepResult(core, batch, { row: row.row_id, outcome, registered, findings });
  }
};

/** What a school hears of a row that failed: a pupil with a record of its own is not sent away from it (ID-18). */
const failureOf = (found: readonly Finding[], today: string, place: LawPlace): Finding[] => {
  const recordHere = found.some(({ ruleId }) => ruleId === 'ID-18');
  return [
    ...judgeNationalCheck({ nationalCheck: 'FAILED', recordHere }, today, place),
    ...judgeAttendance({ attends: true, registered: recordHere }, today, place),
  ];
};

type Result = {
  row: string;
  outcome: IntakeOutcome | undefined;
  registered: IntakeOutcome | undefined;
  findings: Finding[];
};

/** The registration that was tried is kept with a failed row: by it the school can open a transfer (TRF-53). */
const keepResult = (
  core: ServiceCore,
  batch: string,
  { row, outcome, registered, findings }: Result,
): Promise<number> =>
  asWorker(core.worker, (tx) =>
    execute(
      tx,
      `update grade_batch_row set status = $3, findings = $4::jsonb, sealed = null, person_id = $5,
         enrollment_id = $6, intake_id = $7 where batch_id = $1 and row_id = $2`,
      [
        batch,
        row,
        registered ? 'REGISTERED' : 'FAILED',
        JSON.stringify(findings),
        registered?.person ?? null,
        registered?.enrollment ?? null,
        outcome?.intake ?? null,
      ],
    ),
  );

const closeBatch = (core: ServiceCore, batch: Batch): Promise<void> =>
  asWorker(core.worker, async (tx) => {
    const at = core.clock.now();
    const [closed] = await query<{ version: number }>(
      tx,
      `update grade_batch set status = 'CHECKED', checked_at = $2, version = version + 1
       where batch_id = $1 and status = 'SUBMITTED' returning version`,
      [batch.batch_id, at],
    );
    if (closed === undefined) return;
    const [counts] = await query<{ passed: number; failed: number }>(
      tx,
      `select count(*) filter (where status = 'REGISTERED')::int as passed,
              count(*) filter (where status = 'FAILED')::int as failed from grade_batch_row where batch_id = $1`,
      [batch.batch_id],
    );
    await recordEvents(tx, at, [
      recorded(NationalCheckResult, batchKey(batch.province, batch.month), closed.version, {
        batch: batch.batch_id,
        province: batch.province,
        passed: counts?.passed ?? 0,
        failed: counts?.failed ?? 0,
      }),
    ]);
  });
