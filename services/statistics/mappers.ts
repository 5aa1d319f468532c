import type { Finding } from '#libs/law/finding.ts';
import type { Alert } from './alerts/alert-rows.ts';
import type { StatisticsTable, TableRow } from './table/table.ts';
import type { TermCheck } from './term/term.ts';
import type { TermCheckReport, UnitTermFigures } from './term/term-check-report.ts';
import type { KindFigures, LevelFigures } from './tickets/figures.ts';
import type { TicketStatistics, UnitTickets } from './tickets/ticket-statistics.ts';
import type { ShownFigures, ShownStep, ShownUntold, TimelinessReport } from './timeliness/report.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StatisticsTableMapper = StatisticsTable;
export type StatisticsRowMapper = TableRow;
export type FindingMapper = Finding;
export type SecurityAlertMapper = Alert;
export type TimelinessReportMapper = TimelinessReport;
export type TimelinessFiguresMapper = ShownFigures;
export type OverdueStepMapper = ShownStep;
export type UntoldUnitMapper = ShownUntold;
export type TicketStatisticsMapper = TicketStatistics;
export type TicketFiguresMapper = UnitTickets;
export type TicketLevelFiguresMapper = LevelFigures;
export type TicketKindFiguresMapper = KindFigures;
export type TermCheckMapper = TermCheck;
export type TermCheckReportMapper = TermCheckReport;
export type TermCheckFiguresMapper = UnitTermFigures;
