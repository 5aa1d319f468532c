import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { until } from '#libs/platform/service/loop.ts';
import { createSigning } from '#libs/platform/signing/signing.ts';
import { createCertificateReads } from './certificates/certificate-reads.ts';
import { certificateClocks } from './clocks.ts';
import type { Context } from './context.ts';
import { formRoute } from './electronic/form-route.ts';
import { publishedRoute } from './electronic/published-route.ts';
import { startSigner } from './electronic/sign-issued.ts';
import { followsRegistrations } from './following/follow-registrations.ts';
import { followsCustodians, followsSchools } from './following/follow-schools.ts';
import { startIssueWorker } from './issue/issue-worker.ts';
import { answersProofAccess } from './lost/proof-files.ts';
import { certificateSteps } from './migrations/steps.ts';
import { recordLateNext } from './outcomes/late-reviews.ts';
import { paperRoute } from './print/paper-route.ts';
import { createPrintReads } from './print/print-view.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';
import { answersOutcomes } from './standing/answer-outcomes.ts';
import { createWorkReads } from './work-reads.ts';

/** certificate: how studies ended, and the papers that prove it. */
export const certificateService: ServiceDefinition<Context> = {
  name: 'certificate',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: certificateSteps,
  sealed: sealedColumns,
  reading: 'certificate.read',
  start: async (core) => {
    const signing = core.config.SIGNING_KEYS && createSigning(core.config.SIGNING_KEYS);
    return {
      resolvers: createResolvers(core, signing),
      contextOf: (base) => ({
        ...base,
        certificates: createCertificateReads(base.read),
        work: createWorkReads(base.read),
        prints: createPrintReads(base.read),
      }),
      clocks: certificateClocks,
      projections: [followsRegistrations(core), followsSchools(core), followsCustodians(core)],
      stops: [await answersOutcomes(core), await answersProofAccess(core)],
      routes: [
        publishedRoute(core, signing),
        paperRoute(core),
        formRoute(core, 'form'),
        formRoute(core, 'formPage'),
      ],
      loops: [
        ...(signing === undefined ? [] : [startSigner(core, signing)]),
        startIssueWorker(core),
        until({ name: 'certificate clocks', log: core.log, idle: 1_000, step: () => recordLateNext(core) }),
      ],
    };
  },
};
