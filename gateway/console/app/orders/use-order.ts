import type { TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import type { Finding } from '../findings/finding-list.tsx';
import { type Problem, problemsOf } from '../graph/problems.ts';
import { type Keyed, keyFor } from './order-key.ts';

/** What came of an order: what the graph complains of, and what the law says. */
export type Outcome = { problems: readonly Problem[]; findings: readonly Finding[] };

const nothing: Outcome = { problems: [], findings: [] };

type Options<Data> = {
  findingsOf(data: Data): readonly Finding[];
  /** Names of questions to ask again once the order was answered. */
  refetch?: string[];
};

/**
 * Gives an order. The same order, given again before it was answered, has the same key, so that nothing is done twice;
 * another content is another order.
 */
export const useOrder = <Data, Input extends { idempotencyKey: string }>(
  document: TypedDocumentNode<Data, { input: Input }>,
  { findingsOf, refetch = [] }: Options<Data>,
) => {
  const [mutate, { loading }] = useMutation<Data, { input: Input }>(document, { errorPolicy: 'all' });
  const kept = useRef<Keyed>(undefined);
  const [outcome, setOutcome] = useState(nothing);
  const give = async (content: Omit<Input, 'idempotencyKey'>): Promise<Data | undefined> => {
    kept.current = keyFor(content, kept.current);
    const input = { ...content, idempotencyKey: kept.current.key } as Input;
    const { data, error } = await mutate({
      variables: { input },
      refetchQueries: refetch,
      awaitRefetchQueries: true,
    }).catch((cause: unknown) => ({ data: undefined, error: cause }));
    const answered = (data ?? undefined) as Data | undefined;
    if (answered !== undefined) kept.current = undefined;
    setOutcome({
      problems: problemsOf(error),
      findings: answered === undefined ? [] : findingsOf(answered),
    });
    return answered;
  };
  return { give, outcome, underWay: loading };
};
