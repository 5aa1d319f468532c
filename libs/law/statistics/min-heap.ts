/** A queue that gives the cheapest node first. */
export type MinHeap = {
  push: (node: number, cost: number) => void;
  /** The cheapest node with its cost, or undefined when empty. */
  pop: () => { node: number; cost: number } | undefined;
};

/** An empty queue, a binary heap. */
export const minHeap = (): MinHeap => {
  const entries: { node: number; cost: number }[] = [];
  const cost = (at: number): number => entries[at]?.cost ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [first, second] = [entries[a], entries[b]];
    if (first && second) {
      entries[a] = second;
      entries[b] = first;
    }
  };
  return {
    push: (node, price) => {
      entries.push({ node, cost: price });
      for (let at = entries.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (cost(parent) <= cost(at)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      swap(0, entries.length - 1);
      const cheapest = entries.pop();
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const child = cost(left + 1) < cost(left) ? left + 1 : left;
        if (cost(child) >= cost(at)) break;
        swap(at, child);
        at = child;
      }
      return cheapest;
    },
  };
};
