import { buildSchema, execute, type GraphQLError, parse, validate } from 'graphql';
import { withoutValues } from './without-values.ts';

const schema = buildSchema(`
  type Query { pupil(number: String, form: Form, kind: Kind, year: Int, id: ID): Int }
  input Form { name: String!, year: Int }
  enum Kind { PRIMARY JUNIOR }
`);
const secrets = ['张三', 'Zhang', '140105201609170018', '14010520160917001X', '13912345678', '李四'];

const ofDocument = (text: string): readonly GraphQLError[] => validate(schema, parse(text));

const ofVariables = async (type: string, value: unknown): Promise<readonly GraphQLError[]> => {
  const argument = { Form: 'form', Kind: 'kind', Int: 'year', String: 'number', ID: 'id' }[type];
  const document = parse(`query ($v: ${type}) { pupil(${argument}: $v) }`);
  return (await execute({ schema, document, variableValues: { v: value } })).errors ?? [];
};

const ofSyntax = (text: string): GraphQLError[] => {
  try {
    parse(text);
    return [];
  } catch (error) {
    return [error as GraphQLError];
  }
};

describe('a message of graphql-js, before it leaves', () => {
  test('names the variable that does not fit and not its value', async () => {
    const errors = [
      ...(await ofVariables('Form', { name: '张三; at "v.x"; 李四', year: 'Zhang' })),
      ...(await ofVariables('Form', { name: 140105201609170018n.toString(), year: '13912345678' })),
      ...(await ofVariables('Form', '14010520160917001X')),
      ...(await ofVariables('Kind', 'Zhang')),
      ...(await ofVariables('Int', '140105201609170018')),
      ...(await ofVariables('String', { 张三: 13912345678 })),
      ...(await ofVariables('ID', ['Zhang'])),
    ];
    expect(errors.length).toBeGreaterThanOrEqual(7);
    expect(secrets.some((secret) => errors.some(({ message }) => message.includes(secret)))).toBe(true);
    for (const { message } of errors) {
      const told = withoutValues(message);
      expect(told).toContain('$v');
      for (const secret of secrets) expect(told).not.toContain(secret);
    }
  });

  test('quotes names of the schema and no literal of the document', () => {
    const errors = [
      ...ofDocument('{ pupil(year: "Zhang") }'),
      ...ofDocument('{ pupil(number: 140105201609170018) }'),
      ...ofDocument('{ pupil(kind: "Zhang") }'),
      ...ofDocument('{ pupil(kind: Zhang) }'),
      ...ofDocument('{ pupil(form: { name: "张三", year: "13912345678" }) }'),
      ...ofDocument('{ pupil(id: { a: "Zhang" }) }'),
      ...ofSyntax('{ pupil(number: "张三" "Zhang") }'),
      ...ofSyntax('"Zhang" { pupil }'),
      ...ofSyntax('{ 140105201609170018 }'),
    ];
    expect(errors.length).toBeGreaterThanOrEqual(9);
    for (const { message } of errors) {
      for (const secret of secrets) expect(withoutValues(message)).not.toContain(secret);
    }
  });

  test('still tells which field is unknown', () => {
    const [error] = ofDocument('{ pupill }');
    expect(withoutValues(error?.message ?? '')).toBe(
      'Cannot query field "pupill" on type "Query". Did you mean "pupil"?',
    );
  });
});
