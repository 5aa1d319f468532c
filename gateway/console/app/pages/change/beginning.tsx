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
import { PapersField } from '../../uploads/papers-field.tsx';
import { texts } from './begin-texts.ts';
import { type Drafted, requestOf } from './change-draft.ts';
import { HandlingFields } from './handling-fields.tsx';

/** The registration that is to change, as it was seen. */
export type Registration = { id: string; version: number; stage: string; grade: number };

type Order = { idempotencyKey: string; enrollment: string; expectedVersion: number };
type Asked<Input> = Omit<Input, keyof Order>;
type Draft<Input> = Partial<Asked<Input>> & Drafted;
type Begun = { case: { id: string } | null; findings: readonly Finding[] };

type Props<Data, Preview, Input extends Order> = {
  registration: Registration;
  document: TypedDocumentNode<Data, { input: Input }>;
  begunBy(data: Data): Begun;
  preview: TypedDocumentNode<Preview, { input: Input }>;
  foreseenBy(data: Preview): readonly Finding[] | undefined;
  /** Items without which there is nothing to judge. */
  needed: readonly (keyof Asked<Input>)[];
  initial?: Draft<Input>;
  /** What this kind of change asks for. */
  children(draft: Draft<Input>): ReactNode;
};

/** The school begins a change of a registration: what it needs, what the law says meanwhile, then the case. */
export const Beginning = <Data, Preview, Input extends Order>(props: Props<Data, Preview, Input>) => {
  const { registration, document, begunBy, preview, foreseenBy, needed, children } = props;
  const initial = (props.initial ?? {}) as Draft<Input>;
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
  const settled = useSettled(draft);
  const seen = { enrollment: registration.id, expectedVersion: registration.version };
  const contentOf = (given: Draft<Input>) => {
    const asked = requestOf<Asked<Input>>(given, needed);
    return asked && ({ ...seen, ...asked } as unknown as Omit<Input, 'idempotencyKey'>);
  };
  const judged = contentOf(settled);
  const order = useOrder<Data, Input>(document, { findingsOf: (data) => begunBy(data).findings });
  const send = async (): Promise<void> => {
    const content = contentOf(draft);
    const data = content && (await order.give(content));
    const begun = data && begunBy(data).case;
    if (begun) navigate(`/work/changes/${begun.id}`);
  };
  return (
    <>
      <div className="panels-half">
        <Panel title={t.request}>
          <Form<Draft<Input>>
            layout="vertical"
            autoComplete="off"
            scrollToFirstError
            initialValues={initial}
            onValuesChange={(_, values) => setDraft(values)}
            onFinish={() => void send()}
          >
            {children(draft)}
            <HandlingFields mode={draft.handling?.mode} />
            <Form.Item name="evidence" label={t.papers}>
              <PapersField kinds="EvidenceKind" withIssuer />
            </Form.Item>
            <Button type="primary" htmlType="submit" disabled={!contentOf(draft)} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Panel>
      </div>
      <div className="panels-half">
        <Panel title={t.preview}>
          <Foreseen
            document={preview}
            variables={judged && { input: { ...judged, idempotencyKey: 'preview' } as unknown as Input }}
            findingsOf={foreseenBy}
          />
        </Panel>
      </div>
    </>
  );
};
