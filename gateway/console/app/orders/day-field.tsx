import { Form, Input } from 'antd';
import type { ComponentProps } from 'react';

type Props = Pick<ComponentProps<typeof Form.Item>, 'name' | 'label' | 'required'>;

/** A day, written YYYY-MM-DD. */
export const DayField = ({ required = false, ...props }: Props) => (
  <Form.Item {...props} rules={[{ required }]}>
    <Input type="date" />
  </Form.Item>
);
