import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useRef } from 'react';
import { useStream } from './use-stream.ts';

/**
 * Calls back whenever something happened to what a subscription is about. Its first update is how things stand, which
 * whoever asks knows already.
 */
export const useLive = <Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  onChange: () => void,
): void => {
  const isFirst = useRef(true);
  useStream(document, {
    variables,
    fetchPolicy: 'no-cache',
    ignoreResults: true,
    onData: () => {
      if (!isFirst.current) onChange();
      isFirst.current = false;
    },
  });
};
