import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { correctionClocks } from './clocks.ts';
import { createClosures } from './closure/closure-resolvers.ts';
import { archivesSettled, startClosureWorker } from './closure/end-closed.ts';
import { createContacts } from './contacts/contact-resolvers.ts';
import type { Context } from './context.ts';
import { startCorrectionWorker } from './correction/correction-worker.ts';
import { settledAlerts } from './correction/settled-alerts.ts';
import { schoolTransfers } from './duty/school-transfers.ts';
import { organizationEntities } from './entities.ts';
import { schoolEnds } from './merger/end-schools.ts';
import { createMergers } from './merger/merger-resolvers.ts';
import { organizationSteps } from './migrations/steps.ts';
import { createRegistry } from './queries.ts';
import { hearAccountUse } from './registrar/account-use.ts';
import { startAccountWorker } from './registrar/account-worker.ts';
import { createPosts, createStaff } from './registrar/registrar-loaders.ts';
import { tellsPrincipals } from './registrar/tell-principals.ts';
import { schoolRegistrations } from './registrations.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';

/** organization: units, schools, calendars, and the law that holds among them. */
export const organizationService: ServiceDefinition<Context> = {
  name: 'organization',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: organizationEntities,
  schemaSteps: organizationSteps,
  sealed: sealedColumns,
  start: async (core) => ({
    resolvers: createResolvers(core),
    contextOf: (base) => ({
      ...base,
      registry: createRegistry(core.app),
      contacts: createContacts(core),
      mergers: createMergers(core),
      closures: createClosures(core),
      posts: createPosts(core),
      staff: createStaff(core, base.actor),
    }),
    clocks: correctionClocks,
    projections: [schoolRegistrations, schoolEnds, schoolTransfers, archivesSettled, settledAlerts],
    loops: [startAccountWorker(core), startCorrectionWorker(core), startClosureWorker(core)],
    stops: [await hearAccountUse(core), await tellsPrincipals(core)],
  }),
};
