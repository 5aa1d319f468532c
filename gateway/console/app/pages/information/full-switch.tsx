import { Button } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';

/** Asks for values in full, which is recorded, or masks them again. */
export const FullSwitch = ({ full, onChange }: { full: boolean; onChange(full: boolean): void }) => {
  const t = useTexts(texts);
  return (
    <Button aria-pressed={full} onClick={() => onChange(!full)}>
      {full ? t.showMasked : t.showFull}
    </Button>
  );
};
