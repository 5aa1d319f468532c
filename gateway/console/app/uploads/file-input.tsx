import { useId, useState } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';
import './file-input.css';

const texts = { none: ['未选择文件', 'No file chosen'] } satisfies Texts;

type Props = {
  /** What is chosen, on the button. */
  text: string;
  accept: string;
  disabled: boolean;
  onChoose(file: File): void;
  /** Whether what was chosen is shown beside the button; not where it is listed elsewhere. */
  showsName?: boolean;
};

/** Chooses a file of this machine, in the console's words rather than those of the browser. */
export const FileInput = ({ text, accept, disabled, onChoose, showsName = false }: Props) => {
  const t = useTexts(texts);
  const id = useId();
  const [name, setName] = useState<string>();
  return (
    <span className="file-input">
      <input
        id={id}
        className="file-input-field"
        type="file"
        accept={accept}
        disabled={disabled}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = '';
          if (!file) return;
          setName(file.name);
          onChoose(file);
        }}
      />
      <label htmlFor={id} className="file-input-button">
        {text}
      </label>
      {showsName && <span className="quiet">{name ?? t.none}</span>}
    </span>
  );
};
