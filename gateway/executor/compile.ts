import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../documents/fragments.ts';
import { isToTheLetter } from './letter.ts';
import type { Answer, Data, Operation, QueryPlan, Run, Sources } from './plan.ts';
import { type Condition, NotCompiled, selectionsOf } from './selections.ts';
import { shapeOf } from './shape.ts';
import { stepOf } from './steps.ts';

/** One operation of a document, ready to be run any number of times. */
export type Compiled = {
  /** False where these variables ask for what only the stock executor does. */
  takes(variables: Readonly<Data>): boolean;
  execute(operation: Operation, sources: Sources, takesBytes: boolean): Promise<Answer>;
};

/** What a document is compiled with: the schema of the callers, and the supergraph with all its types. */
export type Schemas = { api: GraphQLSchema; supergraph: GraphQLSchema };

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Data => {
  const defaults: Data = {};
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind === Kind.BOOLEAN) defaults[variable.name.value] = defaultValue.value;
  }
  return defaults;
};

/** Variables that decide over @skip and @include. */
const decidingIn = (document: DocumentNode): string[] => {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: [argument] = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      if (argument?.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
    },
  });
  return [...names];
};

/** The operation of the document by this plan; throws NotCompiled where the stock executor has to run it. */
export const compile = (
  { api, supergraph }: Schemas,
  document: DocumentNode,
  operationName: string | undefined,
  plan: QueryPlan,
): Compiled => {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new NotCompiled('no operation');
  const { variableDefinitions: definitions = [] } = operation;
  const root = api.getRootType(operation.operation);
  if (!root || plan.node?.kind === 'Subscription') throw new NotCompiled(operation.operation);
  if (definitions.some(({ variable }) => variable.name.value === 'representations')) {
    throw new NotCompiled('a variable named representations');
  }
  const defaults = defaultsOf(operation);
  const deciding = decidingIn(document);
  const step = plan.node && stepOf({ schema: supergraph, defaults }, plan.node);
  const isPassable = isToTheLetter({ api, supergraph }, document, operationName, plan);
  const takingBytes = isPassable ? 'UNREAD' : 'BYTE_TEXT';
  const shape = shapeOf(api, root, selectionsOf(operation.selectionSet, fragmentsOf(document)));
  const value = (variables: Readonly<Data>, name: string): unknown =>
    variables[name] === undefined ? defaults[name] : variables[name];

  const shaped = (variables: Readonly<Data>, { fetched, errors }: Run): Answer => {
    const faults: GraphQLError[] = [];
    const holds = (condition: Condition): boolean =>
      'constant' in condition ? condition.constant : value(variables, condition.variable) === condition.holds;
    const data = shape({ holds, errors: faults, path: [] }, fetched);
    if (errors.length > 0) return { errors: errors as GraphQLError[], data };
    return faults.length > 0 ? { extensions: { valueCompletion: faults }, data } : { data };
  };

  return {
    takes: (variables) => deciding.every((name) => typeof value(variables, name) === 'boolean'),
    execute: async (operation, sources, takesBytes) => {
      const variables = operation.request.variables ?? {};
      const { errors } = getVariableValues(api, definitions, variables);
      if (errors) return { errors };
      const run: Run = {
        ...{ sources, variables, request: operation, fetched: {}, errors: [] },
        taking: takesBytes ? takingBytes : 'READ',
      };
      await step?.(run, run.fetched);
      if (run.bytes) return { bytes: run.bytes };
      try {
        const answer = shaped(variables, run);
        return run.taking === 'BYTE_TEXT' ? { ...answer, isByteText: true } : answer;
      } catch (error) {
        const message = error instanceof Error ? error.message : 'Unexpected value';
        return { errors: [new GraphQLError(message, { originalError: error as Error })] };
      }
    },
  };
};
