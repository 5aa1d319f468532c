import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { addDays } from '#libs/law/dates.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { badInput, notFound, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { runOnce } from '../../commands/run-command.ts';
import { recordChange } from '../../store/change-record.ts';
import { lockSchool, saveSchools } from '../../store/schools.ts';
import { treeAround } from '../../store/units.ts';
import { type Merger, mergersById, revokeRow } from '../merger-rows.ts';
import type { MergerOutcome } from './merge-schools.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  merger: Uuid,
  reason: z.string().trim().min(1).max(500),
});

/**
 * Until the end of the day before the eve a merger is only a decision: every service hears that it was taken back before
 * the first pupil could move.
 */
const requireInTime = ({ doneAt, revocation, from }: Merger, today: string): void => {
  const isEnded = doneAt !== null || revocation !== null;
  if (!isEnded && addDays(today, 1) < from) return;
  throw badInput([
    {
      path: ['merger'],
      code: isEnded ? 'MERGER_ENDED' : 'MERGER_BEGUN',
      message: isEnded
        ? '该合并已完成或已撤销。 This merger is done, or was taken back already.'
        : '生效日前一天起不能撤销，学籍即将或已经转接。 Too late: from the day before it takes effect a merger stands.',
    },
  ]);
};

/** The schools that were to end go on by themselves. */
const goOn = async (tx: Tx, merger: Merger, caller: Actor, at: string, reason: string): Promise<void> => {
  const found = [];
  for (const code of merger.parts.map(({ school }) => school).sort()) {
    const locked = await lockSchool(tx, code);
    if (locked === undefined) throw new Error('A school of a merger is not there');
    found.push(locked);
  }
  const tree = await treeAround(tx, [
    ...new Set(found.flatMap(({ school: { unit, authority } }) => [unit, authority])),
  ]);
  const writes = found.map(({ school, version }) => ({
    school: { ...school, succession: null },
    version: version + 1,
  }));
  await saveSchools(tx, tree, writes, at);
  for (const { school, version } of writes) {
    const aggregate = `school:${school.code}`;
    await recordChange(tx, { aggregate, version, action: 'REVOKE_MERGER', reason, caller, at });
  }
};

/**
 * The authority that decided on a merger takes it back, with a reason, until the second day before it takes effect
 * (ORG-11): nobody has moved, nobody moves. Throws OUT_OF_JURISDICTION for every other unit, BAD_USER_INPUT
 * (MERGER_BEGUN, MERGER_ENDED) where it is too late.
 */
export const revokeMerger = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<MergerOutcome> => {
  const caller = authorize(actor, 'school.change');
  const wanted = parseInput(Input, input);
  return runOnce(
    { core, caller, operation: 'revokeMerger' },
    wanted,
    async (tx, at): Promise<MergerOutcome> => {
      const [merger] = await mergersById(tx, [wanted.merger]);
      if (merger === undefined) throw notFound('merger');
      if (merger.authority !== caller.unit) throw outOfJurisdiction();
      requireInTime(merger, core.clock.today());
      const { reason } = wanted;
      if (await revokeRow(tx, merger, { at, by: caller.subject, reason }))
        await goOn(tx, merger, caller, at, reason);
      return { merger: merger.id, findings: [] };
    },
  );
};
