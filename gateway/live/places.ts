/** Counts the open streams of each caller. */
export type Places = {
  /** Takes a place; undefined where the caller has all of theirs. The result gives the place back, once. */
  take(subject: string): (() => void) | undefined;
};

export const createPlaces = (most: number, changed: (open: number) => void): Places => {
  const taken = new Map<string, number>();
  let open = 0;
  const add = (subject: string, difference: 1 | -1): void => {
    const count = (taken.get(subject) ?? 0) + difference;
    if (count === 0) taken.delete(subject);
    else taken.set(subject, count);
    open += difference;
    changed(open);
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
