import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import {
  broken,
  type Complete,
  completeLeaf,
  completeList,
  completeNonNull,
  missing,
  type Shaping,
  tell,
} from './complete.ts';
import { type IsValid, validity } from './leaves.ts';
import type { Data } from './plan.ts';
import { type Condition, NotCompiled, type Selection } from './selections.ts';
import { namesWithin } from './types.ts';

type Conditions = readonly Condition[];

/** A selection with the types of its place. */
type Part =
  | {
      kind: 'field';
      key: string;
      conditions: Conditions;
      complete: Complete;
      isValid: IsValid | undefined;
    }
  | { kind: 'typename'; key: string; conditions: Conditions }
  | {
      kind: 'fragment';
      conditions: Conditions;
      on: { names: ReadonlySet<string>; type: GraphQLCompositeType } | undefined;
      parts: readonly Part[];
    };

/** A field of an object whose type is known; `complete` is undefined for a __typename. */
type Entry = {
  key: string;
  conditions: Conditions | undefined;
  complete: Complete | undefined;
  /** Whether a value stands as it is; undefined for what is no leaf. */
  isValid: IsValid | undefined;
  /** What the type is where the object does not tell it. */
  parent: GraphQLCompositeType;
};

/** Makes the whole answer out of all that was fetched; null where a null went up to the top. */
export type Shape = (shaping: Shaping, fetched: Data) => Data | null;

class Shaper {
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  parts(type: GraphQLCompositeType, selections: readonly Selection[]): Part[] {
    return selections.map((selection): Part => {
      const { conditions } = selection;
      if (selection.kind === 'fragment') {
        const { typeCondition } = selection;
        const narrowed = typeCondition === undefined ? type : this.#composite(typeCondition);
        if (!narrowed) throw new NotCompiled('an unknown type');
        const on =
          typeCondition === undefined
            ? undefined
            : { names: namesWithin(this.#schema, typeCondition), type: narrowed };
        return { kind: 'fragment', conditions, on, parts: this.parts(narrowed, selection.selections) };
      }
      const { responseName: key, node } = selection;
      if (node.name.value === '__typename') return { kind: 'typename', key, conditions };
      const field = isUnionType(type) ? undefined : type.getFields()[node.name.value];
      if (!field) throw new NotCompiled('introspection');
      return {
        kind: 'field',
        key,
        conditions,
        complete: this.#complete(field.type, selection.selections ?? []),
        isValid: leafValidity(field.type),
      };
    });
  }

  /** The fields of an object of the type that it tells, in their order; `parent` where it tells none. */
  entries(
    parts: readonly Part[],
    told: unknown,
    parent: GraphQLCompositeType,
    above: Conditions = [],
  ): Entry[] {
    return parts.flatMap((part) => {
      const all = [...above, ...part.conditions];
      if (part.kind === 'fragment') {
        const name = told || parent.name;
        if (typeof name !== 'string')
          return [{ key: '', conditions: all, complete: refuseType, isValid: undefined, parent }];
        if (part.on && !part.on.names.has(name)) return [];
        return this.entries(part.parts, told, part.on?.type ?? parent, all);
      }
      const { complete, isValid } = part.kind === 'field' ? part : nameOfType;
      return [{ key: part.key, conditions: all.length > 0 ? all : undefined, complete, isValid, parent }];
    });
  }

  /** False where a null goes up beyond the object. */
  fill(entries: readonly Entry[], shaping: Shaping, output: Data, input: Data): boolean {
    for (const { key, conditions, complete, isValid, parent } of entries) {
      if (conditions && !conditions.every(shaping.holds)) continue;
      if (isValid && output[key] === undefined) {
        const value = input[key];
        if (value !== undefined && value !== null && isValid(value)) {
          output[key] = value;
          continue;
        }
      }
      if (!complete) {
        output[key] ??= this.#typename(input, key, parent);
        if (output[key] === undefined) return false;
        continue;
      }
      shaping.path.push(key);
      const value = complete(shaping, output[key], input[key] ?? null);
      shaping.path.pop();
      if (value === missing) return false;
      output[key] = value === broken ? null : value;
    }
    return true;
  }

  #typename(input: Data, key: string, parent: GraphQLCompositeType): string | undefined {
    const told = input[key] ?? input.__typename;
    const type = typeof told === 'string' ? (this.#schema.getType(told) ?? parent) : parent;
    return isObjectType(type) ? type.name : undefined;
  }

  #composite(name: string): GraphQLCompositeType | undefined {
    const type = this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #complete(type: GraphQLOutputType, selections: readonly Selection[]): Complete {
    const isLeaf = isLeafType(getNamedType(type));
    if (isNonNullType(type)) return completeNonNull(this.#complete(type.ofType, selections), isLeaf);
    if (isListType(type)) return completeList(this.#complete(type.ofType, selections), isLeaf);
    return isCompositeType(type) ? this.#completeObject(type, selections) : completeLeaf(type);
  }

  #completeObject(declared: GraphQLCompositeType, selections: readonly Selection[]): Complete {
    const parts = this.parts(declared, selections);
    const untold = this.entries(parts, undefined, declared);
    const byType = new Map<string, readonly Entry[]>();
    const entriesOf = (told: string): readonly Entry[] | undefined => {
      const known = byType.get(told);
      if (known) return known;
      const type = this.#composite(told);
      if (!type) return undefined;
      const found = this.entries(parts, told, type);
      byType.set(told, found);
      return found;
    };
    return (shaping, output, input) => {
      if (output === null || input === null) return null;
      if (typeof input !== 'object') throw new Error('no object stands where one was promised');
      const fields = plainObject(input);
      const told = fields.__typename;
      if (told !== undefined && typeof told !== 'string') throw new Error('__typename is no text');
      const entries = told ? entriesOf(told) : untold;
      if (!entries) {
        tell(shaping, 'Invalid __typename.');
        return broken;
      }
      const filled = (output ?? {}) as Data;
      return this.fill(entries, shaping, filled, fields) ? filled : broken;
    };
  }
}

/** What an object holds itself: a list in its place has nothing of what lists can do. */
const plainObject = (input: object): Data =>
  Array.isArray(input)
    ? Object.assign(Object.create(null), input, { length: input.length })
    : (input as Data);

const nameOfType = { complete: undefined, isValid: undefined };

/** Of a leaf, and of one that must not be null: a list of them is looked through. */
const leafValidity = (type: GraphQLOutputType): IsValid | undefined => {
  const nullable = getNullableType(type);
  return isLeafType(nullable) ? validity(nullable) : undefined;
};

/** Stands for a fragment on an object whose __typename is not even a text. */
const refuseType: Complete = () => {
  throw new Error('__typename is no text');
};

/** Throws NotCompiled where the selections hold what has to be answered otherwise, as introspection. */
export const shapeOf = (
  schema: GraphQLSchema,
  root: GraphQLCompositeType,
  selections: readonly Selection[],
): Shape => {
  const shaper = new Shaper(schema);
  const parts = shaper.parts(root, selections);
  const untold = shaper.entries(parts, undefined, root);
  return (shaping, fetched) => {
    const told = fetched.__typename;
    const entries = told ? shaper.entries(parts, told, root) : untold;
    const output: Data = {};
    return shaper.fill(entries, shaping, output, fetched) ? output : null;
  };
};
