import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SchoolCode, Uuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { FileStatement } from '../overseas/statement.ts';
import { receivingSchool } from '../own-school.ts';
import { entryYearOf } from './register-student.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  upload: Uuid,
  dryRun: z.boolean().nullish(),
  entryYear: z.int().min(2000).max(2100).nullish(),
  overseas: FileStatement.nullish(),
});

const notReady = () =>
  badInput([
    {
      path: ['upload'],
      code: 'UPLOAD_NOT_ACCEPTED',
      message: '文件尚未上传完成或未通过核对。 The file has not arrived or did not pass its check.',
    },
  ]);

/** A school starts the import of an uploaded workbook; the work goes on in the background. Returns the job's id. */
export const startImport = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<string> => {
  const caller = authorize(actor, 'registration.import');
  const asked = parseInput(Input, input);
  const school = await receivingSchool(core, caller, asked.school);
  const at = core.clock.now();
  const { job } = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once(
      tx,
      { operation: 'startImport', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const [upload] = await query<{ state: string }>(
          tx,
          'select state from upload where upload_id = $1 and place = $2',
          [asked.upload, school.place],
        );
        if (upload === undefined) throw outOfJurisdiction();
        if (upload.state !== 'ACCEPTED') throw notReady();
        const id = uuidv7();
        await execute(
          tx,
          `insert into import_job (job_id, school, place, province, upload_id, dry_run, entry_year, state, read, good,
           registered, bad, started_by, started_at, reached, version, statement)
         values ($1, $2, $3, $4, $5, $6, $7, 'WAITING', 0, 0, 0, 0, $8, $9, 0, 1, $10::jsonb)`,
          [
            id,
            school.code,
            school.place,
            school.province,
            asked.upload,
            asked.dryRun ?? false,
            await entryYearOf(core, school, asked.entryYear),
            caller.subject,
            at,
            asked.overseas ? JSON.stringify(asked.overseas) : null,
          ],
        );
        return { job: id };
      },
    ),
  );
  return job;
};
