import { type Logger, pino } from 'pino';
import { traceIds } from '../telemetry/spans.ts';
import { loggable, withoutNumbers } from './loggable.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export type LogOptions = { service: string; level: string; destination?: { write(line: string): void } };

const hasError = (fields: unknown): boolean =>
  typeof fields === 'object' &&
  fields !== null &&
  Object.values(fields).some((value) => value instanceof Error);

/** The arguments of a log call without texts of errors and without values put into the message by a format. */
const withoutTexts = ([first, message]: readonly unknown[]): unknown[] => {
  if (typeof first === 'string') return [withoutNumbers(first)];
  const fields = first instanceof Error ? { err: first } : first;
  if (typeof message === 'string') return [fields, withoutNumbers(message)];
  return hasError(fields) ? [fields, 'failed'] : [fields];
};

/** Fields of a child log pass no formatter of pino's: they are looked through here. */
const guarded = (logger: Logger): Logger => {
  const { child } = logger;
  const guardedChild = function (this: Logger, fields: object, options?: object) {
    return child.call(this, loggable({ ...fields }), options);
  };
  return Object.assign(logger, { child: guardedChild });
};

/**
 * JSON lines with the service's name, and with `trace_id` and `span_id` while a trace is recorded. Fields that could
 * hold personal data, texts of errors and values put into a message by a format are left out before writing.
 */
export const createLog = (options: LogOptions): Log =>
  guarded(
    pino(
      {
        level: options.level,
        base: { service: options.service },
        messageKey: 'message',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }), log: loggable },
        /** In place of pino's own, which writes the message and the properties of an error. */
        serializers: { err: (error: unknown) => error, error: (error: unknown) => error },
        mixin: () => ({ ...traceIds() }),
        hooks: {
          logMethod(args, method) {
            method.apply(this, withoutTexts(args) as Parameters<typeof method>);
          },
        },
      },
      options.destination ?? pino.destination({ dest: 2, sync: true }),
    ),
  );

/** A log that keeps nothing, for callers without an interest. */
export const silentLog: Log = pino({ level: 'silent' });
