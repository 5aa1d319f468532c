import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';

/** Milliseconds after which a stream that ended is opened again: breaks, and tokens that were renewed. */
const pause = 5_000;

/**
 * Calls back whenever something happened to what a subscription is about. Its first update is how things stand, which
 * whoever asks knows already. A stream that ends is opened again.
 */
export const useLive = <Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  onChange: () => void,
): void => {
  const isFirst = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const comeBack = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => stream.restart(), pause);
  };
  const stream = useSubscription(document, {
    variables,
    fetchPolicy: 'no-cache',
    ignoreResults: true,
    onData: () => {
      if (!isFirst.current) onChange();
      isFirst.current = false;
    },
    onError: comeBack,
    onComplete: comeBack,
  } as useSubscription.Options<Data, Variables>);
  useEffect(() => () => clearTimeout(timer.current), []);
};
