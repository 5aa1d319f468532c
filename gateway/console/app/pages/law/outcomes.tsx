import { useTexts } from '../../language/language.tsx';
import { outcomeTexts } from './texts.ts';

/** What follows from a breach of a rule, in words: `HOLD, REJECT`. */
export const Outcomes = ({ outcome }: { outcome: string }) => {
  const names: Readonly<Record<string, string>> = useTexts(outcomeTexts);
  return outcome
    .split(', ')
    .map((each) => names[each] ?? each)
    .join('、');
};
