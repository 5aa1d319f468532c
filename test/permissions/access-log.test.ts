import pg from 'pg';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { codesOf, type Visit, visit } from './support/visit.ts';

const { taiyuanPrimary } = DEMO_SCHOOLS;
const entities = `query Names($r: [_Any!]!) { _entities(representations: $r) { ... on Student { id name } } }`;

type Named = { _entities: ({ id: string; name: string } | null)[] };

describe('the access log', () => {
  let visited: Visit;
  let own: string[];
  beforeAll(async () => {
    visited = await visit(320);
    own = visited.truth.pupils
      .filter(({ school }) => visited.truth.lineOf(school).includes('140100'))
      .map(({ person }) => person);
    expect(own.length).toBeGreaterThan(101);
  });
  afterAll(() => visited?.stop());
  beforeEach(() => visited.newAuditRows('identity'));

  const names = (persons: readonly string[], headers: Record<string, string> = {}) =>
    visited.as<Named>(
      'taiyuan',
      'identity',
      entities,
      { r: persons.map((id) => ({ __typename: 'Student', id })) },
      headers,
    );

  test(
    holds('PRV-13', 'holds one line for an operation, with who, what, why and everybody who was read'),
    async () => {
      const persons = own.slice(0, 40);
      const answer = await names([...persons, ...persons], { 'x-purpose': encodeURIComponent('核对名单') });
      expect(answer.errors).toEqual([]);
      const rows = await visited.newAuditRows('identity');
      expect(rows).toHaveLength(1);
      expect(rows).toMatchObject([
        { caller: 'demo-taiyuan', unit: '140100', operation: 'Names', purpose: '核对名单', full: false },
      ]);
      expect(rows[0]?.persons.toSorted()).toEqual(persons.toSorted());
    },
  );

  test('names only those who were really read: nobody of another county', async () => {
    const foreign = visited.truth.pupils.filter(({ school }) =>
      visited.truth.lineOf(school).includes('410503'),
    );
    const answer = await names([own[0] ?? '', ...foreign.slice(0, 3).map(({ person }) => person)]);
    expect(answer.data?._entities.filter((found) => found !== null)).toHaveLength(1);
    expect(await visited.newAuditRows('identity')).toMatchObject([{ persons: [own[0]] }]);
  });

  test('holds no line where nothing about a person was read', async () => {
    const { errors } = await visited.as(
      'taiyuan',
      'identity',
      `{ problemRecords(first: 5) { edges { node { id kind } } } }`,
    );
    expect(errors).toEqual([]);
    await visited.as('beiguan', 'identity', `query ($id: ID!) { student(id: $id) { name } }`, { id: own[0] });
    expect(await visited.newAuditRows('identity')).toEqual([]);
  });

  test.each([
    ['name', 'name'],
    ['former name', 'formerName'],
    ['birthday', 'birthDate'],
    ['ethnic group', 'ethnicity'],
    ['student number', 'studentNumber'],
    ['former numbers', 'numberHistory { kind }'],
    ['document', 'identityDocument { number }'],
    ['guardians, even without their names', 'guardians { workUnit relation }'],
    ['profile', 'profile { isDisabled }'],
    ['problem records', 'problemRecords { kind }'],
  ])('has a line for a reading of the %s', async (_, field) => {
    const pupil = visited.truth.pupils.find(
      ({ school, number }) => school === taiyuanPrimary && number.startsWith('G'),
    );
    await visited.as('registrar', 'identity', `query ($id: ID!) { student(id: $id) { ${field} } }`, {
      id: pupil?.person,
    });
    expect(await visited.newAuditRows('identity')).toMatchObject([{ persons: [pupil?.person], full: false }]);
  });

  test('has a line for finding somebody by a number', async () => {
    const pupil = visited.truth.pupils.find(({ school }) => school === taiyuanPrimary);
    await visited.as('registrar', 'identity', `query ($n: String!) { studentByNumber(number: $n) { id } }`, {
      n: pupil?.number,
    });
    expect(await visited.newAuditRows('identity')).toMatchObject([{ persons: [pupil?.person] }]);
  });

  test.each([
    ['a resident ID number', '140105202005060021'],
    ['one that ends in X', '14010520200506002X'],
    ['one in wide digits', '１４０１０５２０２００５０６００２Ｘ'],
    ['a student number', 'G140105202005060021'],
    ['a telephone', '13800000000'],
  ])('keeps the caller’s words, but not %s among them', async (_, number) => {
    const named = /^\w+$/.test(number) ? `Find_${number}` : 'Find_';
    const text = `query ${named}($id: ID!) { student(id: $id) { name } }`;
    const headers = { 'x-purpose': encodeURIComponent(`核对${number}的信息`) };
    const answer = await visited.as('taiyuan', 'identity', text, { id: own[0] }, headers);
    expect(answer.errors).toEqual([]);
    const [row] = await visited.newAuditRows('identity');
    expect(row?.operation).toMatch(/^Find_G?…?$/);
    expect(row?.purpose).toMatch(/^核对G?…的信息$/);
  });

  test(holds('PRV-13', 'a hundred persons at once need no purpose'), async () => {
    const { errors, data } = await names(own.slice(0, 100));
    expect(errors).toEqual([]);
    expect(data?._entities).toHaveLength(100);
  });

  test.each([{}, { 'x-purpose': '' }, { 'x-purpose': '%20%20' }])(
    breaks('PRV-13', 'a hundred and one persons without a purpose are refused, and nothing is told: %j'),
    async (headers) => {
      const answer = await names(own.slice(0, 101), headers as Record<string, string>);
      expect(answer.errors).toMatchObject([
        {
          extensions: {
            code: 'BAD_USER_INPUT',
            problems: [{ code: 'PURPOSE_MISSING', path: ['x-purpose'] }],
          },
        },
      ]);
      expect(answer.data ?? null).toBeNull();
      expect(await visited.newAuditRows('identity')).toEqual([]);
    },
  );

  test(holds('PRV-13', 'with a purpose they are told, and the line holds all of them'), async () => {
    const answer = await names(own.slice(0, 101), { 'x-purpose': encodeURIComponent('秋季学期核对') });
    expect(answer.errors).toEqual([]);
    const [row] = await visited.newAuditRows('identity');
    expect(row?.persons).toHaveLength(101);
    expect(row?.purpose).toBe('秋季学期核对');
  });

  test(breaks('PRV-13', 'what cannot be written down is not told'), async () => {
    const owner = new pg.Client({
      connectionString: visited.nation.network.service('identity').core.config.OWNER_DATABASE_URL,
    });
    await owner.connect();
    await owner.query('alter table read_audit add constraint full_up check (false) not valid');
    try {
      const answer = await names(own.slice(0, 3));
      expect(codesOf(answer)).toEqual(['INTERNAL']);
      expect(answer.data ?? null).toBeNull();
    } finally {
      await owner.query('alter table read_audit drop constraint full_up');
      await owner.end();
    }
    expect((await names(own.slice(0, 3))).errors).toEqual([]);
  });
});
