import { useTexts } from '../../language/language.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { texts } from './begin-texts.ts';

/** How the business came in; what did not come in digitally says why (ORG-18). */
export const HandlingFields = ({ mode }: { mode: string | undefined }) => {
  const t = useTexts(texts);
  return (
    <>
      <ChoiceField name={['handling', 'mode']} label={t.handling} of="HandlingMode" />
      {mode && mode !== 'DIGITAL' && <WordsField name={['handling', 'reason']} label={t.handlingReason} />}
    </>
  );
};
