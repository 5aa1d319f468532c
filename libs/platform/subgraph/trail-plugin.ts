import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore } from '../service/definition.ts';
import { errorFormatter } from './errors.ts';

/** What was read is not told: the answer holds the reason and nothing else. */
const withhold = (response: GraphQLResponse, core: ServiceCore, reason: unknown): void => {
  const error = errorFormatter(core.log)({ message: '' }, reason);
  response.body = { kind: 'single', singleResult: { errors: [error] } };
};

/**
 * Writes the audit row of an operation before its answer leaves, and counts operations. What cannot be written down,
 * or is read in bulk without a purpose, is not answered (PRV-13).
 */
export const trailPlugin = <Context extends RequestContext>(
  core: ServiceCore,
): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    const begun = performance.now();
    return {
      async willSendResponse({ contextValue, operationName, response }) {
        try {
          await contextValue.trail.keep(operationName ?? contextValue.operationId, core.clock.now());
        } catch (error) {
          withhold(response, core, error);
        }
        const failed =
          response.body.kind === 'single' && (response.body.singleResult.errors?.length ?? 0) > 0;
        core.metrics.operations.observe(
          { operation: 'graphql', outcome: failed ? 'errors' : 'ok' },
          (performance.now() - begun) / 1000,
        );
      },
    };
  },
});
