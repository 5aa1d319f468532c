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
import { type Entry, type Fill, filling } from './fill.ts';
import { validity } from './leaves.ts';
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
      read: Pick<Entry, 'isValid' | 'value'>;
    }
  | { kind: 'typename'; key: string; conditions: Conditions }
  | {
      kind: 'fragment';
      conditions: Conditions;
      on: { names: ReadonlySet<string>; type: GraphQLCompositeType } | undefined;
      parts: readonly Part[];
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
        read: reading(key, field.type, this.#complete(field.type, selection.selections ?? [])),
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
      const conditions = all.length > 0 ? all : undefined;
      if (part.kind === 'fragment') {
        const name = told || parent.name;
        if (typeof name !== 'string') return [{ ...refused, conditions }];
        if (part.on && !part.on.names.has(name)) return [];
        return this.entries(part.parts, told, part.on?.type ?? parent, all);
      }
      const { key } = part;
      if (part.kind === 'field') return [{ key, conditions, ...part.read }];
      const value: Entry['value'] = (_, before, input) => before ?? this.#typename(input, key, parent);
      return [{ key, conditions, isValid: undefined, value }];
    });
  }

  /** Fills of objects by the type that they tell; undefined for what is no type. */
  fills(
    parts: readonly Part[],
    declared: GraphQLCompositeType,
  ): (told: string | undefined) => Fill | undefined {
    const untold = filling(this.entries(parts, undefined, declared));
    const byType = new Map<string, Fill>();
    return (told) => {
      if (!told) return untold;
      const known = byType.get(told);
      if (known) return known;
      const type = this.#composite(told);
      if (!type) return undefined;
      const fill = filling(this.entries(parts, told, type));
      byType.set(told, fill);
      return fill;
    };
  }

  #typename(input: Data, key: string, parent: GraphQLCompositeType): unknown {
    const told = input[key] ?? input.__typename;
    const type = typeof told === 'string' ? (this.#schema.getType(told) ?? parent) : parent;
    return isObjectType(type) ? type.name : missing;
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
    const fillOf = this.fills(this.parts(declared, selections), declared);
    return (shaping, output, input) => {
      if (output === null || input === null) return null;
      if (typeof input !== 'object') throw new Error('no object stands where one was promised');
      const fields = plainObject(input);
      const told = fields.__typename;
      if (told !== undefined && typeof told !== 'string') throw new Error('__typename is no text');
      const fill = fillOf(told);
      if (fill) return fill(shaping, output as Data | undefined, fields);
      tell(shaping, 'Invalid __typename.');
      return broken;
    };
  }
}

/** What an object holds itself: a list in its place has nothing of what lists can do. */
const plainObject = (input: object): Data =>
  Array.isArray(input)
    ? Object.assign(Object.create(null), input, { length: input.length })
    : (input as Data);

/** How a field is read: at once where it is a leaf, or one that must not be null, and its value may stand. */
const reading = (
  key: string,
  type: GraphQLOutputType,
  complete: Complete,
): Pick<Entry, 'isValid' | 'value'> => {
  const nullable = getNullableType(type);
  return {
    isValid: isLeafType(nullable) ? validity(nullable) : undefined,
    value: (shaping, before, input) => {
      shaping.path.push(key);
      const value = complete(shaping, before, input[key] ?? null);
      shaping.path.pop();
      return value === broken ? null : value;
    },
  };
};

/** Stands for a fragment on an object whose __typename is not even a text. */
const refused: Entry = {
  key: '',
  conditions: undefined,
  isValid: undefined,
  value: () => {
    throw new Error('__typename is no text');
  },
};

/** Throws NotCompiled where the selections hold what has to be answered otherwise, as introspection. */
export const shapeOf = (
  schema: GraphQLSchema,
  root: GraphQLCompositeType,
  selections: readonly Selection[],
): Shape => {
  const shaper = new Shaper(schema);
  const parts = shaper.parts(root, selections);
  const untold = filling(shaper.entries(parts, undefined, root));
  return (shaping, fetched) => {
    const told = fetched.__typename;
    const fill = told ? filling(shaper.entries(parts, told, root)) : untold;
    const filled = fill(shaping, undefined, fetched);
    return filled === broken ? null : filled;
  };
};
