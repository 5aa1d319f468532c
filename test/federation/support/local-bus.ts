import type { Bus } from '#libs/platform/bus/bus.ts';

const unused = (): never => {
  throw new Error('the gateway uses signals only');
};

/** The signals of a bus within one process. */
export const createLocalBus = (): Bus & { listeners(subject: string): number } => {
  const takers = new Map<string, Set<(payload: unknown) => void>>();
  return {
    signal: (subject, payload) => {
      for (const take of takers.get(subject) ?? []) take(payload);
    },
    onSignal: async (subject, take) => {
      const all = takers.get(subject) ?? new Set();
      takers.set(subject, all.add(take));
      return async () => void all.delete(take);
    },
    listeners: (subject) => takers.get(subject)?.size ?? 0,
    close: async () => undefined,
    publishEvents: unused,
    onEvents: unused,
    announceHead: unused,
    onHead: unused,
    request: unused,
    answer: unused,
  };
};
