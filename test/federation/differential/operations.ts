import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  visit,
} from 'graphql';

/** What an operation is written from, on any schema: made of numbers, so that it shrinks. */
export type Wish = { pick: number; form: number; wishes: readonly Wish[] };

const many = { depthIdentifier: 'wish', maxLength: 5 };

const { wish } = fc.letrec<{ wish: Wish }>((tie) => ({
  wish: fc.record({
    pick: fc.nat(10_000),
    form: fc.nat(999),
    wishes: fc.oneof(
      { maxDepth: 6, depthIdentifier: 'wish' },
      { weight: 1, arbitrary: fc.constant<readonly Wish[]>([]) },
      { weight: 5, arbitrary: fc.array(tie('wish'), { minLength: 1, ...many }) },
    ),
  }),
}));

export const wishes: fc.Arbitrary<Wish[]> = fc.array(wish, { minLength: 1, maxLength: 4 });

const declared: Readonly<Record<string, string>> = {
  yes: '$yes: Boolean! = true',
  no: '$no: Boolean = false',
  maybe: '$maybe: Boolean!',
  id: '$id: ID! = "2"',
  ids: '$ids: [ID!]!',
  count: '$count: Int',
  word: '$word: String',
};

/** Values of the variables, now and then none or a wrong one. */
export const variables: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    yes: fc.boolean(),
    no: fc.oneof({ weight: 20, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant(null) }),
    maybe: fc.oneof({ weight: 30, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant('x') }),
    id: fc.constantFrom('1', '2', '3', 4),
    ids: fc.array(fc.constantFrom('1', '2', '3', '4'), { maxLength: 4 }),
    count: fc.oneof(fc.nat(4), fc.constant(null)),
    word: fc.constantFrom('w', '字', null),
  },
  { requiredKeys: ['ids', 'maybe'] },
);

type Named = GraphQLNamedType & { name: string };

class Writer {
  readonly #schema: GraphQLSchema;
  /** Gives every field a key of its own by its type, so that no two fields collide. */
  readonly #apart: boolean;
  /** Nothing but objects, these fields of them, and fragments on their own type. */
  readonly #plain: ReadonlySet<string> | undefined;
  readonly #used = new Set<string>();
  readonly #fragments: string[] = [];

  constructor(schema: GraphQLSchema, how: { apart: boolean; plain?: ReadonlySet<string> }) {
    this.#schema = schema;
    this.#apart = how.apart;
    this.#plain = how.plain;
  }

