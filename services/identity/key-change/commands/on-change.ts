import { z } from 'zod';
import type { KeyProofKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeDocumentSupply, judgeKeyChange } from '#libs/law/identity/key-change.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { type Command, once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { withinOrder } from '#libs/platform/permissions/own-order.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type ChangeKey, readChangeId } from '../change-id.ts';
import { type ChangeRecord, lockChange } from '../change-rows.ts';
import { papersOfChanges } from '../papers.ts';
import { lockPersonState, type PersonState, type Situation, situationOf } from '../situation.ts';
import { openProposal, type Proposal, valuesNow } from '../values.ts';
import { keyedRequest } from './request-change.ts';

/** What every order about a change names. */
export const Order = z.object({
  idempotencyKey: z.string().min(1).max(100),
  change: z.string().max(100),
  expectedVersion: z.int(),
});
type Order = z.infer<typeof Order>;

export type Moved = { change: ChangeKey | null; findings: Finding[] };

/** A change with its lock and everything around it. */
export type Work = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  record: ChangeRecord;
  person: PersonState;
  situation: Situation;
  /** As it was asked for, with the values that it comes to now. */
  proposal: Proposal;
  /** Kinds of the papers that it has. */
  proofs: readonly KeyProofKind[];
};

/** Throws OUT_OF_JURISDICTION for what the caller's scope does not cover, VERSION_CONFLICT for an older version. */
export const loadWork = async (
  core: ServiceCore,
  tx: Tx,
  caller: Actor,
  { change, expectedVersion }: Order,
): Promise<Work> => {
  const key = readChangeId(change);
  const record = await lockChange(tx, key.person, key.id);
  const person = record && (await lockPersonState(tx, core.sealing, key.person));
  if (record === undefined || person === undefined) throw outOfJurisdiction();
  if (record.version !== expectedVersion) throw versionConflict(record.version);
  const papers = await papersOfChanges(tx, [record.id]);
  const asked = openProposal(core.sealing, record.id, record.sealed);
  return {
    core,
    tx,
    caller,
    record,
    person,
    situation: await situationOf(core, record.school),
    proposal: { before: asked.before, after: valuesNow(person.values, asked) },
    proofs: papers.map(({ kind }) => kind),
  };
};

/** Runs one action on a change once for each key. */
export const onChange = async (
  { core, caller, operation }: Command,
  order: Order,
  act: (work: Work) => Promise<Finding[]>,
): Promise<Moved> => {
  const { idempotencyKey, ...request } = order;
  const asked = {
    operation,
    caller: caller.subject,
    key: idempotencyKey,
    request: keyedRequest(core, request),
    at: core.clock.now(),
  };
  const scope = await core.directory.scopeOf(caller);
  const { person } = readChangeId(order.change);
  const moved = await withinOrder(core, caller, scope, person, (tx) =>
    once<Moved>(tx, asked, async () => {
      const work = await loadWork(core, tx, caller, order);
      const findings = await act(work);
      const isRefused = findings.some(({ outcome }) => outcome === 'REJECT');
      const { id } = work.record;
      return { change: isRefused ? null : { person, id }, findings };
    }),
  );
  core.wakeRelay();
  return moved;
};

/** The request judged as things stand now, under the rules that it began with. */
export const judgeAgain = (
  { record, person, situation }: Work,
  after: Proposal['after'],
  proofs: readonly KeyProofKind[],
): Finding[] => {
  const judge = record.kind === 'CHANGE' ? judgeKeyChange : judgeDocumentSupply;
  return judge(
    {
      person: { kind: person.kind, isRegistered: person.isRegistered, isChanging: false },
      before: person.values,
      after,
      proofs,
    },
    record.policyOn,
    situation.lawPlace,
  );
};
