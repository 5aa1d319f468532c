import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { compareRows } from '../table/group.ts';
import { labelled, type StatisticsTable } from '../table/table.ts';
import type { Job } from './job-rows.ts';
import { cancelStatistics, jobFor, requestJob } from './request-job.ts';

/** The table that a job came to, once it is done. */
export const resultOf = async (
  core: Pick<ServiceCore, 'directory'>,
  job: Job,
): Promise<StatisticsTable | null> => {
  if (job.state !== 'DONE' || job.asOf === null) return null;
  const rows = job.groups.map(([values, n]) => ({ values, n })).sort(compareRows(job.by));
  return {
    ...{ scope: job.scope, asOf: job.asOf, dimensions: job.by, suppressed: false, findings: [] },
    total: rows.reduce((sum, { n }) => sum + n, 0),
    rows: await labelled(
      core.directory,
      rows.map(({ values, n }) => ({
        keys: job.by.map((dimension, at) => [dimension, values[at] ?? ''] as const),
        count: n,
      })),
    ),
  };
};

/** Long questions, and what came of them. */
export const createJobResolvers = (core: ServiceCore) =>
  ({
    Query: { statisticsJob: (_, { id }, { actor }) => jobFor(core, actor, id) },
    Mutation: {
      requestStatistics: (_, { input }, { actor }) => requestJob(core, actor, input),
      cancelStatistics: (_, { input }, { actor }) => cancelStatistics(core, actor, input),
    },
    StatisticsJobPayload: {
      job: ({ job }, _, { actor }) => (job === null ? null : jobFor(core, actor, job)),
    },
    StatisticsJob: {
      progress: ({ state, counted, total }) =>
        state === 'DONE' ? 1 : total === 0 ? 0 : Math.min(counted / total, 0.99),
      result: (job) => resultOf(core, job),
      allowedActions: ({ state }, _, { actor }) =>
        actor !== null && isGranted(actor, 'statistics.read') && (state === 'WAITING' || state === 'RUNNING')
          ? ['CANCEL']
          : [],
    },
  }) satisfies Resolvers;
