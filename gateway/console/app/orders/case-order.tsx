import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { ReactNode } from 'react';
import type { Finding } from '../findings/finding-list.tsx';
import type { Paper } from '../uploads/papers.ts';
import { OrderDialog } from './order-dialog.tsx';
import { useOrder } from './use-order.ts';

type Props<Data, Input extends { idempotencyKey: string }> = {
  document: TypedDocumentNode<Data, { input: Input }>;
  text: string;
  kind?: 'primary' | 'default' | 'danger';
  /** What the order says without being asked: the case and the version that was seen. */
  seen: Partial<Input>;
  initial?: Partial<Input>;
  /** Whether it was done, which the graph says by the object, and what the law says of it. */
  answerOf(data: Data): { object: unknown; findings: readonly Finding[] };
  /** Name of the question that shows the case; asked again afterwards. */
  page: string;
  /** Which item of the form holds papers, and as what they go into the order. */
  papers?: { item: keyof Input & string; as(papers: readonly Paper[] | undefined): unknown };
  /** Form items, named as the input has them. */
  children?: ReactNode;
};

/** One order about a case: a button, what it needs, what came of it. */
export const CaseOrder = <Data, Input extends { idempotencyKey: string }>(props: Props<Data, Input>) => {
  const { document, text, kind, seen, initial, answerOf, page, papers, children } = props;
  const client = useApolloClient();
  const order = useOrder<Data, Input>(document, {
    findingsOf: (data) => answerOf(data).findings,
    refetch: [page],
  });
  const send = async (values: Partial<Input>): Promise<boolean> => {
    const sent = papers && {
      [papers.item]: papers.as(values[papers.item] as readonly Paper[] | undefined),
    };
    const content = { ...values, ...sent, ...seen };
    const data = await order.give(content as unknown as Omit<Input, 'idempotencyKey'>);
    return data !== undefined && answerOf(data).object != null;
  };
  return (
    <OrderDialog<Partial<Input>>
      text={text}
      {...(kind && { kind })}
      {...(initial && { initial })}
      order={order}
      send={send}
      reload={() => void client.refetchQueries({ include: [page] })}
    >
      {children}
    </OrderDialog>
  );
};
