import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getOperationAST,
  isEnumType,
  isLeafType,
  isObjectType,
  OperationTypeNode,
  parse,
} from 'graphql';
import { fragmentsOf } from '../documents/fragments.ts';
import type { Schemas } from './compile.ts';
import type { QueryPlan } from './plan.ts';
import { type Selection, selectionsOf } from './selections.ts';

type Field = Extract<Selection, { kind: 'field' }>;

/** The fields of selections on one type, in the order of the answer; undefined where they depend on anything else. */
const fieldsOf = (selections: readonly Selection[], type: GraphQLObjectType): Field[] | undefined => {
  const fields = new Map<string, Field>();
  for (const selection of selections) {
    if (selection.conditions.length > 0) return undefined;
    if (selection.kind === 'fragment') {
      if (selection.typeCondition !== undefined && selection.typeCondition !== type.name) return undefined;
      const inner = fieldsOf(selection.selections, type);
      if (!inner || inner.some(({ responseName }) => fields.has(responseName))) return undefined;
      for (const field of inner) fields.set(field.responseName, field);
    } else {
      if (fields.has(selection.responseName)) return undefined;
      fields.set(selection.responseName, selection);
    }
  }
  return [...fields.values()];
};

/** Arguments need no comparison: at one place of an answer all selections of one key have the same. */
const isSameField = (one: Field, other: Field): boolean =>
  one.responseName === other.responseName && one.node.name.value === other.node.name.value;

/** Callers see all the values that services have. */
const isWholeEnum = ({ api, supergraph }: Schemas, name: string): boolean => {
  const [seen, all] = [api.getType(name), supergraph.getType(name)];
  return isEnumType(seen) && isEnumType(all) && seen.getValues().length === all.getValues().length;
};

const isSameValue = (schemas: Schemas, type: GraphQLOutputType, asked: Field, fetched: Field): boolean => {
  const named = getNamedType(type);
  if (isLeafType(named)) return !isEnumType(named) || isWholeEnum(schemas, named.name);
  return (
    isObjectType(named) && isSameObject(schemas, named, asked.selections ?? [], fetched.selections ?? [])
  );
};

const isSameObject = (
  schemas: Schemas,
  type: GraphQLObjectType,
  asked: readonly Selection[],
  fetched: readonly Selection[],
): boolean => {
  const [left, right] = [fieldsOf(asked, type), fieldsOf(fetched, type)];
  if (!left || !right || left.length !== right.length) return false;
  return left.every((field, index) => {
    const other = right[index];
    const definition = type.getFields()[field.node.name.value];
    return (
      other !== undefined &&
      definition !== undefined &&
      isSameField(field, other) &&
      isSameValue(schemas, definition.type, field, other)
    );
  });
};

/**
 * True where the plan is one fetch that asks for the operation to the letter: what its subgraph answers is then the answer,
 * byte for byte, if nothing failed. Queries of plain objects alone: nothing in them depends on a variable, a type or
 * `__typename`.
 */
export const isToTheLetter = (
  schemas: Schemas,
  document: DocumentNode,
  operationName: string | undefined,
  { node }: QueryPlan,
): boolean => {
  if (node?.kind !== 'Fetch' || node.requires || node.inputRewrites || node.outputRewrites) return false;
  const operation = getOperationAST(document, operationName);
  const type = schemas.api.getQueryType();
  const fetched = parse(node.operation);
  const sent = getOperationAST(fetched);
  if (operation?.operation !== OperationTypeNode.QUERY || !type || !sent) return false;
  return isSameObject(
    schemas,
    type,
    selectionsOf(operation.selectionSet, fragmentsOf(document)),
    selectionsOf(sent.selectionSet, fragmentsOf(fetched)),
  );
};
