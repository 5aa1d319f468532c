import { Form, Select } from 'antd';
import type { ComponentProps } from 'react';
import type { WordKind } from '../language/words.ts';
import { useWordOptions } from './word-options.ts';

type Props = Pick<ComponentProps<typeof Form.Item>, 'name' | 'label' | 'required'> & {
  /** Enum of the graph of which one code is chosen. */
  of: WordKind;
};

/** One code of an enum of the graph. */
export const ChoiceField = ({ of, required = false, ...props }: Props) => {
  const optionsOf = useWordOptions();
  return (
    <Form.Item {...props} rules={[{ required }]}>
      <Select allowClear={!required} options={optionsOf(of)} />
    </Form.Item>
  );
};
