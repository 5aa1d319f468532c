import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../service/context.ts';
import type { ServiceCore } from '../service/definition.ts';

/** Writes the audit row of an operation before its answer leaves, and counts operations. */
export const trailPlugin = <Context extends RequestContext>(
  core: ServiceCore,
): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    const begun = performance.now();
    return {
      async willSendResponse({ contextValue, operationName, response }) {
        await contextValue.trail.keep(operationName ?? contextValue.operationId, core.clock.now());
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
