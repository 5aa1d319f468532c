import { words } from '../language/generated/words.ts';
import { useWords, type WordKind } from '../language/words.ts';

/** Every code of an enum of the graph, as a choice. */
export const useWordOptions = (): (<Kind extends WordKind>(
  kind: Kind,
) => { value: keyof (typeof words)[Kind] & string; label: string }[]) => {
  const word = useWords();
  return <Kind extends WordKind>(kind: Kind) =>
    (Object.keys(words[kind]) as (keyof (typeof words)[Kind] & string)[]).map((value) => ({
      value,
      label: word(kind, value),
    }));
};
