import type { GraphQLResolverMap } from '@apollo/subgraph';
import { heldPersonsOf } from '#libs/contracts/commands/held-persons.ts';
import { holdEvidence } from '#libs/contracts/commands/hold-evidence.ts';
import { pupilsOfTeacher } from '#libs/contracts/commands/pupils-of-teacher.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { grantProjection } from '#libs/platform/disclosure/grants.ts';
import { startFileChecker } from '#libs/platform/files/check-files.ts';
import { createFiles, fileMeasures, needsStorage } from '#libs/platform/files/files.ts';
import { startStorageWalker, startUploadSweeper } from '#libs/platform/files/sweep.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { createCaseResolvers } from './cases/case-resolvers.ts';
import { createCaseViews } from './cases/case-view.ts';
import { pupilsLedBy } from './class-teachers.ts';
import { enrollmentClocks } from './clocks.ts';
import type { Context } from './context.ts';
import { disclosed } from './disclosed.ts';
import { createLedgerResolvers } from './dropout/ledger-resolvers.ts';
import { startDropoutWorker } from './dropout/worker.ts';
import { createViews } from './enrollment-view.ts';
import { enrollmentEntities } from './entities.ts';
import { createEntryResolvers } from './entry/entry-resolvers.ts';
import { startEntryWorker } from './entry/worker.ts';
import { handleHoldEvidence } from './evidence/hold-evidence.ts';
import { takenPapers } from './evidence/taken-papers.ts';
import { createFileMutations, createFileRoutes } from './file-resolvers.ts';
import { createImportViews } from './import-view.ts';
import { startImportWorker } from './jobs/import-worker.ts';
import { createMarkResolvers } from './marks/mark-resolvers.ts';
import { createMarkViews } from './marks/mark-view.ts';
import { createMeasures } from './measures.ts';
import { enrollmentSteps } from './migrations/steps.ts';
import { createMutations } from './mutation-resolvers.ts';
import { createNoticeResolvers } from './notices/notice-resolvers.ts';
import { createCityResolvers } from './overseas/city-resolvers.ts';
import { createRegistrations } from './queries.ts';
import { createQueries } from './query-resolvers.ts';
import { heldRegistrations } from './recount/held-persons.ts';
import { startRecountWorker } from './recount/recount-worker.ts';
import { changedMarks } from './registration/changed-marks.ts';
import { endedDuplicates } from './registration/ended-duplicates.ts';
import { startIntakeSweeper } from './registration/register.ts';
import { sealedColumns } from './sealed-columns.ts';
import { startSuccessionWorker } from './succession/worker.ts';
import { agreedLeavings } from './transfer/agreed-leavings.ts';
import { answerTransfers } from './transfer/answers.ts';
import { createYearlyResolvers } from './yearly/yearly-resolvers.ts';

/** enrollment: who studies where, in which state, from registration on. */
export const enrollmentService: ServiceDefinition<Context> = {
  name: 'enrollment',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: enrollmentEntities,
  schemaSteps: enrollmentSteps,
  sealed: sealedColumns,
  start: async (core) => {
    const files = createFiles(core);
    const cases = createCaseResolvers(core);
    const yearly = createYearlyResolvers(core);
    const views = createViews(core);
    const marks = createMarkViews(core);
    const notices = createNoticeResolvers(core);
    const ledger = createLedgerResolvers(core);
    const entry = createEntryResolvers(core);
    const city = createCityResolvers(core);
    return {
      resolvers: {
        Query: {
          ...createQueries(core),
          ...cases.Query,
          ...yearly.Query,
          ...notices.Query,
          ...ledger.Query,
          ...entry.Query,
          ...city.Query,
        },
        Mutation: {
          ...createMutations(core),
          ...createFileMutations(core, files),
          ...cases.Mutation,
          ...yearly.Mutation,
          ...createMarkResolvers(core),
          ...ledger.Mutation,
          ...entry.Mutation,
          ...city.Mutation,
        },
        ...views,
        Enrollment: { ...views.Enrollment, ...marks.Enrollment },
        GuardianContact: marks.GuardianContact,
        OfficialNotice: notices.OfficialNotice,
        DropoutEntry: ledger.DropoutEntry,
        DropoutAction: ledger.DropoutAction,
        ...createImportViews(core, files),
        ...createCaseViews(core),
        Admission: { ...yearly.Admission, ...entry.Admission },
        CityMatter: city.CityMatter,
        EntryPlace: entry.EntryPlace,
        EntryDeferral: entry.EntryDeferral,
        GraduationResult: yearly.GraduationResult,
      } as unknown as GraphQLResolverMap<Context>,
      contextOf: (base) => ({
        ...base,
        registrations: createRegistrations(core, base),
      }),
      clocks: enrollmentClocks,
      projections: [takenPapers, changedMarks, endedDuplicates, agreedLeavings, grantProjection],
      disclosed,
      measures: [...createMeasures(core.clock.now), ...fileMeasures(core.clock.now)],
      loops: [
        startIntakeSweeper(core),
        startImportWorker(core, files),
        startUploadSweeper(files),
        startStorageWalker(files),
        startFileChecker(files),
        startDropoutWorker(core),
        startEntryWorker(core),
        startRecountWorker(core),
        startSuccessionWorker(core),
      ],
      routes: createFileRoutes(files, core.bus),
      needs: [needsStorage(files)],
      files,
      stops: [
        ...(await answerTransfers(core)),
        await answerTo(core.bus, pupilsOfTeacher, async (teacher) => ({
          persons: await pupilsLedBy(core, teacher),
        })),
        await answerTo(core.bus, heldPersonsOf('enrollment'), (asked) => heldRegistrations(core, asked)),
        await answerTo(core.bus, holdEvidence, async (wanted) => ({
          papers: await handleHoldEvidence(core, wanted),
        })),
      ],
    };
  },
};
