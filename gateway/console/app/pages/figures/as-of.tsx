import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';

/** Up to when a table counts. */
export const AsOf = ({ instant }: { instant: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <p className="quiet">
      {t.asOf} {formats.instant(instant)}
    </p>
  );
};
