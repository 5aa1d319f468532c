import { Form, InputNumber } from 'antd';

/** A grade within the stage. */
export const GradeField = ({ label }: { label: string }) => (
  <Form.Item name="grade" label={label} rules={[{ required: true }]}>
    <InputNumber min={1} max={9} precision={0} />
  </Form.Item>
);
