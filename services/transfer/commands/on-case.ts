import { z } from 'zod';
import { BirthTold } from '#libs/contracts/commands/find-for-transfer.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { isPrefiled } from '#libs/law/transfer/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScopeOnce, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { withinOrder } from '#libs/platform/permissions/own-order.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { casesById, lockCase } from '../cases/case-rows.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { birthContext } from '../cases/lookup.ts';
import { judgeOver } from '../cases/over.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { type Situation, type Surroundings, situationOf, surroundingsOf } from '../cases/situation.ts';
import type { Known } from '../cases/start-facts.ts';
import { statedOf } from '../cases/stated.ts';
import type { Moved } from './initiate-transfer.ts';

/** What every order about a case names. */
export const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  transfer: z.string().max(100),
  expectedVersion: z.int(),
});
type Order = z.infer<typeof Order>;

/** A case with its lock. */
export type Work = { core: ServiceCore; tx: Tx; caller: Actor; record: CaseRecord };

/** The case as the caller sees it before anything is locked; OUT_OF_JURISDICTION for what the scope does not cover. */
const seenBy = async (core: ServiceCore, scope: Scope, transfer: string): Promise<CaseRecord> => {
  const [seen] = await inScopeOnce(core.app, scope, (tx) => casesById(tx, [transfer]));
  if (seen === undefined) throw outOfJurisdiction();
  return seen;
};

const scopeOf = async ({ core, caller }: Command, { transfer }: Order): Promise<Scope> => {
  if (!isUuid(transfer)) throw outOfJurisdiction();
  return core.directory.scopeOf(caller);
};

type Carried = { scope: Scope; person: string | undefined };

const carryOut = async (
  { core, caller, operation }: Command,
  order: Order,
  { scope, person }: Carried,
  act: (work: Work) => Promise<readonly CaseFinding[]>,
): Promise<Moved> => {
  const { idempotencyKey: key, transfer, expectedVersion } = order;
  const likely: Moved = { transfer, findings: [] };
  const asked = { operation, caller: caller.subject, key, request: order, at: core.clock.now(), likely };
  const moved = await withinOrder(core, caller, scope, person, async (tx) => {
    const answer = await once<Moved>(tx, asked, async () => {
      const record = await lockCase(tx, transfer);
      if (record === undefined) throw outOfJurisdiction();
      if (record.version !== expectedVersion) throw versionConflict(record.version);
      const over = judgeOver(record, core.clock.now());
      if (over.length > 0) return { transfer: null, findings: over };
      const findings = await act({ core, tx, caller, record });
      return { transfer: isRejected(findings) ? null : transfer, findings };
    });
    return withRecord(tx, answer);
  });
  tellChanged(core, transfer);
  return moved;
};

/**
 * Runs one action on a case once for each key. What is asked of other services is asked before, about the case as it is
 * seen then; OUT_OF_JURISDICTION for what the caller's scope does not cover, VERSION_CONFLICT for an older version.
 */
export const onCase = async <Facts>(
  command: Command,
  order: Order,
  prepare: (seen: CaseRecord) => Promise<Facts>,
  act: (work: Work, facts: Facts) => Promise<readonly CaseFinding[]>,
): Promise<Moved> => {
  const scope = await scopeOf(command, order);
  const seen = await seenBy(command.core, scope, order.transfer);
  const facts = await prepare(seen);
  return carryOut(command, order, { scope, person: seen.person }, (work) => act(work, facts));
};

/** As `onCase`, for an action about which nobody else is asked; of a family's order it is asked whose child it is about. */
export const onCaseAlone = async (
  command: Command,
  order: Order,
  act: (work: Work) => Promise<readonly CaseFinding[]>,
): Promise<Moved> => {
  const scope = await scopeOf(command, order);
  const isFamily = command.caller.level === 'NONE';
  const person = isFamily ? (await seenBy(command.core, scope, order.transfer)).person : undefined;
  return carryOut(command, order, { scope, person }, act);
};

/** An answer with the case as it stands at the end of the order. */
export const withRecord = async (tx: Tx, answer: Moved): Promise<Moved> => {
  if (answer.transfer === null) return answer;
  const [record] = await casesById(tx, [answer.transfer]);
  return record === undefined ? answer : { ...answer, record };
};

/** The time and the two schools of a case. */
export const surroundingsOfCase = (core: ServiceCore, record: CaseRecord): Promise<Surroundings> =>
  surroundingsOf(core, { source: record.source.school, target: record.target.school });

/** Everything around a case, asked from its owners now. */
export const situationOfCase = (core: ServiceCore, record: CaseRecord): Promise<Situation> =>
  situationOf(core, {
    person: record.person,
    transfer: record.id,
    application: record.request.application,
    goal: record.target,
    startedAt: record.startedAt,
    handling: record.request.handling,
  });

/** What a case itself tells the law. */
export const knownOf = ({ sealing }: Pick<ServiceCore, 'sealing'>, record: CaseRecord): Known => ({
  request: record.request,
  papers: record.papers,
  ...BirthTold.parse(JSON.parse(sealing.open(Buffer.from(record.sealed), birthContext(record.id)))),
  holdsPlace: record.startedAt !== null,
  prefilingApproved: isPrefiled(record),
  gradeConsent: record.gradeConsent,
  stated: statedOf(record),
});
