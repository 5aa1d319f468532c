import type { TypedDocumentNode } from '@apollo/client';
import { Button, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Finding } from '../../findings/finding-list.tsx';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Foreseen } from '../../orders/foreseen.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { texts } from './request-texts.ts';

type Props<Data, Preview, Input extends { idempotencyKey: string }, Draft> = {
  document: TypedDocumentNode<Data, { input: Input }>;
  /** The case that was made, where one was, and what the law says. */
  answerOf(data: Data): { made: { id: string } | null; findings: readonly Finding[] };
  /** Its page. */
  to(id: string): string;
  /** What the law would say; none where the graph judges only what is handed in. */
  preview?: {
    document: TypedDocumentNode<Preview, { input: Input }>;
    findingsOf(data: Preview): readonly Finding[] | undefined;
  };
  /** The order as far as it is filled in; undefined while there is too little to judge. */
  orderOf(draft: Draft): Omit<Input, 'idempotencyKey'> | undefined;
  submit: string;
  /** Form items. */
  children(draft: Draft): ReactNode;
};

/** What is asked about a pupil: the form, what the law says meanwhile, then the case. */
export const Asking = <Data, Preview, Input extends { idempotencyKey: string }, Draft extends object>(
  props: Props<Data, Preview, Input, Draft>,
) => {
  const { document, answerOf, to, preview, orderOf, submit, children } = props;
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState({} as Draft);
  const asked = orderOf(draft);
  const judged = orderOf(useSettled(draft));
  const order = useOrder<Data, Input>(document, { findingsOf: (data) => answerOf(data).findings });
  const send = async (): Promise<void> => {
    const data = asked && (await order.give(asked));
    const made = data && answerOf(data).made;
    if (made) navigate(to(made.id));
  };
  return (
    <>
      <div className="panels-half">
        <Panel title={t.request}>
          <Form<Draft>
            layout="vertical"
            autoComplete="off"
            onValuesChange={(_, values) => setDraft(values)}
            onFinish={() => void send()}
          >
            {children(draft)}
            <Button type="primary" htmlType="submit" disabled={!asked} loading={order.underWay}>
              {submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Panel>
      </div>
      {preview && (
        <div className="panels-half">
          <Panel title={t.preview}>
            <Foreseen
              document={preview.document}
              variables={judged && { input: { ...judged, idempotencyKey: 'preview' } as Input }}
              findingsOf={preview.findingsOf}
            />
          </Panel>
        </div>
      )}
    </>
  );
};
