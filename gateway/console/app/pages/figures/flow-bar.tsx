import { Flex, Input, Segmented } from 'antd';
import { words as allWords } from '../../language/generated/words.ts';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { useWords } from '../../language/words.ts';
import { useAddress } from './address.ts';
import { ByChoice, OneChoice } from './choices.tsx';
import { type FlowQuestion, flowDimensions } from './flow-question.ts';
import { stages } from './question.ts';
import { texts } from './texts.ts';

/** Which changes are counted, and by what. */
export const FlowBar = ({ question, isSchool }: { question: FlowQuestion; isSchool: boolean }) => {
  const t = useTexts(texts);
  const words = useWords();
  const { change } = useAddress();
  const { from, to, isMatrix, by, filter } = question;
  const day = (name: 'from' | 'to', value: string) => (
    <Input
      type="date"
      aria-label={t[name]}
      className="filter"
      max={todayInBeijing()}
      value={value}
      onChange={({ target }) => target.value && change({ [name]: target.value })}
    />
  );
  return (
    <Flex gap="small" wrap align="center" className="filters" role="group" aria-label={t.choice}>
      {day('from', from)}
      {day('to', to)}
      <Segmented
        aria-label={t.layout}
        value={isMatrix ? 'matrix' : 'kinds'}
        onChange={(layout) => change({ layout: layout === 'matrix' ? layout : null })}
        options={[
          { value: 'kinds', label: t.byKind },
          { value: 'matrix', label: t.matrix },
        ]}
      />
      {!isMatrix && (
        <ByChoice
          known={flowDimensions.filter((dimension) => !isSchool || dimension !== 'UNIT')}
          by={flowDimensions.filter((dimension) => by.includes(dimension))}
          choose={(values) => change({ by: values.join(',') })}
        />
      )}
      <OneChoice
        label={t.kind}
        value={filter.kind ?? undefined}
        options={Object.keys(allWords.FlowKind).map((code) => [code, words('FlowKind', code)])}
        choose={(kind) => change({ kind })}
      />
      {!isMatrix && (
        <OneChoice
          label={t.stage}
          value={filter.stage ?? undefined}
          options={stages.map((code) => [code, words('Stage', code)])}
          choose={(stage) => change({ stage })}
        />
      )}
    </Flex>
  );
};
