import { Alert, Button, Flex, Form, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';
import { focusHeading } from '../layout/focus.ts';
import { OrderOutcome } from './order-outcome.tsx';
import type { Outcome } from './use-order.ts';

const texts = {
  cancel: ['取消', 'Cancel'],
  changed: ['内容已被他人更改，请刷新后再办理', 'Somebody else changed this; load it again and look'],
  reload: ['刷新', 'Load again'],
} satisfies Texts;

type Props<Values> = {
  /** What is done, on the button and above the dialog. */
  text: string;
  kind?: 'primary' | 'default' | 'danger';
  order: { outcome: Outcome; underWay: boolean };
  /** Gives the order; true once it was done. */
  send(values: Values): Promise<boolean>;
  /** Asks for what the order is about again, where somebody else was first. */
  reload(): void;
  initial?: Partial<Values>;
  /** Form items of what the order needs. */
  children?: ReactNode;
};

/** A button that asks for what an order needs, sends it, and shows what the law says against it. */
export const OrderDialog = <Values extends object>(props: Props<Values>) => {
  const { text, kind = 'default', order, send, reload, initial, children } = props;
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const { problems, findings } = order.outcome;
  const isConflict = problems.some(({ code }) => code === 'VERSION_CONFLICT');
  // Once it is done, what the order was about may be gone, and the button with it.
  useEffect(
    () => () => {
      if (document.activeElement === document.body) focusHeading();
    },
    [],
  );
  const close = (): void => {
    setOpen(false);
    form.resetFields();
  };
  const again = (): void => {
    reload();
    close();
  };
  const submit = async (values: Values): Promise<void> => {
    if (await send(values)) close();
  };
  return (
    <>
      <Button
        type={kind === 'primary' ? 'primary' : 'default'}
        danger={kind === 'danger'}
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      <Modal
        open={isOpen}
        title={text}
        okText={text}
        cancelText={t.cancel}
        okButtonProps={{ danger: kind === 'danger' }}
        confirmLoading={order.underWay}
        onOk={() => form.submit()}
        onCancel={close}
        destroyOnHidden
      >
        <Flex vertical gap="middle">
          <Form
            form={form}
            layout="vertical"
            initialValues={initial ?? {}}
            onFinish={(values) => void submit(values)}
          >
            {children}
          </Form>
          {isConflict ? (
            <Alert
              type="warning"
              showIcon
              role="status"
              title={t.changed}
              action={<Button onClick={again}>{t.reload}</Button>}
            />
          ) : (
            <OrderOutcome outcome={{ problems, findings }} />
          )}
        </Flex>
      </Modal>
    </>
  );
};
