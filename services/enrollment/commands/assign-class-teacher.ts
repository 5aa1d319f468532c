import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { ClassOutcome } from './create-class.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  schoolClass: Uuid,
  subject: z.string().min(1).max(200).nullish(),
});

/**
 * The school's registrar says whose class it is: one teacher a class, from now on; without a subject the class has
 * none. Former teachers stay on record and see the class no more (PRV-12).
 */
export const assignClassTeacher = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<ClassOutcome> => {
  const caller = authorize(actor, 'class.teacher');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  return inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<ClassOutcome>(
      tx,
      {
        operation: 'assignClassTeacher',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        await handOver(tx, asked.schoolClass, asked.subject ?? null, caller.subject, at);
        return { schoolClass: asked.schoolClass, findings: [] };
      },
    ),
  );
};

const handOver = async (
  tx: Tx,
  schoolClass: string,
  subject: string | null,
  by: string,
  at: string,
): Promise<void> => {
  const [row] = await query<{ place: string }>(
    tx,
    'select place from school_class where class_id = $1 for update',
    [schoolClass],
  );
  if (row === undefined) throw outOfJurisdiction();
  const [now] = await query<{ subject: string }>(
    tx,
    'select subject from class_teacher where class_id = $1 and until is null',
    [schoolClass],
  );
  if ((now?.subject ?? null) === subject) return;
  await execute(tx, 'update class_teacher set until = $2 where class_id = $1 and until is null', [
    schoolClass,
    at,
  ]);
  if (subject === null) return;
  await execute(
    tx,
    `insert into class_teacher (class_id, subject, place, since, assigned_by) values ($1, $2, $3, $4, $5)
     on conflict (class_id, subject, since) do update set until = null`,
    [schoolClass, subject, row.place, at, by],
  );
};
