import type {
  ApolloGateway,
  Experimental_DidResolveQueryPlanCallback,
  GraphQLDataSource,
} from '@apollo/gateway';

type StockExecutor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];
export type Operation = Parameters<StockExecutor>[0];
export type Answer = Awaited<ReturnType<StockExecutor>> & {
  /** The answer in JSON, as the one subgraph of its plan wrote it; there is no `data` beside it. */
  bytes?: Buffer;
  /** The texts in `data` are ByteText; those of errors never are. */
  isByteText?: boolean;
};

/** A plan as Apollo's planner makes it; its parts are named as there. */
export type QueryPlan = Parameters<Experimental_DidResolveQueryPlanCallback>[0]['queryPlan'];
type AnyNode = NonNullable<QueryPlan['node']>;
export type PlanNode = Exclude<AnyNode, { kind: 'Subscription' }>;
type NodeOf<K extends PlanNode['kind']> = Extract<PlanNode, { kind: K }>;
export type FetchNode = NodeOf<'Fetch'>;
export type FlattenNode = NodeOf<'Flatten'>;
export type ConditionNode = NodeOf<'Condition'>;
export type ResponsePath = FlattenNode['path'];
export type Required = NonNullable<FetchNode['requires']>[number];
export type Rewrite = NonNullable<FetchNode['outputRewrites']>[number];

/** A JSON object of an answer, or what is being put together from several. */
export type Data = Record<string, unknown>;

/** Where the parts of an operation are fetched, by the name of the subgraph. */
export type Sources = ReadonlyMap<string, Source>;
type Asked = Parameters<GraphQLDataSource['process']>[0];
/**
 * How answers of subgraphs are taken. `READ`: as JSON is. `BYTE_TEXT`: with ByteText for the texts of their data, as those of
 * representations are then. `UNREAD`: one that its subgraph says to be whole may stay as it came.
 */
export type Taking = 'READ' | 'BYTE_TEXT' | 'UNREAD';
export type Source = { process(asked: Asked & { taking?: Taking }): Promise<SourceAnswer> };
export type IncomingKind = Extract<
  Parameters<GraphQLDataSource['process']>[0],
  { incomingRequestContext: unknown }
>['kind'];
export type SourceAnswer = Awaited<ReturnType<GraphQLDataSource['process']>> & { bytes?: Buffer };

/** One operation under way. */
export type Run = {
  readonly sources: Sources;
  readonly variables: Readonly<Data>;
  /** What the sources are told of the operation. */
  readonly request: Operation;
  /** All that was fetched until now. */
  readonly fetched: Data;
  readonly errors: unknown[];
  readonly taking: Taking;
  /** The answer itself, where the one fetch of the plan brought it. */
  bytes?: Buffer;
};

/** Does a part of a plan on the data that it starts from; ends when all of it is fetched and merged. */
export type Step = (run: Run, data: unknown) => Promise<void>;
