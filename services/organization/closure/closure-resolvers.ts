import DataLoader from 'dataloader';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Resolvers } from '../generated/types.ts';
import { type Closure, closuresOf } from './closure-rows.ts';

/** The last closure of each school that was decided; null for one that nobody decided to close. */
export const createClosures = ({ app }: Pick<ServiceCore, 'app'>): DataLoader<string, Closure | null> =>
  new DataLoader(
    async (codes) => {
      const closures = await inScope(app, emptyScope, (tx) => closuresOf(tx, codes));
      return codes.map((code) => closures.find(({ school }) => school === code) ?? null);
    },
    { maxBatchSize: 500 },
  );

/** GraphQL to closures of schools, and back. */
export const closureResolvers = {
  School: { closure: ({ code }, _, { closures }) => closures.load(code) },
  SchoolClosure: { archivesSettledAt: ({ settledAt }) => settledAt },
} satisfies Resolvers;
