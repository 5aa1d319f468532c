import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  buildASTSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
} from 'graphql';
import { readSubgraphs } from '#deploy/generate/subgraphs.ts';
import { readGuards } from '#gateway/authorization/guards.ts';
import { composeSupergraph } from '#gateway/compose.ts';
import { readWeights } from '#gateway/cost/weights.ts';
import { liveFields } from '#gateway/live/live-fields.ts';
import { breaks } from '#test/support/rules.ts';

const root = new URL('../../', import.meta.url);
const subgraphs = await readSubgraphs(root);
const schema = buildASTSchema(transformSupergraphToPublicSchema(parse(composeSupergraph(subgraphs))), {
  assumeValidSDL: true,
});
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);
const roots = new Set(['Query', 'Mutation', 'Subscription']);

type Described = { name: string; description: string | null | undefined };

const argumentsOf = (field: object): readonly GraphQLArgument[] =>
  'args' in field ? (field.args as readonly GraphQLArgument[]) : [];

const members = (type: GraphQLNamedType): Described[] => {
  const own = roots.has(type.name) ? [] : [{ name: type.name, description: type.description }];
  if (isEnumType(type)) {
    return [
      ...own,
      ...type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description })),
    ];
  }
  if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return own;
  return [
    ...own,
    ...Object.values(type.getFields()).flatMap((field) => [
      { name: `${type.name}.${field.name}`, description: field.description },
      ...argumentsOf(field).map((argument) => ({
        name: `${type.name}.${field.name}(${argument.name})`,
        description: argument.description,
      })),
    ]),
  ];
};

/** Chinese first, English after it. */
const bilingual = /^\p{Script=Han}[\s\S]*。\s[A-Z0-9"<][\s\S]*[.!?]$/u;

const fieldsOf = (name: string): GraphQLField<unknown, unknown>[] => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.values(type.getFields()) : [];
};

const isList = (field: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(field.type) ? field.type.ofType : field.type);

test('every type, field, argument and value is described, in Chinese first and then in English', () => {
  const wrong = types.flatMap(members).filter(({ description }) => !bilingual.test(description ?? ''));
  expect(wrong).toEqual([]);
});

test(breaks('PRV-12', 'no field of a pupil but the opaque id is read without a scope for it'), () => {
  const guards = readGuards(buildASTSchema(parse(composeSupergraph(subgraphs)), { assumeValidSDL: true }));
  const student = types.find(({ name }) => name === 'Student');
  const fields = isObjectType(student) ? Object.keys(student.getFields()) : [];
  expect(fields).toEqual(expect.arrayContaining(['name', 'ethnicity', 'enrollment']));
  const open = fields.filter(
    (field) =>
      !guards.demandsOf('Student', field).some((position) => guards.demands[position]?.kind === 'scopes'),
  );
  expect(open).toEqual(['id']);
});

/** Done once by nature: the upload itself is the key. */
const withoutKey = ['completeUpload'];

