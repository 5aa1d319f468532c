import { Flex, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PlacePicker } from '../../places/place-picker.tsx';
import { type LawQuestion, stages } from './question.ts';
import { texts } from './texts.ts';

type Props = { question: LawQuestion; onChange(part: Readonly<Record<string, string>>): void };

/** Where, when and for which stage. */
export const QuestionBar = ({ question: { region, on, stage }, onChange }: Props) => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <Flex gap="small" wrap className="filters" role="group" aria-label={t.title}>
      <PlacePicker
        code={region || undefined}
        label={t.place}
        onChoose={(code) => onChange({ region: code })}
      />
      <Input
        type="date"
        aria-label={t.day}
        className="filter"
        value={on}
        onChange={({ target }) => target.value && onChange({ on: target.value })}
      />
      <Select
        aria-label={t.stage}
        className="filter"
        value={stage}
        onChange={(value) => onChange({ stage: value })}
        options={stages.map((value) => ({ value, label: words('Stage', value) }))}
      />
    </Flex>
  );
};
