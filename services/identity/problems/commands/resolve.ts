import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { obstaclesToAct, problemObstacleFindings } from '#libs/law/identity/problem-course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents } from '#libs/platform/events/outbox.ts';
import { holdForRequest } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { mergeRecords } from '../merge.ts';
import { isRefused, type Moved, onProblem, type Work, workOn } from '../on-problem.ts';
import { saveProblem } from '../problem-rows.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  problem: z.string().max(100),
  expectedVersion: z.int(),
  resolution: z.enum(['DATA_CORRECTED', 'TRANSFERRED', 'ROLLED_BACK', 'RECORD_ENDED', 'MERGED']),
  note: z.string().trim().min(1).max(1000),
  evidence: z.array(Uuid).max(20),
  standing: Uuid.nullish(),
  endsRegistration: z.boolean().nullish(),
});
type Asked = z.infer<typeof Input>;

const evidenceMissing = (on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code: 'PROBLEM_EVIDENCE_MISSING',
    outcome: 'REJECT',
    message: '办结问题学籍须附证明材料。',
    messageEn: 'A record is resolved on evidence.',
    path: ['evidence'],
    remedy: '请上传处理结果的证明材料。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

/** The ministry hands in nothing: it decides on the papers that came with the referral (ID-19). */
const restsOnFile = async ({ tx, caller, record }: Work): Promise<boolean> => {
  if (caller.level !== 'MINISTRY') return false;
  const [paper] = await query(
    tx,
    'select 1 from problem_event where person_id = $1 and problem_id = $2 and cardinality(papers) > 0 limit 1',
    [record.person, record.id],
  );
  return paper !== undefined;
};

const standingProblem = () =>
  badInput([
    {
      path: ['standing'],
      code: 'STANDING_RECORD',
      message:
        '合并时须填写保留的学籍，且须是该问题学籍涉及的两条之一。 A merger names which of the two records stands.',
    },
  ]);

/**
 * Ends a record on evidence of what was done (ID-19): a decision, by another person than the one who worked on it. Two
 * records of one child become one by the authority that covers both.
 */
export const resolveProblemRecord = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const asked = parseInput(Input, input);
  const caller = authorize(actor, asked.resolution === 'MERGED' ? 'problem.merge' : 'problem.resolve');
  const check = async (work: Work): Promise<Finding[]> => [
    ...problemObstacleFindings(
      obstaclesToAct(work.course, 'RESOLVE', work.hand, asked.note),
      work.today,
      work.lawPlace,
    ),
    ...(asked.evidence.length > 0 || (await restsOnFile(work))
      ? []
      : [evidenceMissing(work.today, work.lawPlace)]),
  ];
  await holdForRequest(
    core,
    { caller, key: asked.idempotencyKey, uploads: asked.evidence },
    (work) => asWorker(core.worker, work),
    async (tx) => check(await workOn(core, tx, caller, asked)),
  );
  return onProblem({ core, caller, operation: 'resolveProblemRecord' }, asked, async (work) => {
    const findings = await check(work);
    return isRefused(findings) ? findings : resolveNow(work, asked);
  });
};

const resolveNow = async (work: Work, asked: Asked): Promise<Finding[]> => {
  const { core, tx, caller, record, hand, now } = work;
  const refused = asked.resolution === 'MERGED' ? await merge(work, asked) : [];
  if (refused.length > 0) return refused;
  const after = {
    ...record,
    state: 'RESOLVED' as const,
    resolution: asked.resolution,
    version: record.version + 1,
    lastActor: caller.subject,
  };
  const event = await saveProblem(tx, core.sealing, after, {
    ...{ act: 'RESOLVE', unit: hand.unit, by: caller.subject, at: now, note: asked.note },
    papers: asked.evidence,
  });
  await recordEvents(tx, now, [event]);
  return [];
};

const merge = (work: Work, { standing, endsRegistration }: Asked): Promise<Finding[]> => {
  const { record } = work;
  const pair = [record.person, record.other];
  if (record.kind !== 'DUPLICATE' || record.other === null || !standing || !pair.includes(standing))
    throw standingProblem();
  const fell = standing === record.person ? record.other : record.person;
  return mergeRecords(work, { standing, fell, endsRegistration: endsRegistration ?? false });
};
