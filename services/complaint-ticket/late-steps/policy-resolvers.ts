import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { readLateStepPolicy, setLateStepPolicy } from './set-policy.ts';

type Part<Root extends 'Query' | 'Mutation'> = Partial<NonNullable<Resolvers[Root]>>;

/** GraphQL to what provinces set on late steps, and back. */
export const createLatePolicyResolvers = (
  core: ServiceCore,
): { Query: Part<'Query'>; Mutation: Part<'Mutation'> } => ({
  Query: {
    lateStepPolicy: (_, { province }, { actor }) => readLateStepPolicy(core, actor, province),
  },
  Mutation: {
    setLateStepPolicy: async (_, { input }, { actor }) => {
      const { province, findings } = await setLateStepPolicy(core, actor, input);
      const policy = province === null ? null : await readLateStepPolicy(core, actor, province);
      return { policy, findings: [...findings] };
    },
  },
});
