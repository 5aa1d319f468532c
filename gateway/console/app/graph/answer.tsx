import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { ProblemList } from './problem-list.tsx';
import { type Problem, problemsOf } from './problems.ts';
import { texts } from './texts.ts';

type Props<Data, Variables extends OperationVariables> = {
  document: TypedDocumentNode<Data, Variables>;
  variables: NoInfer<Variables>;
  /** What is looked at of the answer; nothing there is the empty state. */
  select: (data: Data) => unknown;
  empty?: ReactNode;
  /** Stands in while nothing is known. */
  loading?: ReactNode;
  children: (data: Data, problems: readonly Problem[]) => ReactNode;
};

const isNothing = (part: unknown): boolean =>
  part === null || part === undefined || (Array.isArray(part) && part.length === 0);

/**
 * The one way from a question to what is on the screen: loading, refused or broken, empty, or the answer. While another
 * answer is under way the earlier stays and is marked as busy.
 */
export const Answer = <Data, Variables extends OperationVariables>({
  document,
  variables,
  select,
  empty,
  loading = <Skeleton active />,
  children,
}: Props<Data, Variables>) => {
  const t = useTexts(texts);
  const {
    data,
    previousData,
    error,
    loading: isUnderWay,
    refetch,
  } = useQuery(document, {
    variables,
    errorPolicy: 'all',
    fetchPolicy: 'cache-and-network',
  } as useQuery.Options<Data, Variables>);
  const shown = (data ?? previousData) as Data | undefined;
  const problems = problemsOf(error);
  const again = (): void => void refetch();
  if (shown === undefined && problems.length === 0) return <div aria-busy="true">{loading}</div>;
  if (shown === undefined || isNothing(select(shown))) {
    if (problems.length > 0) return <ProblemList problems={problems} again={again} />;
    return <div aria-busy={isUnderWay}>{empty ?? <Empty description={t.empty} />}</div>;
  }
  return <div aria-busy={isUnderWay}>{children(shown, problems)}</div>;
};
