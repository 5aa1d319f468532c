import { Button, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { GuardianFields } from './guardian-fields.tsx';
import { type Draft, isBegun, toldByNumber } from './registration-draft.ts';
import { SchoolFields } from './school-fields.tsx';
import { StudentFields } from './student-fields.tsx';
import '../../orders/form-part.css';

/** What is filled in, and what the school says to it where the form was sent back. */
export type Filled = Draft & { note?: string };

type Props = {
  initial: Filled;
  disabled?: boolean;
  underWay: boolean;
  submit: string;
  onChange(filled: Filled): void;
  send(): Promise<void>;
  /** Form items beyond those of the form. */
  children?: ReactNode;
};

/** The collection form (F1); what a resident ID number tells is filled in by it. */
export const CollectionForm = (props: Props) => {
  const { initial, disabled = false, underWay, submit, onChange, send, children } = props;
  const [form] = Form.useForm<Filled>();
  const [draft, setDraft] = useState(initial);
  const follow = (changed: Partial<Filled>): void => {
    const number = changed.idDocumentNumber;
    const isResident = form.getFieldValue('idDocumentType') === 'RESIDENT_ID';
    if (number && isResident) form.setFieldsValue(toldByNumber(number));
    const values = form.getFieldsValue();
    setDraft(values);
    onChange(values);
  };
  return (
    <Form<Filled>
      form={form}
      layout="vertical"
      autoComplete="off"
      scrollToFirstError
      disabled={disabled}
      initialValues={initial}
      onValuesChange={follow}
      onFinish={() => void send()}
    >
      <StudentFields draft={draft} />
      <SchoolFields draft={draft} />
      <GuardianFields position={0} isNeeded />
      <GuardianFields position={1} isNeeded={isBegun(draft.guardians?.[1])} />
      {children}
      <Button type="primary" htmlType="submit" loading={underWay}>
        {submit}
      </Button>
    </Form>
  );
};
