import { Tooltip } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { texts } from './texts.ts';
import './law.css';

/** An article that carries something, with the layer of the law and, where asked for, the days of its force. */
export type Basis = {
  document: string;
  article: string;
  layer: string;
  inForceFrom?: string | null;
  inForceTo?: string | null;
};

const Days = ({ from, to }: { from: string; to?: string | null }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const until = to ? `${formats.day(to)} ${t.until}` : t.current;
  return (
    <span className="quiet">
      {formats.day(from)} {t.from}，{until}
    </span>
  );
};

/** Articles, one a line. */
export const BasisList = ({ basis }: { basis: readonly Basis[] }) => {
  const words = useWords();
  return (
    <ul className="plain-list">
      {basis.map(({ document, article, layer, inForceFrom, inForceTo }) => (
        <li key={`${layer} ${document} ${article} ${inForceFrom}`}>
          <Tooltip title={words('LawLayer', layer)}>
            <abbr>{layer}</abbr>
          </Tooltip>{' '}
          {document} {article} {inForceFrom && <Days from={inForceFrom} to={inForceTo} />}
        </li>
      ))}
    </ul>
  );
};
