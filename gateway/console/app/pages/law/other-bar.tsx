import { Flex, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { PlacePicker } from '../../places/place-picker.tsx';
import type { LawQuestion } from './question.ts';
import { texts } from './texts.ts';

type Props = { other: LawQuestion; onChange(part: Readonly<Record<string, string>>): void };

/** With which place and day the question is compared. */
export const OtherBar = ({ other, onChange }: Props) => {
  const t = useTexts(texts);
  return (
    <Flex gap="small" wrap align="center" role="group" aria-label={t.there}>
      <span className="quiet">{t.there}</span>
      <PlacePicker code={other.region} label={t.otherPlace} onChoose={(code) => onChange({ other: code })} />
      <Input
        type="date"
        aria-label={t.otherDay}
        className="filter"
        value={other.on}
        onChange={({ target }) => target.value && onChange({ otherOn: target.value })}
      />
    </Flex>
  );
};
