import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getVariableValues,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { Guards } from './guards.ts';
import type { Pruned } from './prune.ts';
import type { Rights } from './rights.ts';

type Path = readonly (string | number)[];
type Data = Record<string, unknown>;

/** An answer names at most so many refused places; their nulls are all there. */
const mostErrors = 200;

/** Null where the schema promises a value: the nearest nullable place above becomes null. */
const nothing = Symbol('nothing');

const refusal = (node: FieldNode, path: Path): GraphQLError =>
  new GraphQLError('无权读取此项。 You may not read this field.', {
    nodes: node,
    path: [...path],
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
  });

class Restoring {
  readonly errors: GraphQLError[] = [];
  readonly #schema: GraphQLSchema;
  readonly #guards: Guards;
  readonly #rights: Rights;
  readonly #pruned: Pruned;
  readonly #variables: Record<string, unknown>;

  constructor(schema: GraphQLSchema, guards: Guards, rights: Rights, pruned: Pruned, variables: Data) {
    this.#schema = schema;
    this.#guards = guards;
    this.#rights = rights;
    this.#pruned = pruned;
    this.#variables = variables;
  }

  root(type: GraphQLObjectType, data: Data): Data | null {
    const { fragments, operation } = this.#pruned;
    const fields = collectFields(this.#schema, fragments, this.#variables, type, operation.selectionSet);
    const result = this.#object(type, fields, data, []);
    return result === nothing ? null : (result as Data);
  }

  #object(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
    data: Data,
    path: Path,
  ): Data | typeof nothing {
    const result: Data = {};
    let broken = false;
    for (const [key, nodes] of fields) {
      const value = this.#field(type, nodes, data[key], [...path, key]);
      if (value === nothing) broken = true;
      else result[key] = value;
    }
    return broken ? nothing : result;
  }

  #field(type: GraphQLObjectType, nodes: readonly FieldNode[], value: unknown, path: Path): unknown {
    const [node] = nodes;
    if (!node) return null;
    const name = node.name.value;
    if (name === '__typename') return type.name;
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[name];
    if (!this.#rights.meets(this.#guards.demandsOf(type.name, name))) {
      if (this.errors.length < mostErrors) this.errors.push(refusal(node, path));
      return !field || isNonNullType(field.type) ? nothing : null;
    }
    return field ? this.#value(field.type, nodes, value, path) : value;
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[], value: unknown, path: Path): unknown {
    if (isNonNullType(type)) {
      const inner = this.#value(type.ofType, nodes, value, path);
      return inner === null ? nothing : inner;
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return null;
      const items = value.map((item, index) => this.#value(type.ofType, nodes, item, [...path, index]));
      return items.includes(nothing) ? null : items;
    }
    if (typeof value !== 'object' || !(isObjectType(type) || isAbstractType(type))) return value;
    const data = value as Data;
    const runtime = isObjectType(type) ? type : this.#schema.getType(String(data.__typename));
    if (!isObjectType(runtime)) return null;
    const fields = collectSubfields(this.#schema, this.#pruned.fragments, this.#variables, runtime, nodes);
    const object = this.#object(runtime, fields, data, path);
    return object === nothing ? null : object;
  }
}

/**
 * Puts what was refused back into an answer: null at each place, with an error that names it. The result has the
 * fields of the operation as the caller wrote it, in that order.
 */
export const restore = (
  schema: GraphQLSchema,
  guards: Guards,
  rights: Rights,
  pruned: Pruned,
  rawVariables: Readonly<Data>,
  data: Data,
): { data: Data | null; errors: GraphQLError[] } => {
  const root = schema.getRootType(pruned.operation.operation);
  const { coerced } = getVariableValues(schema, pruned.operation.variableDefinitions ?? [], {
    ...rawVariables,
  });
  if (!root) return { data: null, errors: [] };
  const restoring = new Restoring(schema, guards, rights, pruned, coerced ?? { ...rawVariables });
  return { data: restoring.root(root, data), errors: restoring.errors };
};
