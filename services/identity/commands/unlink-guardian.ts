import { z } from 'zod';
import { GuardianUnlinked } from '#libs/contracts/events/identity.ts';
import { Uuid } from '#libs/contracts/ids.ts';
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

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  subject: z.string().min(1).max(200),
});

type Outcome = { student: string | null; findings: Finding[] };

/** The school ends the tie of a login to a child: a guardian no more, or tied by mistake (PRV-11). */
export const unlinkGuardian = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Outcome> => {
  const caller = authorize(actor, 'guardian.link');
  const wanted = parseInput(Input, input);
  const at = core.clock.now();
  const outcome = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Outcome>(
      tx,
      {
        operation: 'unlinkGuardian',
        caller: caller.subject,
        key: wanted.idempotencyKey,
        request: wanted,
        at,
      },
      async () => {
        const [person] = await query<{ place: string; province: string; version: number }>(
          tx,
          'select place, province, version from person where person_id = $1 for update',
          [wanted.student],
        );
        if (person === undefined) throw outOfJurisdiction();
        const ended = await execute(
          tx,
          'update guardian_link set until = $3 where person_id = $1 and subject = $2 and until is null',
          [wanted.student, wanted.subject, at],
        );
        if (ended === 0) return { student: null, findings: [notLinked(core.clock.today(), person.province)] };
        await execute(tx, 'update person set version = version + 1 where person_id = $1', [wanted.student]);
        await recordEvents(tx, at, [
          recorded(GuardianUnlinked, wanted.student, person.version + 1, {
            person: wanted.student,
            province: person.province,
            place: Number(person.place),
            subject: wanted.subject,
            to: at,
          }),
        ]);
        return { student: wanted.student, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

const notLinked = (on: string, province: string): Finding =>
  finding('PRV-11', {
    code: 'NOT_GUARDIAN_OF_STUDENT',
    outcome: 'REJECT',
    message: '该登录账号没有与这名学生关联。',
    messageEn: 'This login is not tied to this pupil.',
    path: ['input', 'subject'],
    remedy: '请核对登录账号；如已解除，无须再次办理。',
    on,
    place: { province },
  });
