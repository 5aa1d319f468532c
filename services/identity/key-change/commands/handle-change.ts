import { z } from 'zod';
import type { Finding } from '#libs/law/finding.ts';
import { handOf, obstaclesToHandling } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { saveChange } from '../change-rows.ts';
import { courseOf } from '../course.ts';
import { addPapers, HandedProofs } from '../papers.ts';
import { obstacleFindings, toChecks, withCurrent } from '../turns.ts';
import { KeyInput, sealProposal, valuesAfter } from '../values.ts';
import { judgeAgain, loadWork, type Moved, Order, onChange, type Work } from './on-change.ts';

const Handling = Order.extend({
  opinion: z.string().trim().max(1000).nullish(),
  to: KeyInput.nullish(),
  evidence: HandedProofs.nullish(),
});
type Handling = z.infer<typeof Handling>;

const onlyTheSchool = () =>
  badInput([
    {
      path: ['to'],
      code: 'CORRECTED_BY_SCHOOL_ONLY',
      message: '修改内容由学校更正。 The school alone corrects what is asked for.',
    },
  ]);

/** What the handling comes to: the values as they would be asked for, and what stands against it. */
const rehearse = (work: Work, { to, evidence }: Handling) => {
  const { record, caller, situation, proposal, proofs } = work;
  const obstacles = obstaclesToHandling(courseOf(record), handOf(caller, 'HANDLES'));
  const isSchool = record.steps.at(-1)?.party === 'SCHOOL';
  if (to && !isSchool && obstacles.length === 0) throw onlyTheSchool();
  const after = to ? valuesAfter(proposal.after, to) : proposal.after;
  const all = [...proofs, ...(evidence ?? []).map(({ kind }) => kind)];
  const findings: Finding[] =
    obstacles.length > 0
      ? obstacleFindings(record, obstacles, situation)
      : isSchool
        ? judgeAgain(work, after, all)
        : [];
  return { after, isSchool, findings };
};

/**
 * The registrar of the unit whose turn it is handles it (ACC-18): the school's hands in a draft, or mends what was given
 * back or failed a check; the authority's writes an opinion. Further papers may come along.
 */
export const handleChange = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'key-change.handle');
  const asked = parseInput(Handling, input);
  const handed = asked.evidence ?? [];
  const scope = await core.directory.scopeOf(caller);
  const held = await holdForRequest(
    core,
    { caller, key: asked.idempotencyKey, uploads: handed.map(({ upload }) => upload) },
    (work) => inScope(core.app, scope, work),
    async (tx) => rehearse(await loadWork(core, tx, caller, asked), asked).findings,
  );
  return onChange({ core, caller, operation: 'handleChange' }, asked, async (work) => {
    const { after, isSchool, findings } = rehearse(work, asked);
    if (findings.some(({ outcome }) => outcome === 'REJECT')) return findings;
    const { tx, record, person, situation } = work;
    const { now } = situation;
    const papers = papersOf(held, handed);
    const handled = withCurrent(record, {
      handledBy: caller.subject,
      handledAt: now,
      opinion: asked.opinion ?? null,
    });
    const proposal = { before: person.values, after };
    const sealed = sealProposal(core.sealing, record.id, proposal);
    const mended = { ...handled, state: 'SCHOOL_HANDLED' as const, sealed, findings };
    const bySchool = record.kind === 'CHANGE' ? mended : toChecks(mended, situation);
    await saveChange(
      tx,
      now,
      record,
      isSchool ? bySchool : handled,
      papers.map(({ upload }) => upload),
    );
    await addPapers(tx, record, papers, caller.subject, now);
    return findings;
  });
};
