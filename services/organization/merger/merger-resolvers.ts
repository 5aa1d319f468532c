import DataLoader from 'dataloader';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { required } from '../queries.ts';
import { type MergerOutcome, mergeSchools } from './commands/merge-schools.ts';
import { revokeMerger } from './commands/revoke-merger.ts';
import { type Merger, mergersById, mergersOfSchools } from './merger-rows.ts';
import { type Progress, progressOf, seesCounts } from './progress.ts';

/** The last merger in which each school takes part; null for one that never did. */
export const createMergers = ({ app }: Pick<ServiceCore, 'app'>): DataLoader<string, Merger | null> =>
  new DataLoader(
    async (codes) => {
      const mergers = await inScope(app, emptyScope, (tx) => mergersOfSchools(tx, codes));
      return codes.map(
        (code) =>
          mergers.find(
            (each) => each.standing === code || each.parts.some(({ school }) => school === code),
          ) ?? null,
      );
    },
    { maxBatchSize: 500 },
  );

/** GraphQL to mergers of schools, and back. */
export const createMergerResolvers = (core: ServiceCore) => {
  const counted = new WeakMap<Merger, Promise<Progress | null>>();
  const progress = (merger: Merger, { actor }: Context): Promise<Progress | null> => {
    const known =
      counted.get(merger) ??
      seesCounts(core, actor, merger).then((sees) => (sees ? progressOf(core, merger) : null));
    counted.set(merger, known);
    return known;
  };
  const decided = async ({ merger: id, findings }: MergerOutcome) => {
    const [merger] = id === null ? [] : await inScope(core.app, emptyScope, (tx) => mergersById(tx, [id]));
    return { merger: merger ?? null, findings };
  };
  return {
    Mutation: {
      mergeSchools: async (_, { input }, { actor }) => decided(await mergeSchools(core, actor, input)),
      revokeSchoolMerger: async (_, { input }, { actor }) => decided(await revokeMerger(core, actor, input)),
    },
    School: {
      successor: ({ successor }, _, { registry }) => (successor ? registry.school.load(successor) : null),
      merger: ({ code }, _, { mergers }) => mergers.load(code),
    },
    SchoolMerger: {
      state: ({ doneAt, revocation, from }) => {
        if (revocation !== null) return 'REVOKED';
        if (doneAt !== null) return 'DONE';
        return from <= core.clock.today() ? 'MOVING' : 'DECIDED';
      },
      revokedAt: ({ revocation }) => revocation?.at ?? null,
      revocationReason: ({ revocation }) => revocation?.reason ?? null,
      standing: ({ standing }, _, { registry }) => required(registry.school.load(standing)),
      ending: ({ parts }) => parts,
      authority: ({ authority }, _, { registry }) => required(registry.unit.load(authority)),
      movedRegistrations: async (merger, _, context) => (await progress(merger, context))?.moved ?? null,
      leftRegistrations: async (merger, _, context) => (await progress(merger, context))?.left ?? null,
      findings: async (merger, _, context) => (await progress(merger, context))?.findings ?? null,
    },
    SchoolMergerPart: {
      school: ({ school }, _, { registry }) => required(registry.school.load(school)),
    },
  } satisfies Resolvers;
};
