import { SpanKind } from '@opentelemetry/api';
import type { z } from 'zod';
import type { Bus, Stop } from '../bus/bus.ts';
import { AppError, type ErrorCode } from '../errors/errors.ts';
import { inSpan, markFailed } from '../telemetry/spans.ts';

/**
 * A question or command from one service to another: for what must be true now. The contract stands in
 * libs/contracts; the caller's id makes a command idempotent; the answer carries the owner's version.
 */
export type InternalContract<Request extends z.ZodType, Reply extends z.ZodType> = {
  readonly subject: string;
  readonly request: Request;
  readonly reply: Reply;
  /** Milliseconds the caller waits. */
  readonly timeout: number;
};

/** A span of one side of a question; the subject is a word of the contract. */
const traced = (verb: 'ask' | 'answer', subject: string) => ({
  kind: verb === 'ask' ? SpanKind.CLIENT : SpanKind.SERVER,
  facts: { 'messaging.system': 'nats', 'messaging.destination.name': subject },
});

type Answer = { ok: true; reply: unknown } | { ok: false; code: ErrorCode; message: string };

/** Asks the owner; throws SERVICE_UNAVAILABLE when it does not answer, or the error that it answered with. */
export const ask = async <Request extends z.ZodType, Reply extends z.ZodType>(
  bus: Bus,
  contract: InternalContract<Request, Reply>,
  request: z.infer<Request>,
): Promise<z.infer<Reply>> => {
  const { subject, timeout } = contract;
  return inSpan(`ask ${subject}`, traced('ask', subject), async () => {
    const answer = (await bus.request(subject, contract.request.parse(request), timeout)) as Answer;
    if (!answer.ok) throw new AppError(answer.code, answer.message);
    return contract.reply.parse(answer.reply);
  });
};

/** Answers a contract's requests for as long as the service runs. */
export const answerTo = <Request extends z.ZodType, Reply extends z.ZodType>(
  bus: Bus,
  contract: InternalContract<Request, Reply>,
  handle: (request: z.infer<Request>) => Promise<z.infer<Reply>>,
): Promise<Stop> =>
  bus.answer(contract.subject, (payload) =>
    inSpan(
      `answer ${contract.subject}`,
      traced('answer', contract.subject),
      async (span): Promise<Answer> => {
        try {
          return { ok: true, reply: await handle(contract.request.parse(payload)) };
        } catch (error) {
          markFailed(span, error);
          if (error instanceof AppError) return { ok: false, code: error.code, message: error.message };
          return { ok: false, code: 'INTERNAL', message: 'The owner of the fact could not answer' };
        }
      },
    ),
  );
