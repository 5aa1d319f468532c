import type { GraphQLResolverMap } from '@apollo/subgraph';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { accountUse } from './accounts/account-use.ts';
import { createAlertResolvers } from './alerts/alert-resolvers.ts';
import { classSizes } from './classes/class-sizes.ts';
import { conservation } from './conservation/conservation.ts';
import { dropoutStatistics } from './dropout/dropout-statistics.ts';
import { enrollmentStatistics } from './enrollment-statistics.ts';
import { createExportResolvers } from './export/export-resolvers.ts';
import { flowStatistics } from './flows/flow-statistics.ts';
import type { Resolvers } from './generated/types.ts';
import { countIncidents, factsOf } from './incidents/incident-resolvers.ts';
import { createJobResolvers } from './jobs/job-resolvers.ts';
import { monitor } from './monitor/monitor.ts';
import { createPublicationResolvers } from './publication/publication-resolvers.ts';
import { createTermResolvers } from './term/term-resolvers.ts';
import { ticketStatistics } from './tickets/ticket-statistics.ts';
import { accountsByUnit } from './timeliness/account-part.ts';
import { stepsOverdue, timelinessReport, unitsNamed, unitsUntold } from './timeliness/report.ts';

const typed = (core: ServiceCore): Resolvers => {
  const alerts = createAlertResolvers(core);
  const terms = createTermResolvers(core);
  const exports = createExportResolvers(core);
  const jobs = createJobResolvers(core);
  const publication = createPublicationResolvers(core);
  return {
    Query: {
      enrollmentStatistics: (_, asked, { actor }) => enrollmentStatistics(core, actor, asked),
      flowStatistics: (_, asked, { actor }) => flowStatistics(core, actor, asked),
      conservation: (_, asked, { actor }) => conservation(core, actor, asked),
      classSizes: (_, asked, { actor }) => classSizes(core, actor, asked),
      countIncidents: (_, asked, { actor }) => countIncidents(core, actor, asked),
      timelinessReport: (_, asked, { actor }) => timelinessReport(core, actor, asked),
      ticketStatistics: (_, asked, { actor }) => ticketStatistics(core, actor, asked),
      dropoutStatistics: (_, asked, { actor }) => dropoutStatistics(core, actor, asked),
      monitor: (_, asked, { actor }) => monitor(core, actor, asked),
      accountUse: (_, asked, { actor }) => accountUse(core, actor, asked),
      ...alerts.Query,
      ...terms.Query,
      ...publication.Query,
      ...jobs.Query,
    },
    Mutation: { ...alerts.Mutation, ...terms.Mutation, ...jobs.Mutation, ...exports.Mutation },
    SecurityAlert: alerts.SecurityAlert,
    TermCheckReport: terms.TermCheckReport,
    TermCheck: terms.TermCheck,
    DropoutStatistics: {
      schoolYear: ({ term }) => term.schoolYear,
      term: ({ term }) => term.term,
    },
    Monitor: { kept: ({ isKept }) => isKept },
    StatisticsExport: exports.StatisticsExport,
    StatisticsExportPayload: exports.StatisticsExportPayload,
    StatisticsJob: jobs.StatisticsJob,
    StatisticsJobPayload: jobs.StatisticsJobPayload,
    PublishedMonth: publication.PublishedMonth,
    TimelinessReport: {
      month: ({ version }) => version.month,
      issuedAt: ({ version }) => version.issuedAt,
      digest: ({ version }) => version.digest,
      accountsByUnit: (report) => accountsByUnit(core, report),
      namedUnits: (report, page) => unitsNamed(core, report, page),
      unitsWithoutCalendar: (report, page) => unitsUntold(core, report, page),
      overdueSteps: (report, page, { actor }) => stepsOverdue(core, actor, report, page),
    },
    CountIncident: {
      student: ({ person }) => person,
      kept: ({ kept }) => factsOf(kept),
      counted: ({ counted }) => factsOf(counted),
    },
    TimelinessFigures: {
      steps: ({ doneInTime, becameOverdue }) => doneInTime + becameOverdue,
    },
  };
};

export const createResolvers = (core: ServiceCore): GraphQLResolverMap<RequestContext> =>
  typed(core) as unknown as GraphQLResolverMap<RequestContext>;