test('every mutation has one input, with an idempotency key, and answers with findings', () => {
  const wrong = fieldsOf('Mutation').filter((mutation) => {
    const [input, ...others] = mutation.args;
    const type = getNamedType(input?.type);
    if (
      others.length > 0 ||
      input?.name !== 'input' ||
      !isNonNullType(input.type) ||
      !isInputObjectType(type)
    )
      return true;
    const key = type.getFields().idempotencyKey;
    const payload = getNamedType(mutation.type);
    const findings = isObjectType(payload) && payload.getFields().findings !== undefined;
    return !findings || withoutKey.includes(mutation.name) === (String(key?.type) === 'ID!');
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

/** Lists with `first` that are no connections, each with what bounds it. */
const boundedLists: Record<string, string> = {
  'Query.importJobs': 'the latest jobs of one school',
  'SchoolClass.members': 'the pupils of one class',
  'IssueOrder.leftOut': 'the exceptions of one order, the first few hundred',
  'ImportJob.badRows': 'paged by the number of the row, which the file gives',
  'ImportJob.warnedRows': 'paged by the number of the row, which the file gives',
};

const pages = types
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
  )
  .filter(({ field }) => field.args.some(({ name }) => name === 'first'));

test('lists that grow are connections with a cursor', () => {
  const wrong = pages.filter(({ name, field }) => {
    if (boundedLists[name]) return !isList(field);
    const type = getNamedType(field.type);
    return !type.name.endsWith('Connection') || !field.args.some((argument) => argument.name === 'after');
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('a page is of a known size, at most 200', () => {
  const sizes = pages.map(({ field }) => field.args.find(({ name }) => name === 'first')?.defaultValue);
  expect(sizes.every((size) => typeof size === 'number' && size <= 200)).toBe(true);
});

test('the size of every page is told to whoever estimates what an operation costs', () => {
  const supergraph = composeSupergraph(subgraphs);
  const whole = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
  const weights = readWeights(supergraph, whole);
  const untold = Object.values(whole.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === 'first'))
        .map(({ name }) => `${type.name}.${name}`),
    )
    .filter((place) => !weights.listSize(place)?.slicingArguments.includes('first'));
  expect(untold).toEqual([]);
});

test('connections have edges with cursor and node, and page information', () => {
  for (const type of types.filter(({ name }) => name.endsWith('Connection'))) {
    const fields = isObjectType(type) ? type.getFields() : {};
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['edges', 'pageInfo']));
    const edge = fields.edges && getNamedType(fields.edges.type);
    expect(isObjectType(edge) && Object.keys(edge.getFields()).toSorted()).toEqual(['cursor', 'node']);
  }
});

test('a service that is down empties only its own root fields', () => {
  const promised = fieldsOf('Query').filter((field) => isNonNullType(field.type));
  expect(promised.map(({ name }) => name)).toEqual([]);
});

const guards = ['authenticated', 'requiresScopes', 'policy'];

test('a guarded field may be null (mutations aside), and no key is guarded', () => {
  for (const { name, sdl } of subgraphs) {
    for (const definition of parse(sdl).definitions) {
      const objects = [Kind.OBJECT_TYPE_DEFINITION, Kind.OBJECT_TYPE_EXTENSION];
      if (!('fields' in definition) || !objects.some((kind) => kind === definition.kind)) continue;
      const keys = (definition.directives ?? [])
        .filter((directive) => directive.name.value === 'key')
        .flatMap((directive) =>
          directive.arguments?.flatMap(({ value }) =>
            value.kind === Kind.STRING ? value.value.split(/\W+/) : [],
          ),
        );
      for (const field of definition.fields ?? []) {
        if (!field.directives?.some((directive) => guards.includes(directive.name.value))) continue;
        const place = `${name} ${definition.name?.value}.${field.name.value}`;
        expect({ place, key: keys.includes(field.name.value) }).toEqual({ place, key: false });
        if (definition.name?.value === 'Mutation') continue;
        expect({ place, kind: field.type.kind }).not.toEqual({ place, kind: Kind.NON_NULL_TYPE });
      }
    }
  }
});

/** What anybody may ask without a token. */
const open = [
  'complaintContacts',
  'law',
  'lawParameters',
  'publishedStatistics',
  'publishedTable',
  'publishedTables',
  'rule',
  'verdict',
  'verifyCertificate',
  'viewer',
];

test('only what is meant for everybody is open without a token', () => {
  const unguarded = subgraphs.flatMap(({ sdl }) =>
    parse(sdl).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(definition.name.value)
        ? (definition.fields ?? [])
            .filter((field) => !field.directives?.some((directive) => guards.includes(directive.name.value)))
            .map((field) => field.name.value)
        : [],
    ),
  );
  expect(unguarded.toSorted()).toEqual(open);
});

test('every subscription stands in the table of live fields, over a query and a state that exist', () => {
  expect(Object.keys(liveFields).toSorted()).toEqual(
    fieldsOf('Subscription')
      .map(({ name }) => name)
      .toSorted(),
  );
  for (const [name, live] of Object.entries(liveFields)) {
    const subscription = fieldsOf('Subscription').find((field) => field.name === name);
    const query = fieldsOf('Query').find((field) => field.name === live.query);
    expect(String(query?.type).replace('!', '')).toBe(String(subscription?.type).replace('!', ''));
    const taken = [live.about.of, ...(live.passed ?? [])];
    const open = query?.args.filter(({ type, name: own }) => isNonNullType(type) || taken.includes(own));
    expect(open?.map((argument) => argument.name)).toEqual(taken);
    expect(subscription?.args.map((argument) => argument.name)).toEqual([
      ...[live.about.argument, ...(live.passed ?? []), 'after'],
    ]);
    const type = getNamedType(query?.type);
    const hasFields = isObjectType(type) || isInterfaceType(type);
    const state = hasFields ? getNamedType(type.getFields()[live.state.field]?.type) : undefined;
    const values = isEnumType(state) ? state.getValues().map((value) => value.name) : [];
    expect(values).toEqual(expect.arrayContaining([...live.state.ends]));
  }
});

test('whose turn something is, is told by an enum, and that of a transfer by one and the same', () => {
  const parties = types
    .filter((type) => isObjectType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map(({ name, type: of }) => [type.name, name, of] as const),
    )
    .filter(([, name]) => name === 'party');
  expect(parties.filter(([, , of]) => !isEnumType(getNamedType(of)))).toEqual([]);
  const ofTransfers = parties.filter(([type]) =>
    ['TransferStep', 'TransferTurn', 'OverdueStep'].includes(type),
  );
  expect(ofTransfers.map(([, , of]) => String(of))).toEqual([
    'TransferParty!',
    'TransferParty!',
    'TransferParty!',
  ]);
});
