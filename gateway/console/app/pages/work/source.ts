import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { type Problem, problemsOf } from '../../graph/problems.ts';
import type { Viewer } from '../../shell/viewer.tsx';
import type { Task, TaskKind } from './task.ts';

/** What one worklist of the graph holds for the viewer's unit. */
export type Found = { tasks: readonly Task[]; problems: readonly Problem[]; hasMore: boolean };

/** One worklist of the graph. */
export type Source = {
  kind: TaskKind;
  isFor(viewer: Viewer): boolean;
  ask(client: ApolloClient): Promise<Found>;
};

type Page<Node> = { edges: readonly { node: Node }[]; pageInfo: { hasNextPage: boolean } } | null;

type Definition<Data, Node> = {
  kind: TaskKind;
  /** Actions of the permission table: whoever has one of them has this worklist. */
  actions: readonly string[];
  document: TypedDocumentNode<Data, Record<string, never>>;
  page(data: Data): Page<Node> | undefined;
  task(node: Node): Omit<Task, 'kind'>;
};

const none = (problems: readonly Problem[]): Found => ({ tasks: [], problems, hasMore: false });

/** A worklist out of its question. */
export const source = <Data, Node>(list: Definition<Data, Node>): Source => ({
  kind: list.kind,
  isFor: ({ allowedActions }) => list.actions.some((action) => allowedActions.includes(action)),
  ask: async (client) => {
    try {
      const query = list.document as TypedDocumentNode<Data, OperationVariables>;
      const { data, error } = await client.query({ query, errorPolicy: 'all', fetchPolicy: 'network-only' });
      const page = data === undefined ? undefined : list.page(data as Data);
      if (!page) return none(problemsOf(error));
      return {
        tasks: page.edges.map(({ node }) => ({ kind: list.kind, ...list.task(node) })),
        problems: problemsOf(error),
        hasMore: page.pageInfo.hasNextPage,
      };
    } catch (error) {
      return none(problemsOf(error));
    }
  },
});
