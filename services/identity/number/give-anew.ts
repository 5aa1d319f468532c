import { z } from 'zod';
import { NumberGivenAnew } from '#libs/contracts/events/key-change.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeNewNumber } from '#libs/law/identity/new-number.ts';
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
import { type HeldPerson, holdPerson } from '../person/held-person.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { giveTemporaryNumbers } from './give-number.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  expectedVersion: z.int(),
});

type Outcome = { student: string | null; findings: Finding[] };

type Numbers = { approved: boolean; last: number; state: string | null; deletion: string | null };

const numbersOf = async (tx: Tx, person: string): Promise<Numbers> => {
  const [row] = await query<Numbers>(
    tx,
    `select p.approved, coalesce(n.ordinal, 0) as last, n.state,
            (select d.deletion_id from number_deletion d
             where d.person_id = p.person_id and d.ordinal = n.ordinal and d.state = 'DELETED' limit 1) as deletion
     from person p left join lateral (
       select ordinal, state from student_number where person_id = p.person_id order by ordinal desc limit 1
     ) n on true where p.person_id = $1`,
    [person],
  );
  if (row === undefined) throw outOfJurisdiction();
  return row;
};

const give = async (
  core: ServiceCore,
  tx: Tx,
  held: HeldPerson,
  { last, deletion }: { last: number; deletion: string },
  order: { by: string; at: string },
): Promise<void> => {
  const { person, place, province, birthDate } = held;
  const region = (await core.directory.school(held.school))?.county ?? province;
  await giveTemporaryNumbers(
    tx,
    [{ person, place, region, birthDate, ordinal: last + 1 }],
    core.sealing,
    order.at,
    {
      ...{ reason: 'AFTER_DELETION', approver: order.by },
    },
  );
  await execute(
    tx,
    `update person set number_kind = 'L_TEMPORARY', version = version + 1 where person_id = $1`,
    [person],
  );
  await recordEvents(tx, order.at, [
    recorded(NumberGivenAnew, person, held.version + 1, {
      ...{ person, province, place, deletion, kind: 'L_TEMPORARY' as const },
    }),
  ]);
};

/**
 * The registry authority decides that a pupil whose number was deleted has a number again (ID-01, ID-11): a temporary
 * one, generated like every other (ID-02). The deleted number stays in the history and finds its person for ever (ID-32).
 */
export const giveNumberAnew = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const caller = authorize(actor, 'number.give-anew');
  const asked = parseInput(Input, input);
  const scope = await core.directory.scopeOf(caller);
  const at = core.clock.now();
  const outcome = await asWorker(core.worker, (tx) =>
    once<Outcome>(
      tx,
      { operation: 'giveNumberAnew', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const held = await holdPerson(tx, core.sealing, scope, asked.student);
        if (held === undefined) throw outOfJurisdiction();
        if (held.version !== asked.expectedVersion) throw versionConflict(held.version);
        const { approved, last, state, deletion } = await numbersOf(tx, held.person);
        const findings = judgeNewNumber(
          {
            isRegistered: held.registered && approved,
            hasNumber: state === 'ACTIVE',
            wasDeleted: deletion !== null,
          },
          core.clock.today(),
          lawPlaceAt(await core.directory.school(held.school), held.province),
        );
        if (findings.length > 0 || deletion === null) return { student: null, findings };
        await give(core, tx, held, { last, deletion }, { by: caller.subject, at });
        return { student: held.person, findings };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};
