import { createHash } from 'node:crypto';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { LogHead } from '#libs/platform/events/log.ts';
import { codedError } from '../coded-error.ts';

/**
 * How far somebody has seen: everything up to a place in a source's log, and what the answer was then. Without a place
 * where no events tell of changes.
 */
export type Position = { place?: LogHead | undefined; seen: string };

const form = /^1 (?:([\w-]{1,64}) (\d{1,15}))? ([\w-]{8})$/;

/** As clients get it: to be given back as it is. */
export const writePosition = ({ place, seen }: Position): string =>
  Buffer.from(`1 ${place ? `${place.epoch} ${place.seq}` : ''} ${seen}`).toString('base64url');

/** Undefined where the text is no position. */
export const readPosition = (text: string): Position | undefined => {
  if (!/^[\w-]{8,200}$/.test(text)) return undefined;
  const [, epoch, seq, seen] = form.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (seen === undefined) return undefined;
  return { seen, place: epoch === undefined ? undefined : { epoch, seq: Number(seq) } };
};

/** A short mark of an answer: of its data, and of the places and codes of its errors, whose ids differ each time. */
export const markOf = ({ data, errors }: ExecutionResult): string =>
  createHash('sha256')
    .update(JSON.stringify([data, errors?.map(({ path, extensions }) => [path, extensions?.code])]))
    .digest('base64url')
    .slice(0, 8);

export const noPosition = (): GraphQLError => {
  const message = '不是有效的位置。 This is not a position that an update came with.';
  return codedError('BAD_USER_INPUT', message, {
    problems: [{ path: ['after'], code: 'INVALID_VALUE', message }],
  });
};
