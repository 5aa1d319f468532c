import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { listPublished, publishedStatistics, publishedTable } from './published-tables.ts';
import { PUBLISHED_TABLES } from './tables.ts';

/** What everybody may ask. */
export const createPublicationResolvers = (core: ServiceCore) =>
  ({
    Query: {
      publishedStatistics: () => publishedStatistics(core),
      publishedTables: (_, page) => listPublished(core, page),
      publishedTable: (_, asked) => publishedTable(core, asked),
    },
    PublishedMonth: { tables: () => [...PUBLISHED_TABLES] },
  }) satisfies Resolvers;
