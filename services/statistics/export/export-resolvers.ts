import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { exportFor, exportUrl } from './export-route.ts';
import { prepareExport } from './prepare-export.ts';

/** Tables as files. */
export const createExportResolvers = (core: ServiceCore) =>
  ({
    Mutation: { exportStatistics: (_, { input }, { actor }) => prepareExport(core, actor, input) },
    StatisticsExportPayload: {
      export: (answer, _, { actor }) =>
        answer.export === null ? null : exportFor(core, actor, answer.export),
    },
    StatisticsExport: {
      rows: ({ content }) => content.rows.length,
      url: (made) => exportUrl(core, made),
    },
  }) satisfies Resolvers;
