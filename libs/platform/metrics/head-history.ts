/** When the end of a source's log was heard to be where. */
export type HeadHistory = {
  heard(seq: number): void;
  /** Milliseconds for which something beyond `position` has been waiting; 0 when nothing is. */
  waitingFor(position: number): number;
};

/** So many heads are remembered; of a longer past only the oldest one counts. */
const mostKept = 2_000;

/** @param now milliseconds on a clock that only goes forward */
export const createHeadHistory = (now: () => number): HeadHistory => {
  let heads: { seq: number; at: number }[] = [];
  return {
    heard: (seq) => {
      const last = heads.at(-1)?.seq ?? -1;
      if (seq < last) heads = [];
      if (seq === last) return;
      heads.push({ seq, at: now() });
      if (heads.length > mostKept) heads = heads.filter((_, at) => at % 2 === 0 || at > mostKept / 2);
    },
    waitingFor: (position) => {
      const first = heads.find((head) => head.seq > position);
      return first === undefined ? 0 : now() - first.at;
    },
  };
};
