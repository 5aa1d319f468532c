import { Form, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { texts } from './texts.ts';

/** Sources of a clue that people enter; of the others the system learns by itself. */
const entered = ['SCHOOL', 'DEPARTMENT', 'NATIONAL_MARK'] as const;

export const SourceField = () => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <Form.Item name="source" label={t.source} rules={[{ required: true }]}>
      <Select options={entered.map((value) => ({ value, label: words('DropoutSource', value) }))} />
    </Form.Item>
  );
};
