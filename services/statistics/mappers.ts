import type { Finding } from '#libs/law/finding.ts';
import type { StatisticsTable, TableRow } from './table/table.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StatisticsTableMapper = StatisticsTable;
export type StatisticsRowMapper = TableRow;
export type FindingMapper = Finding;
