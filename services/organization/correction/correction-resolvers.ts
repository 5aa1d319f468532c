import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { required } from '../queries.ts';
import { deskOf } from '../registrar/desk.ts';
import { closeCorrection } from './commands/close-correction.ts';
import { issueCorrectionOrder } from './commands/issue-order.ts';
import { reportCorrection } from './commands/report-correction.ts';
import { type CorrectionOrder, inChargeOf } from './correction.ts';
import { findOrder, listOrders } from './correction-list.ts';
import type { OrderOutcome } from './move-order.ts';

type Command = (core: ServiceCore, actor: Context['actor'], input: unknown) => Promise<OrderOutcome>;

/** GraphQL to commands and queries about correction orders, and back. */
export const createCorrectionResolvers = (core: ServiceCore) => {
  const read = async ({ actor }: Context, id: string): Promise<CorrectionOrder> =>
    findOrder(core, await deskOf(core, authorize(actor, 'correction.read')), id);

  const mutation =
    (command: Command) =>
    async (_: unknown, { input }: { input: unknown }, context: Context) => {
      const { order, findings } = await command(core, context.actor, input);
      return { order: order === null ? null : await read(context, order), findings };
    };

  return {
    Query: {
      correctionOrder: (_, { id }, context) => read(context, id),
      correctionOrders: async (_, { filter, ...page }, { actor }) =>
        listOrders(core, await deskOf(core, authorize(actor, 'correction.read')), filter ?? {}, page),
    },
    Mutation: {
      issueCorrectionOrder: mutation(issueCorrectionOrder),
      reportCorrection: mutation(reportCorrection),
      closeCorrection: mutation(closeCorrection),
    },
    CorrectionOrder: {
      id: ({ orderId }) => orderId,
      unit: ({ isSchool, target }, _, { registry }) =>
        isSchool ? null : required(registry.unit.load(target)),
      school: ({ isSchool, target }, _, { registry }) =>
        isSchool ? required(registry.school.load(target)) : null,
      orderedBy: ({ orderedBy }, _, { registry }) => required(registry.unit.load(orderedBy)),
      escalatedTo: ({ escalatedTo }, _, { registry }) =>
        escalatedTo === null ? null : registry.unit.load(escalatedTo),
      deadline: ({ dueOn }) => dueOn,
      ticket: ({ ticket, target }, _, { actor }) =>
        actor === null || target === (actor.school ?? actor.unit) ? null : ticket,
      overdue: ({ state, dueOn, provisional }) =>
        state !== 'CLOSED' && !provisional && dueOn < core.clock.today(),
      allowedActions: (order, _, { actor }) => {
        if (actor === null) throw outOfJurisdiction();
        const own = actor.school ?? actor.unit;
        const answers =
          order.state === 'ORDERED' && order.target === own && isGranted(actor, 'correction.answer');
        const decides =
          order.state === 'REPORTED' && inChargeOf(order) === own && isGranted(actor, 'correction.order');
        return [...(answers ? ['REPORT'] : []), ...(decides ? ['ACCEPT', 'RETURN'] : [])];
      },
    },
  } satisfies Resolvers;
};
