/** Counts what each caller holds open. */
export type Places = {
  /** Takes a place; undefined where the caller has all of theirs. The result gives the place back, once. */
  take(subject: string): (() => void) | undefined;
};

/** @param most places of one caller */
export const createPlaces = (most: number): Places => {
  const taken = new Map<string, number>();
  const add = (subject: string, difference: 1 | -1): void => {
    const count = (taken.get(subject) ?? 0) + difference;
    if (count === 0) taken.delete(subject);
    else taken.set(subject, count);
  };
  return {
    take: (subject) => {
      if ((taken.get(subject) ?? 0) >= most) return undefined;
      add(subject, 1);
      let held = true;
      return () => {
        if (held) add(subject, -1);
        held = false;
      };
    },
  };
};
