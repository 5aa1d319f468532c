import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { ProblemCourse, ProblemHand } from '#libs/law/identity/problem-course.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type HeldPerson, holdPerson } from '../person/held-person.ts';
import { type OwnKey, readOwnId } from '../person/own-id.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { courseOf, schoolOf } from './above-both.ts';
import { type HeldProblem, problemsWhere } from './problem-rows.ts';
import { problemScope } from './problem-scope.ts';

/** The record that an order led to, and what the law says; null where it was refused. */
export type Moved = { problem: OwnKey | null; findings: Finding[] };

export type Order = { idempotencyKey: string; problem: string; expectedVersion: number };

/** A record with its lock, the child with its own, and what stands around them. */
export type Work = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  scope: Scope;
  held: HeldPerson;
  record: HeldProblem;
  course: ProblemCourse;
  hand: ProblemHand;
  lawPlace: LawPlace;
  now: string;
  today: string;
};

/** The hand of a caller: whom it acts for, and whether it decides there. */
export const handOf = (caller: Actor): ProblemHand => ({
  subject: caller.subject,
  unit: unitOf(caller),
  decides: isGranted(caller, 'problem.resolve') || isGranted(caller, 'problem.merge'),
});

export const isRefused = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT');

/** A record that the caller's scope covers, in the version that was seen; throws otherwise. */
export const workOn = async (core: ServiceCore, tx: Tx, caller: Actor, order: Order): Promise<Work> => {
  const key = readOwnId(order.problem);
  const scope = await problemScope(core, caller, key);
  const held = await holdPerson(tx, core.sealing, scope, key.person);
  const [record] = held
    ? await problemsWhere(tx, 'person_id = $1 and problem_id = $2 for update', [key.person, key.id])
    : [];
  if (held === undefined || record === undefined) throw outOfJurisdiction();
  if (record.version !== order.expectedVersion) throw versionConflict(record.version);
  const school = await core.directory.school(held.school);
  const otherSchool = record.other === null ? undefined : await schoolOf(tx, record.other);
  return {
    ...{ core, tx, caller, scope, held, record, now: core.clock.now(), today: core.clock.today() },
    course: await courseOf(core, record, held.school, otherSchool),
    hand: handOf(caller),
    lawPlace: lawPlaceAt(school, held.province),
  };
};

/** Runs one act on a record that the caller's scope covers, once for each key. */
export const onProblem = async (
  { core, caller, operation }: Command,
  order: Order,
  act: (work: Work) => Promise<Finding[]>,
): Promise<Moved> => {
  const at = core.clock.now();
  const request = core.sealing.hash('order', JSON.stringify(order)).toString('hex');
  const moved = await asWorker(core.worker, (tx) =>
    once<Moved>(
      tx,
      { operation, caller: caller.subject, key: order.idempotencyKey, request, at },
      async () => {
        const findings = await act(await workOn(core, tx, caller, order));
        return { problem: isRefused(findings) ? null : readOwnId(order.problem), findings };
      },
    ),
  );
  core.wakeRelay();
  return moved;
};
