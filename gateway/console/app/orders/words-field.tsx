import { Form, Input } from 'antd';

type Props = { name: string | (string | number)[]; label: string; required?: boolean };

/** A field for words that go on record: a reason, an opinion, a result. */
export const WordsField = ({ name, label, required = false }: Props) => (
  <Form.Item name={name} label={label} rules={[{ required, whitespace: required }]}>
    <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} showCount />
  </Form.Item>
);
