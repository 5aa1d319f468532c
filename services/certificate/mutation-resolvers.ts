import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { continueIssue, decideIssue, type OrderDone, pauseIssue, prepareIssue } from './issue/order-issue.ts';
import { draftStatement } from './lost/draft-statement.ts';
import type { CertificateDone } from './lost/on-certificate.ts';
import { replaceLost } from './lost/replace-lost.ts';
import { sealStatement } from './lost/seal-statement.ts';
import type { BatchDone } from './outcomes/on-batch.ts';
import { decideOutcomes, handleOutcomes } from './outcomes/review-outcomes.ts';
import { takeBackOutcomes } from './outcomes/take-back.ts';
import { uploadOutcomes } from './outcomes/upload-outcomes.ts';
import { createPrintMutation } from './print/print-view.ts';
import { revokeCertificate } from './revocation/revoke-certificate.ts';

/** Mutations of certificates: run the command, load what it changed. */
export const createMutations = (core: ServiceCore): NonNullable<Resolvers['Mutation']> => {
  const batchOf = async ({ batch, findings }: BatchDone, { work }: Context) => ({
    batch: batch === null ? null : ((await work.batch(batch)) ?? null),
    findings,
  });
  const orderOf = async ({ order, findings }: OrderDone, { work }: Context) => ({
    order: order === null ? null : ((await work.order(order)) ?? null),
    findings,
  });
  const certificateOf = async (
    { person, certificate, findings }: CertificateDone,
    { certificates, trail }: Context,
  ) => {
    if (person === null) return { certificate: null, findings };
    trail.read(person);
    const found = await certificates.ofPerson.clear(person).load(person);
    return { certificate: found.find(({ id }) => id === certificate) ?? null, findings };
  };

  return {
    ...createPrintMutation(core),
    uploadOutcomes: async (_, { input }, { actor, work, trail }) => {
      const { batch, proceed, held, findings } = await uploadOutcomes(core, actor, input);
      for (const person of proceed) trail.read(person);
      const found = batch === null ? null : ((await work.batch(batch)) ?? null);
      return { batch: found, proceed: proceed.map((id) => ({ id })), held, findings };
    },
    handleOutcomes: async (_, { input }, context) =>
      batchOf(await handleOutcomes(core, context.actor, input), context),
    decideOutcomes: async (_, { input }, context) =>
      batchOf(await decideOutcomes(core, context.actor, input), context),
    takeBackOutcomes: async (_, { input }, context) =>
      batchOf(await takeBackOutcomes(core, context.actor, input), context),
    issueCertificates: async (_, { input }, context) =>
      orderOf(await prepareIssue(core, context.actor, input), context),
    decideIssue: async (_, { input }, context) =>
      orderOf(await decideIssue(core, context.actor, input), context),
    pauseIssue: async (_, { input }, context) =>
      orderOf(await pauseIssue(core, context.actor, input), context),
    continueIssue: async (_, { input }, context) =>
      orderOf(await continueIssue(core, context.actor, input), context),
    issueEducationStatement: async (_, { input }, context) =>
      certificateOf(await draftStatement(core, context.actor, input), context),
    sealEducationStatement: async (_, { input }, context) =>
      certificateOf(await sealStatement(core, context.actor, input), context),
    replaceLostCertificate: async (_, { input }, context) =>
      certificateOf(await replaceLost(core, context.actor, input), context),
    revokeCertificate: async (_, { input }, context) =>
      certificateOf(await revokeCertificate(core, context.actor, input), context),
  };
};
