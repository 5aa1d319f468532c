import type { SpanFacts } from '#libs/platform/telemetry/attributes.ts';
import { inSpan, isTraced, markFailed } from '#libs/platform/telemetry/spans.ts';
import type { Answer } from './plan.ts';

/** Does the work within a span where a trace is under way; the names are those of Apollo Gateway. */
export const traced = <T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> =>
  isTraced() ? inSpan(name, { facts }, work) : work();

/** As `traced`, for a whole operation: an answer with errors has failed. */
export const tracedAnswer = (work: () => Promise<Answer>): Promise<Answer> =>
  traced('gateway.request', {}, () =>
    isTraced()
      ? inSpan('gateway.execute', {}, async (span) => {
          const answer = await work();
          if (answer.errors) markFailed(span, answer.errors[0]);
          return answer;
        })
      : work(),
  );
