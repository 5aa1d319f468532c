import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { standings } from './standing-view.ts';

/**
 * How the services stand, told by the one without which nobody is at a workplace: it is there whenever somebody can
 * look, whatever else is not.
 */
export const createOperationsResolvers = ({ bus, clock }: ServiceCore) =>
  ({
    Query: {
      operations: async (_, __, { actor }) => {
        authorize(actor, 'operations.read');
        return { asOf: clock.now(), services: await standings(bus) };
      },
    },
  }) satisfies Resolvers;
