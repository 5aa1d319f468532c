import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Field names whose values never reach a log, wherever they stand in an object. */
const hidden = [
  'token',
  'authorization',
  'password',
  'name',
  'formerName',
  'idDocumentNumber',
  'studentNumber',
  'number',
  'phone',
  'contactPhone',
  'address',
  'currentAddress',
  'householdAddress',
  'birthDate',
  'variables',
  'sealed',
];

export type LogOptions = { service: string; level: string; destination?: { write(line: string): void } };

/** JSON lines with the service's name; fields that could hold personal data are removed before writing. */
export const createLog = (options: LogOptions): Log =>
  pino(
    {
      level: options.level,
      base: { service: options.service },
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), remove: true },
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );

/** A log that keeps nothing, for callers without an interest. */
export const silentLog: Log = pino({ level: 'silent' });
