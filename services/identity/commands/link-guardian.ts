import { z } from 'zod';
import { GuardianLinked } from '#libs/contracts/events/identity.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
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

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  student: Uuid,
  subject: z.string().min(1).max(200),
  position: z.int().min(1).max(2),
  basis: z.enum(['HOUSEHOLD_REGISTER', 'BIRTH_CERTIFICATE', 'COURT_ORDER', 'COLLECTION_FORM']),
});

type Outcome = { student: string | null; findings: Finding[] };

/** The school ties a guardian's login to a child, on proof; only a legal guardian of the form (PRV-11). */
export const linkGuardian = async (
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
      { operation: 'linkGuardian', caller: caller.subject, key: wanted.idempotencyKey, request: wanted, at },
      async () => {
        const [person] = await query<{ place: string; province: string; version: number }>(
          tx,
          'select place, province, version from person where person_id = $1 for update',
          [wanted.student],
        );
        if (person === undefined) throw outOfJurisdiction();
        const [guardian] = await query<{ is_legal: boolean }>(
          tx,
          'select is_legal from guardian where person_id = $1 and position = $2',
          [wanted.student, wanted.position],
        );
        if (guardian?.is_legal !== true) {
          return { student: null, findings: [notGuardian(core.clock.today(), person.province)] };
        }
        if (await isTied(tx, wanted)) return { student: wanted.student, findings: [] };
        await execute(
          tx,
          `insert into guardian_link (person_id, subject, place, position, basis, since, linked_by)
         values ($1, $2, $3, $4, $5, $6, $7)`,
          [wanted.student, wanted.subject, person.place, wanted.position, wanted.basis, at, caller.subject],
        );
        await execute(tx, 'update person set version = version + 1 where person_id = $1', [wanted.student]);
        await recordEvents(tx, at, [
          recorded(GuardianLinked, wanted.student, person.version + 1, {
            person: wanted.student,
            province: person.province,
            place: Number(person.place),
            subject: wanted.subject,
            from: at,
          }),
        ]);
        return { student: wanted.student, findings: [] };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

/** A login that stands for this guardian already is not tied once more. */
const isTied = async (tx: Tx, { student, subject, position }: z.infer<typeof Input>): Promise<boolean> => {
  const tied = await query(
    tx,
    'select from guardian_link where person_id = $1 and subject = $2 and position = $3 and until is null',
    [student, subject, position],
  );
  return tied.length > 0;
};

const notGuardian = (on: string, province: string): Finding =>
  finding('PRV-11', {
    code: 'NOT_GUARDIAN_OF_STUDENT',
    outcome: 'REJECT',
    message: '采集表上此人不是该学生的监护人，不能关联登录账号。',
    messageEn: 'The collection form does not name this person as a guardian.',
    path: ['input', 'position'],
    remedy: '请核对采集表第20、29项“是否监护人”，并查验证明材料。',
    on,
    place: { province },
  });
