import { unitOf } from '#libs/platform/actor/actor.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, NumberEnquiryResolvers, QueryResolvers } from '../generated/types.ts';
import { enquireStudentNumber } from './enquire-number.ts';
import { type Enquiry, type EnquiryWords, enquiryContext } from './enquiry.ts';
import { listEnquiries } from './enquiry-list.ts';

/** Queries and mutations of number enquiries. */
export const createEnquiryResolvers = (core: ServiceCore) => {
  const wordsOf = ({ id, sealed }: Enquiry): EnquiryWords =>
    JSON.parse(core.sealing.open(Buffer.from(sealed), enquiryContext(id)));
  const Query: Pick<QueryResolvers, 'numberEnquiries'> = {
    numberEnquiries: async (_, { filter, ...page }, context) => {
      const actor = authorize(context.actor, 'number-enquiry.read');
      return listEnquiries({ core, actor, scope: await context.scope() }, filter ?? {}, page);
    },
  };
  const Mutation: Pick<MutationResolvers, 'enquireStudentNumber'> = {
    enquireStudentNumber: async (_, { input }, { actor, trail }) => {
      const { findings, ...answer } = await enquireStudentNumber(core, actor, trail, input);
      return { ...answer, findings: [...findings] };
    },
  };
  /** What the log says of people is told to the unit itself alone, and is a read of whose number was told (PRV-13). */
  const wordsFor = (enquiry: Enquiry, { actor, trail }: Context): EnquiryWords | null => {
    if (actor === null || enquiry.unit !== unitOf(actor)) return null;
    if (enquiry.student !== null) trail.read(enquiry.student);
    return wordsOf(enquiry);
  };
  const NumberEnquiry: NumberEnquiryResolvers = {
    enquirerName: (enquiry, _, context) => wordsFor(enquiry, context)?.enquirer ?? null,
    studentName: (enquiry, _, context) => wordsFor(enquiry, context)?.student ?? null,
  };
  return { Query, Mutation, NumberEnquiry };
};
