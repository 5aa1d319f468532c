import { Tag } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import type { ClassShownFragment } from './generated/class.ts';
import { texts } from './texts.ts';

type Sized = Pick<ClassShownFragment, 'size' | 'capacity' | 'sizeBand'>;

/** How many sit in a class, of how many places; a large class says so. */
export const SizeShown = ({ size, capacity, sizeBand }: Sized) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <>
      {formats.number(size)} / {formats.number(capacity)}{' '}
      {sizeBand === 'FROM_56_TO_65' && <Tag color="warning">{t.large}</Tag>}
      {sizeBand === 'FROM_66' && <Tag color="error">{t.oversized}</Tag>}
      {size >= capacity && <Tag>{t.full}</Tag>}
    </>
  );
};
