import type { ExecutionResult } from 'graphql';
import type { Update } from './subscriber.ts';

/** An update as clients get it, on every transport: with its position and how many events it covers, if that is known. */
export const payloadOf = ({ result, position, events, gap }: Update): ExecutionResult =>
  position === undefined
    ? result
    : {
        ...result,
        extensions: { ...result.extensions, live: { position, ...(gap ? { gap } : { events }) } },
      };
