import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgePurpose } from '#libs/law/privacy/access.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { AppError, badInput, outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { MINISTRY } from '../enrollment-statistics.ts';
import { coveredScope } from '../table/covered-scope.ts';
import { cancelJob, insertJob, type Job, jobById, openJobsOf } from './job-rows.ts';
import { type AskedLong, readLongQuestion } from './long-question.ts';

/** Jobs that a unit may have under way. */
const MOST_AT_ONCE = 2;

/** Why somebody wants to know, in which no number of a person stands. */
export const Purpose = z
  .string()
  .trim()
  .max(500)
  .refine((words) => !/\p{Nd}{11}/u.test(words), {
    message: '请勿填写证件号、学籍号等号码。 Leave numbers of persons out.',
  });

const Requesting = z.object({ idempotencyKey: z.string().min(1).max(100), purpose: Purpose.nullish() });
const Cancelling = z.object({
  idempotencyKey: z.string().min(1).max(100),
  job: Uuid,
  expectedVersion: z.int().min(1),
});

/** The job, by its id; null where the law lets none begin. */
export type JobAnswer = { job: string | null; findings: Finding[] };

const tooMany = (): AppError =>
  new AppError(
    'RATE_LIMITED',
    `本单位已有${MOST_AT_ONCE}项统计任务在办，请等待完成或先取消。 Your unit has ${MOST_AT_ONCE} jobs under way.`,
  );

/**
 * Asks a question for which no table is kept, of the own unit and those below: it is answered by counting pupils one by one,
 * with a purpose and on record (PRV-12, PRV-13). Throws BAD_USER_INPUT, OUT_OF_JURISDICTION, RATE_LIMITED.
 */
export const requestJob = async (
  core: ServiceCore,
  caller: Actor | null,
  input: AskedLong,
): Promise<JobAnswer> => {
  const actor = authorize(caller, 'statistics.read');
  const { idempotencyKey: key, purpose } = parseInput(Requesting, input);
  const question = readLongQuestion(input);
  const { scope, range, own } = await coveredScope(core, actor, question.scope);
  const workplace = await core.directory.workplaceOf(actor);
  if (workplace === undefined) throw outOfJurisdiction();
  const facts = { students: Number.POSITIVE_INFINITY, purpose };
  const findings = judgePurpose(facts, core.clock.today(), { province: MINISTRY });
  if (findings.length > 0) return { job: null, findings };
  const at = core.clock.now();
  const request = { ...question, purpose };
  const answer = await asWorker(core.worker, (tx) =>
    once<JobAnswer>(
      tx,
      { operation: 'requestStatistics', caller: actor.subject, key, request, at },
      async () => {
        if ((await openJobsOf(tx, workplace.code)) >= MOST_AT_ONCE) throw tooMany();
        const id = uuidv7();
        await insertJob(tx, {
          ...{ id, unit: workplace.code, place: own.lo, scope, lo: range.lo, hi: range.hi },
          ...{ by: question.by, filter: question.filter, purpose: purpose ?? '' },
          ...{ requestedBy: actor.subject, requestedAt: at },
        });
        return { job: id, findings: [] };
      },
    ),
  );
  await keepNote(
    core.app,
    {
      ...{ caller: actor.subject, unit: workplace.code, operation: `requestStatistics ${answer.job}` },
      ...{ purpose: 'STATISTICS', full: false },
    },
    at,
  );
  return answer;
};

/** A job of the own unit or one below; nobody else learns whether there is one (PRV-12). */
export const jobFor = async (core: ServiceCore, caller: Actor | null, id: string): Promise<Job> => {
  const own = await core.directory.workplaceOf(authorize(caller, 'statistics.read'));
  if (own === undefined || !Uuid.safeParse(id).success) throw outOfJurisdiction();
  const job = await inScope(core.app, { lo: own.lo, hi: own.hi, persons: [] }, (tx) => jobById(tx, id));
  if (job === undefined || job.lo < own.lo || job.hi > own.hi) throw outOfJurisdiction();
  return job;
};

/** Ends a job before its time. Throws VERSION_CONFLICT, and BAD_USER_INPUT for one that has ended. */
export const cancelStatistics = async (
  core: ServiceCore,
  caller: Actor | null,
  input: unknown,
): Promise<JobAnswer> => {
  const actor = authorize(caller, 'statistics.read');
  const { idempotencyKey: key, ...request } = parseInput(Cancelling, input);
  const { id } = await jobFor(core, caller, request.job);
  const at = core.clock.now();
  return asWorker(core.worker, (tx) =>
    once<JobAnswer>(
      tx,
      { operation: 'cancelStatistics', caller: actor.subject, key, request, at },
      async () => {
        if ((await cancelJob(tx, id, request.expectedVersion, at)) === 1) return { job: id, findings: [] };
        const job = await jobById(tx, id);
        if (job !== undefined && job.version !== request.expectedVersion) throw versionConflict(job.version);
        throw badInput([
          { path: ['job'], code: 'WRONG_STATE', message: '该任务已结束。 The job is at its end.' },
        ]);
      },
    ),
  );
};
