import { claimPersons } from '#libs/contracts/commands/claim-persons.ts';
import { findForTransfer } from '#libs/contracts/commands/find-for-transfer.ts';
import { findPersons } from '#libs/contracts/commands/find-persons.ts';
import { heldPersonsOf } from '#libs/contracts/commands/held-persons.ts';
import { searchPersons } from '#libs/contracts/commands/search-persons.ts';
import { tellApplicant } from '#libs/contracts/commands/tell-applicant.ts';
import { tellHolders } from '#libs/contracts/commands/tell-holders.ts';
import { verifyEnquirer } from '#libs/contracts/commands/verify-enquirer.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { grantProjection } from '#libs/platform/disclosure/grants.ts';
import { unavailable } from '#libs/platform/errors/errors.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { identityClocks } from './clocks.ts';
import { handleClaimPersons } from './commands/claim-persons.ts';
import { handleFindForTransfer } from './commands/find-for-transfer.ts';
import { handleFindPersons } from './commands/find-persons.ts';
import { handleSearchPersons } from './commands/search-persons.ts';
import { handleTellApplicant } from './commands/tell-applicant.ts';
import { handleTellHolders } from './commands/tell-holders.ts';
import { handleVerifyEnquirer } from './commands/verify-enquirer.ts';
import type { Context } from './context.ts';
import { disclosed } from './disclosed.ts';
import { identityEntities } from './entities.ts';
import { answersPaperAccess } from './key-change/answer-paper-access.ts';
import { createChangeReads } from './key-change/change-reads.ts';
import { startCheckWorker } from './key-change/checking/check-worker.ts';
import { identitySteps } from './migrations/steps.ts';
import { startIssueWorker } from './number/issue-run.ts';
import { termFaults } from './problems/follow-term-checks.ts';
import { schoolingProjection } from './problems/schooling.ts';
import { startProblemWorker } from './problems/scope-worker.ts';
import { createPeople } from './queries.ts';
import { heldNumbers } from './recount/held-numbers.ts';
import { startRecountWorker } from './recount/recount-worker.ts';
import { httpPopulationRegister, type PopulationRegister } from './register/population-register.ts';
import { registrationOutcomes } from './registration-outcomes.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';

const noRegister: PopulationRegister = {
  compare: async () => {
    throw unavailable('population register');
  },
};

/** identity: the person, its documents, its numbers and what was checked about them. */
export const identityService: ServiceDefinition<Context> = {
  name: 'identity',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: identityEntities,
  schemaSteps: identitySteps,
  sealed: sealedColumns,
  start: async (core) => {
    const url = core.config.POPULATION_REGISTER_URL;
    const register = url === undefined ? noRegister : httpPopulationRegister(url);
    return {
      resolvers: createResolvers(core),
      contextOf: (base) => ({
        ...base,
        people: createPeople(base.read),
        changes: createChangeReads(base.read, core.sealing),
      }),
      clocks: identityClocks,
      projections: [registrationOutcomes, schoolingProjection(core), termFaults(core), grantProjection],
      disclosed,
      loops: [
        startIssueWorker(core, register),
        startCheckWorker(core, register),
        startProblemWorker(core),
        startRecountWorker(core),
      ],
      stops: [
        await answersPaperAccess(core),
        await answerTo(core.bus, claimPersons, async ({ claims }) => ({
          results: await handleClaimPersons(core, claims),
        })),
        await answerTo(core.bus, heldPersonsOf('identity'), (asked) => heldNumbers(core, asked)),
        await answerTo(core.bus, findPersons, async (question) => ({
          persons: await handleFindPersons(core, question),
        })),
        await answerTo(core.bus, findForTransfer, async (question) => ({
          found: await handleFindForTransfer(core, question),
        })),
        await answerTo(core.bus, tellApplicant, async (question) => ({
          sealed: await handleTellApplicant(core, question),
        })),
        await answerTo(core.bus, tellHolders, async (question) => ({
          sealed: await handleTellHolders(core, question),
        })),
        await answerTo(core.bus, verifyEnquirer, (question) => handleVerifyEnquirer(core, question)),
        await answerTo(core.bus, searchPersons, async ({ claims }) => ({
          results: await handleSearchPersons(core, claims),
        })),
      ],
    };
  },
};
