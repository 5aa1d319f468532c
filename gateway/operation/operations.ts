import type { GraphQLSchema } from 'graphql';
import type { Log } from '#libs/platform/log/log.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { GatewayContext } from '../context.ts';
import type { CostLimit } from '../cost/cost-limit.ts';
import type { Admission } from '../documents/admission.ts';
import type { Answer, Operation } from '../executor/plan.ts';
import type { GuardedGateway } from '../federation/guarded-gateway.ts';
import type { Asked, Way } from './asked.ts';
import { type Finished, failed, finished } from './finished.ts';
import { KnownDocuments } from './known-documents.ts';
import type { Masking } from './masking.ts';
import type { Record } from './record.ts';

export type OperationParts = {
  schema: GraphQLSchema;
  gateway: Pick<GuardedGateway, 'execute'>;
  admission: Admission;
  costLimit: CostLimit;
  cache: ResponseCache;
  masking: Masking;
  record: Record;
  log: Log;
};

/** What becomes of operations whose document is valid, of which those that came before need nothing of Apollo Server. */
export type Operations = {
  readonly known: KnownDocuments;
  /** Why an operation may not run; undefined where it may. */
  refusal: Admission;
  /** Checks, runs and records an operation. Does not throw. */
  answer(asked: Asked, way: Way, context: GatewayContext): Promise<Finished>;
};

export const createOperations = (parts: OperationParts): Operations => {
  const { admission, costLimit, masking, record } = parts;
  const refusal: Admission = (asked, way) => admission(asked, way) ?? costLimit(asked);

  const answer = async (asked: Asked, way: Way, context: GatewayContext): Promise<Finished> => {
    const refused = refusal(asked, way);
    if (refused) return failed(refused, masking, context.operationId);
    return parts.cache.answer(asked, context, (signal) => run(asked, { ...context, signal }));
  };

  const run = async (asked: Asked, context: GatewayContext): Promise<Finished> => {
    try {
      return finished(await execute(parts, asked, context), masking, context.operationId);
    } catch (error) {
      return failed(error, masking, context.operationId);
    }
  };

  return {
    known: new KnownDocuments(),
    refusal,
    answer: async (asked, way, context) => {
      const begun = performance.now();
      const answered = await answer(asked, way, context);
      const { id: document, operation } = asked;
      const { errors, cache } = answered;
      record({ document, operation, errors, cache, context, begun });
      return answered;
    },
  };
};

/** The executors look at nothing of an operation besides what stands here. */
const execute = (
  { gateway, schema, log }: OperationParts,
  { id, text, document, operation, operationName, variables }: Asked,
  context: GatewayContext,
): Promise<Answer> => {
  const told = {
    request: { query: text, operationName, variables },
    ...{ source: text, document, operation, operationName: operation.name?.value ?? null },
    ...{ queryHash: id, schema, context, logger: log, metrics: {} },
  };
  return gateway.execute(told as unknown as Operation, true);
};
