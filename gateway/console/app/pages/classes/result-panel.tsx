import { Flex } from 'antd';
import { type Finding, FindingList } from '../../findings/finding-list.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { texts } from './going-on-texts.ts';

/** What came of an operation on many. */
export type Result = {
  done: number;
  refused: number;
  /** Of each of whom the law says something: who it is, and what. */
  told: readonly { key: string; name: string; findings: readonly Finding[] }[];
  findings: readonly Finding[];
};

/** How many it was done for, and of everybody else why not. */
export const ResultPanel = ({ result, doneText }: { result: Result; doneText: string }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Panel title={t.result}>
      <Flex vertical gap="middle" role="status">
        <Values
          items={[
            [doneText, formats.number(result.done)],
            [t.refused, formats.number(result.refused)],
          ]}
        />
        <FindingList findings={result.findings} />
        {result.told.map(({ key, name, findings }) => (
          <section key={key} aria-label={name}>
            <strong>{name}</strong>
            <FindingList findings={findings} />
          </section>
        ))}
      </Flex>
    </Panel>
  );
};