  operation(list: readonly Wish[]): string {
    const mutation = this.#schema.getMutationType();
    const writes = mutation && !this.#plain && (list[0]?.form ?? 0) % 8 === 7;
    const root = writes ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error('a schema has a query type');
    const body = this.#set(root, list);
    const variables = [...this.#used].map((name) => declared[name]).join(', ');
    const head = `${writes ? 'mutation' : 'query'} Op${variables ? `(${variables})` : ''}`;
    return [`${head} ${body}`, ...this.#fragments].join('\n');
  }

  #set(type: Named, list: readonly Wish[]): string {
    return `{ ${list.map((one) => this.#selection(type, one)).join(' ')} }`;
  }

  #selection(type: Named, one: Wish): string {
    const form = one.form % 100;
    const nested = one.wishes.length > 0;
    if (this.#plain) return form >= 80 && nested ? this.#fragment(type, one) : this.#field(type, one);
    if (form < 6) return `${form < 2 ? 'kind: ' : ''}__typename${this.#directive(one)}`;
    if (isUnionType(type) && (!nested || form < 12)) return '__typename';
    if (nested && (isUnionType(type) || form >= 72)) return this.#fragment(type, one);
    return this.#field(type, one);
  }

  #fragment(type: Named, one: Wish): string {
    const narrowed = this.#narrowed(type, one);
    const on = ` on ${narrowed.name}`;
    const body = this.#set(narrowed, one.wishes);
    const directive = this.#directive(one);
    if (one.form % 100 >= 92) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push(`fragment ${name}${on} ${body}`);
      const again = one.pick % 3 === 0 ? ` ...${name}` : '';
      return `...${name}${directive}${again}`;
    }
    return `...${narrowed === type && one.pick % 2 === 0 ? '' : on}${directive} ${body}`;
  }

  /** The type itself, or one that its objects may have as well. */
  #narrowed(type: Named, { pick }: Wish): Named {
    if (this.#plain) return type;
    const possible = isInterfaceType(type) || isUnionType(type) ? this.#schema.getPossibleTypes(type) : [];
    const interfaces = (isObjectType(type) ? [type] : possible).flatMap((one) => one.getInterfaces());
    const all: Named[] = [type, ...possible, ...possible, ...interfaces];
    return all[pick % all.length] ?? type;
  }

  #field(type: Named, one: Wish): string {
    const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const fields = all.filter(({ name }) => this.#plain?.has(`${type.name}.${name}`) ?? true);
    const nested = fields.filter(({ type }) =>
      this.#plain ? isObjectType(getNamedType(type)) : isCompositeType(getNamedType(type)),
    );
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const wanted = one.wishes.length > 0 && nested.length > 0 ? nested : leaves;
    const field = wanted[one.pick % wanted.length] ?? nested[0];
    if (!field) return '__typename';
    const inner = getNamedType(field.type);
    const args = this.#arguments(field, one);
    const body = isCompositeType(inner)
      ? ` ${one.wishes.length > 0 ? this.#set(inner, one.wishes) : '{ __typename }'}`
      : '';
    return `${this.#alias(type, field, args, one)}${field.name}${args}${this.#directive(one)}${body}`;
  }

  #alias(type: Named, field: GraphQLField<unknown, unknown>, args: string, { form, pick }: Wish): string {
    const key = `${field.name}_${args.replaceAll(/\W/g, '')}`;
    if (this.#apart) return `${type.name}_${key}_${isCompositeType(getNamedType(field.type)) ? form : ''}: `;
    if (form >= 900 && pick % 40 === 0) return 'toString: ';
    return args !== '' || form % 9 === 0 ? `a_${key}: ` : '';
  }

  #arguments(field: GraphQLField<unknown, unknown>, one: Wish): string {
    const given = field.args.filter(
      ({ type }, index) => isNonNullType(type) || (one.form >> index) % 2 === 0,
    );
    if (given.length === 0) return '';
    return `(${given.map((argument) => `${argument.name}: ${this.#value(argument, one)}`).join(', ')})`;
  }

  #value({ type }: GraphQLArgument, { pick }: Wish): string {
    const plain: GraphQLInputType = isNonNullType(type) ? type.ofType : type;
    const [variable, literal] = isListType(plain)
      ? ['ids', '["1", "3"]']
      : getNamedType(plain).name === 'ID'
        ? ['id', `"${1 + (pick % 4)}"`]
        : getNamedType(plain).name === 'Int'
          ? ['count', `${pick % 5}`]
          : ['word', '"w"'];
    if (pick % 2 === 0) return literal;
    this.#used.add(variable);
    return `$${variable}`;
  }

  #directive({ form, pick }: Wish): string {
    if (this.#plain || form % 6 !== 1) return '';
    const name = ['yes', 'no', 'maybe'][pick % 3] ?? 'yes';
    const kind = pick % 2 === 0 ? 'skip' : 'include';
    if (pick % 7 === 0) return ` @${kind}(if: ${pick % 4 === 0})`;
    this.#used.add(name);
    return ` @${kind}(if: $${name})`;
  }
}

/** A valid operation of the schema. */
export const operationOf = (schema: GraphQLSchema, list: readonly Wish[]): string => {
  const text = new Writer(schema, { apart: false }).operation(list);
  return validate(schema, parse(text)).length === 0
    ? text
    : new Writer(schema, { apart: true }).operation(list);
};

/** The fields of a subgraph that it answers without having to be told anything. */
export const ownFieldsOf = ({ sdl }: { sdl: string }): ReadonlySet<string> => {
  const own = new Set<string>();
  visit(parse(sdl), {
    ObjectTypeDefinition: ({ name, fields = [] }) => {
      for (const field of fields) {
        const isForeign = field.directives?.some((one) => ['external', 'requires'].includes(one.name.value));
        if (!isForeign) own.add(`${name.value}.${field.name.value}`);
      }
    },
  });
  return own;
};

/** A valid operation of nothing but objects and the fields of one subgraph, which mostly has its whole answer there. */
export const plainOperationOf = (
  schema: GraphQLSchema,
  fields: ReadonlySet<string>,
  list: readonly Wish[],
): string => new Writer(schema, { apart: true, plain: fields }).operation(list);
