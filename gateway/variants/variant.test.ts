import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  buildASTSchema,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { silentLog } from '#libs/platform/log/log.ts';
import { type Guards, readGuards } from '../authorization/guards.ts';
import { composeSupergraph } from '../compose.ts';
import { loadGraph, readSupergraph } from '../federation/graph.ts';
import { type Audience, audiences } from './audiences.ts';
import { variantOf } from './variant.ts';

/** What callers see of a supergraph, and what it demands of them. */
type Seen = { schema: GraphQLSchema; guards: Guards };

const seen = (supergraph: string): Seen => {
  const document = parse(supergraph, { noLocation: true });
  return {
    schema: buildASTSchema(transformSupergraphToPublicSchema(document)),
    guards: readGuards(buildASTSchema(document, { assumeValidSDL: true })),
  };
};

let supergraph: string;
let whole: Seen;
const variants = {} as Record<Audience, Seen>;

beforeAll(async () => {
  supergraph = await readSupergraph();
  whole = seen(supergraph);
  for (const audience of audiences) variants[audience] = seen(variantOf(supergraph, audience));
});

/** Every field as `Type.field`. */
const fieldsOf = (schema: GraphQLSchema): Set<string> =>
  new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type))
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    ),
  );
const rootOf = (audience: Audience, root: 'Query' | 'Mutation' | 'Subscription'): string[] =>
  [...fieldsOf(variants[audience].schema)].flatMap((field) => {
    const [type, name = ''] = field.split('.');
    return type === root ? [name] : [];
  });

test.each(audiences)('the variant for %s has nothing that the whole has not, and less', (audience) => {
  const all = fieldsOf(whole.schema);
  const fields = fieldsOf(variants[audience].schema);
  expect([...fields].filter((field) => !all.has(field))).toEqual([]);
  expect(fields.size).toBeLessThan(all.size);
});

test.each(audiences)('in the variant for %s every type is led to and every guard is kept', (audience) => {
  const { schema, guards } = variants[audience];
  const led = new Set(
    Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) return [];
      return Object.values(type.getFields()).map((field) => getNamedType(field.type).name);
    }),
  );
  const standing = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().length === 0 && !type.name.startsWith('__'),
  );
  const unions = new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isUnionType(type) ? type.getTypes().map(({ name }) => name) : [],
    ),
  );
  const roots = ['Query', 'Mutation', 'Subscription'];
  expect(
    standing
      .map(({ name }) => name)
      .filter((name) => !led.has(name) && !unions.has(name) && !roots.includes(name)),
  ).toEqual([]);
  const demands = ({ guards: { demands, demandsOf } }: Seen, field: string) => {
    const [type = '', name = ''] = field.split('.');
    return demandsOf(type, name).map((at) => demands[at]);
  };
  expect(guards.demands.length > 0).toBe(audience !== 'public');
  for (const field of fieldsOf(schema)) {
    expect([field, demands(variants[audience], field)]).toEqual([field, demands(whole, field)]);
  }
});

test('the public asks only what nobody guards, and changes and follows nothing', () => {
  expect(rootOf('public', 'Query')).toEqual(expect.arrayContaining(['verifyCertificate', 'law', 'rule']));
  expect([...rootOf('public', 'Mutation'), ...rootOf('public', 'Subscription')]).toEqual([]);
  const guarded = [...fieldsOf(variants.public.schema)].filter((field) => {
    const [type = '', name = ''] = field.split('.');
    return whole.guards.demandsOf(type, name).length > 0;
  });
  expect(guarded).toEqual([]);
  expect(variants.public.schema.getType('TransferCase')).toBeUndefined();
});

test('guardians ask for their own child and act for it, and have nothing that registrars do', () => {
  expect(rootOf('guardian', 'Query')).toEqual(expect.arrayContaining(['student', 'transferCase', 'viewer']));
  expect(rootOf('guardian', 'Mutation')).toEqual(
    expect.arrayContaining(['fileComplaint', 'applyForTransfer']),
  );
  const ofRegistrars = [
    'registerStudent',
    'startImport',
    'decideRegistrations',
    'initiateTransfer',
    'enrollments',
    'registrars',
  ];
  const all = [...rootOf('guardian', 'Query'), ...rootOf('guardian', 'Mutation')];
  expect(all.filter((name) => ofRegistrars.includes(name))).toEqual([]);
  expect(
    all.filter((name) => /^(decide|handle|issue|revert|preview(Suspension|Registration))/.test(name)),
  ).toEqual([]);
});

test('integrators read and change nothing; the ministry changes what it decides; schools what is theirs', () => {
  expect(rootOf('integrator', 'Mutation')).toEqual([]);
  expect(rootOf('ministry', 'Mutation')).toEqual(
    expect.arrayContaining(['decideNumberDeletion', 'issueFormalNumbers']),
  );
  expect(rootOf('ministry', 'Mutation')).not.toContain('registerStudent');
  expect(rootOf('school', 'Mutation')).toEqual(
    expect.arrayContaining(['registerStudent', 'decideTransferStep']),
  );
  expect(rootOf('school', 'Mutation')).not.toContain('decideNumberDeletion');
  expect(rootOf('school', 'Mutation')).not.toContain('applyForTransfer');
});

test('the planner takes the smallest variant too, and what callers see of it is the same', async () => {
  const { schema } = await loadGraph(variantOf(supergraph, 'public'), silentLog);
  expect([...fieldsOf(schema)].toSorted()).toEqual([...fieldsOf(variants.public.schema)].toSorted());
});

test('what a variant has not cannot be asked of it', () => {
  const document = parse('mutation { registerStudent(input: {}) { findings { ruleId } } }');
  expect(validate(whole.schema, document).some(({ message }) => /Cannot query field/.test(message))).toBe(
    false,
  );
  expect(validate(variants.guardian.schema, document).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Cannot query field "registerStudent"/),
  ]);
});

test('a field that leads to guarded things alone goes with them, and an interface loses what one of its types guards', () => {
  const supergraph = composeSupergraph([
    {
      name: 'one',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@tag"])
        type Query { vault: Vault either: Either thing: Thing own: Int @authenticated @tag(name: "guardian") }
        type Vault { gold: Int @authenticated }
        union Either = Vault | Open
        type Open { a: Int }
        interface Thing { id: ID name: String }
        type Box implements Thing { id: ID name: String @authenticated }`,
    },
  ]);
  const open = variantOf(supergraph, 'public');
  const guardian = variantOf(supergraph, 'guardian');
  expect(open).not.toMatch(/vault|gold|\bown\b|Vault|name: String @?join__field|^ +name: String$/m);
  expect(open).toMatch(/union Either[^=]*= Open$/m);
  expect(open).toMatch(/thing: Thing/);
  expect(guardian).toMatch(/own: Int/);
});
