import { readFile } from 'node:fs/promises';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import type { RequestContext } from '../service/context.ts';
import { withCheckedEntities } from './entities.ts';
import { withGuards } from './guards.ts';
import { sharedScalars } from './scalars.ts';

const shared = new URL('./shared.graphql', import.meta.url);

/** The SDL of a subgraph: what all share, then its own. */
export const readSubgraphSdl = async (own: URL): Promise<string> =>
  `${await readFile(shared, 'utf8')}\n${await readFile(own, 'utf8')}`;

/** The executable schema of a subgraph, its guarded fields refused without right, foreign entities refused. */
export const buildGuardedSchema = <Context extends RequestContext>(
  sdl: string,
  resolvers: GraphQLResolverMap<Context>,
): GraphQLSchema =>
  withGuards(
    withCheckedEntities(
      buildSubgraphSchema([
        {
          typeDefs: parse(sdl),
          resolvers: { ...sharedScalars, ...resolvers } as GraphQLResolverMap<unknown>,
        },
      ]),
    ),
  );
