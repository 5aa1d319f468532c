import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CHANGEABLE, confirmFields } from '../confirmation-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  students: z.array(Uuid).min(1).max(200),
  fields: z.array(z.enum(CHANGEABLE)).min(1).nullish(),
});

export type Confirmed = { confirmed: number; findings: Finding[] };

/** Class teacher or registrar says of pupils of the own class or school that what is known to change still holds (ID-24). */
export const confirmInformation = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Confirmed> => {
  const caller = authorize(actor, 'information.propose');
  const asked = parseInput(Input, input);
  const students = [...new Set(asked.students)];
  const scope = await core.directory.scopeOf(caller);
  const at = core.clock.now();
  return asWorker(core.worker, (tx) =>
    once<Confirmed>(
      tx,
      {
        operation: 'confirmInformation',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const rows = await query<{ person: string; place: string }>(
          tx,
          `select person_id as person, place from person where person_id = any($1::uuid[])
           and (place between $2 and $3 or person_id = any($4::uuid[])) order by person_id for update`,
          [students, scope.lo, scope.hi, [...scope.persons]],
        );
        if (rows.length < students.length) throw outOfJurisdiction();
        for (const { person, place } of rows) {
          await confirmFields(tx, { person, place: Number(place) }, asked.fields ?? CHANGEABLE, {
            on: core.clock.today(),
            by: caller.subject,
          });
        }
        return { confirmed: rows.length, findings: [] };
      },
    ),
  );
};
