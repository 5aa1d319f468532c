import { alignedLines } from '#deploy/local/table.ts';
import { AppError } from '#libs/platform/errors/errors.ts';
import type { Console } from './carry-out.ts';

/** Asks every service; `undefined` for those that do not answer. */
export const askAll = async <Reply>(
  services: readonly string[],
  question: (service: string) => Promise<Reply>,
) =>
  Promise.all(
    services.map(async (service) => ({
      service,
      reply: await question(service).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE') return undefined;
        throw error;
      }),
    })),
  );

/** Rows under a head, in columns. */
export const print = (console: Console, head: string[], rows: string[][]): void => {
  for (const line of alignedLines([head, ...rows])) console.out(line);
};
