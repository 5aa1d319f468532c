import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';

/** Milliseconds after which a stream that ended is opened again: breaks, and tokens that were renewed. */
const pause = 5_000;

type Options<Variables> = {
  variables: Variables;
  skip?: boolean;
  fetchPolicy?: 'no-cache';
  ignoreResults?: boolean;
  onData?: () => void;
};

/** Keeps a subscription open: a stream that ends is opened again, and begins with how things stand. */
export const useStream = <Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  options: Options<NoInfer<Variables>>,
): void => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const comeBack = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => stream.restart(), pause);
  };
  const stream = useSubscription(document, {
    ...options,
    onError: comeBack,
    onComplete: comeBack,
  } as useSubscription.Options<Data, Variables>);
  useEffect(() => () => clearTimeout(timer.current), []);
};

/** Keeps what a subscription tells of in the cache as it stands, and with it the page, until it is over. */
export const useFollowed = <Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  isOver: boolean,
): void => useStream(document, { variables, skip: isOver });
