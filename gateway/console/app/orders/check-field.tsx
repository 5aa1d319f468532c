import { Checkbox, Form } from 'antd';
import type { ComponentProps } from 'react';

type Props = Pick<ComponentProps<typeof Form.Item>, 'name'> & { label: string };

/** Something that somebody who hands in a request confirms. */
export const CheckField = ({ name, label }: Props) => (
  <Form.Item name={name} valuePropName="checked">
    <Checkbox>{label}</Checkbox>
  </Form.Item>
);
