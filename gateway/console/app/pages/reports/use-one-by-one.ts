import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of each, by its key; undefined where the question failed. */
export type Found<Answer> = ReadonlyMap<string, Answer | undefined>;

/** Asks for one after another, so that a long list burdens nobody; stops when told, and when the page is left. */
export const useOneByOne = <Answer>(ask: (key: string) => Promise<Answer | undefined>) => {
  const [found, setFound] = useState<Found<Answer>>(new Map());
  const [isUnderWay, setUnderWay] = useState(false);
  const run = useRef(0);
  const stop = useCallback(() => {
    run.current += 1;
    setUnderWay(false);
  }, []);
  useEffect(() => stop, [stop]);
  const start = async (keys: readonly string[]): Promise<void> => {
    run.current += 1;
    const own = run.current;
    setFound(new Map());
    setUnderWay(true);
    for (const key of keys) {
      const answer = await ask(key).catch(() => undefined);
      if (run.current !== own) return;
      setFound((known) => new Map([...known, [key, answer]]));
    }
    setUnderWay(false);
  };
  return { found, isUnderWay, start, stop };
};
