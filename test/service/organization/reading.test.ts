import { demoIdentities } from '#deploy/demo/identities.ts';
import { nationTree } from '#deploy/demo/units.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { refusal, SCHOOLS, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

const tree = nationTree();
const inShanxi = SCHOOLS.filter((school) => school.province === '140000');
const schoolOfRegistrar = '2114000001';

describe('viewer', () => {
  const viewer = `{ viewer { name level roles department unit { code } school { id } allowedActions } }`;

  test.each(demoIdentities().map(({ name, claims }) => [name, claims] as const))(
    '%s learns who they are and where they belong',
    async (name, claims) => {
      const { data, errors } = await network.as(name, viewer);
      expect(errors).toEqual([]);
      expect(data?.viewer).toMatchObject({
        name: claims.name,
        level: claims.level,
        roles: claims.roles,
        department: claims.department ?? null,
        unit: claims.unit === undefined ? null : { code: claims.unit },
        school: claims.school === undefined ? null : { id: claims.school },
      });
    },
  );

  test('is nobody without a token', async () => {
    expect(await network.as(null, viewer)).toMatchObject({ data: { viewer: null }, errors: [] });
  });

  test('shows what the closed table grants: a registrar enters, a county decides, a guardian only reads', async () => {
    const actions = async (name: string) =>
      (await network.as<{ viewer: { allowedActions: string[] } }>(name, viewer)).data?.viewer.allowedActions;
    expect(await actions('registrar')).toContain('registration.enter');
    expect(await actions('registrar')).not.toContain('registration.decide');
    expect(await actions('xiaodian')).toEqual(
      expect.arrayContaining(['registration.decide', 'school.create', 'calendar.set']),
    );
    expect(await actions('ministry')).toContain('promotion.set');
    expect(await actions('guardian')).toEqual([
      'archive.paper',
      'archive.read',
      'assessment.read',
      'certificate.read',
      'deferral.apply',
      'deferral.read',
      'information.propose-own',
      'key-change.read',
      'key-change.withdraw-own',
      'student.read',
      'ticket.file-own',
      'ticket.read',
      'transfer.apply-own',
      'transfer.read',
      'transfer.withdraw-own',
    ]);
  });

  test('with a bad token is an error, not nobody', async () => {
    const answer = await network.graphql('organization', 'no.token.atall', viewer);
    expect(refusal(answer)).toBe('UNAUTHENTICATED');
    const expired = await network.issuer.tokenFor({ sub: 'late', level: 'COUNTY', unit: '140105' }, -60);
    expect(refusal(await network.graphql('organization', expired, viewer))).toBe('UNAUTHENTICATED');
  });
});

describe('units of the tree', () => {
  test('a unit tells its level, parent, children and the schools that it runs itself', async () => {
    const { data, errors } = await network.as(
      'guardian',
      `{ city: orgUnit(code: "140100") { name level parent { code } children { code } directSchoolCount }
         corps: orgUnit(code: "659001") { level parent { code } children { code } directSchoolCount } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.city).toEqual({
      name: '太原市',
      level: 'CITY',
      parent: { code: '140000' },
      children: tree.units.filter(({ parent }) => parent === '140100').map(({ code }) => ({ code })),
      directSchoolCount: SCHOOLS.filter(({ authority }) => authority === '140100').length,
    });
    expect(data?.corps).toMatchObject({ parent: { code: '660000' }, children: [], directSchoolCount: 0 });
  });

  test('are listed by level and parent; without a parent below the ministry', async () => {
    const { data } = await network.as<Record<string, { code: string }[]>>(
      'registrar',
      `{ provinces: orgUnits { code } same: orgUnits(level: PROVINCE) { code }
         counties: orgUnits(level: COUNTY, parent: "140100") { code } below: orgUnits(parent: "140100") { code }
         ministry: orgUnits(level: MINISTRY) { code } schools: orgUnits(level: SCHOOL) { code }
         nowhere: orgUnits(parent: "999999") { code } }`,
    );
    expect(data?.provinces).toHaveLength(32);
    expect(data?.same).toEqual(data?.provinces);
    expect(data?.counties).toEqual(data?.below);
    expect(data?.counties).toContainEqual({ code: '140171' });
    expect(data?.ministry).toEqual([{ code: '000000' }]);
    expect([data?.schools, data?.nowhere]).toEqual([[], []]);
  });

  test('the counts of many units are read in one query', async () => {
    const statements = await readsOf(
      `{ orgUnits(level: COUNTY, parent: "140000") { code directSchoolCount parent { code } } }`,
    );
    expect(statements).toBeLessThanOrEqual(4);
  });

  test('up and down the tree again and again is refused instead of worked through', async () => {
    const upAndDown =
      '{ orgUnits(level: COUNTY) { children { code } parent { children { parent { children { parent { children { code } } } } } } } }';
    const answer = await network.as('guardian', upAndDown);
    expect(refusal(answer)).toBe('COST_ESTIMATED_TOO_EXPENSIVE');
    expect(answer.data ?? null).toBeNull();
    expect(await readsOf(upAndDown, {}, ['COST_ESTIMATED_TOO_EXPENSIVE'])).toBeLessThanOrEqual(40);
  });

  test('every county of the nation with its line of authorities is within what an operation may find', async () => {
    const { data, errors } = await network.as<{ orgUnits: unknown[] }>(
      'ministry',
      '{ orgUnits(level: COUNTY) { code name directSchoolCount parent { name parent { name } } } }',
    );
    expect(errors).toEqual([]);
    expect(data?.orgUnits.length).toBeGreaterThan(2_800);
  });

  test('an unknown code is null', async () => {
    const { data, errors } = await network.as('shanxi', `{ orgUnit(code: "999999") { code } }`);
    expect([data?.orgUnit, errors]).toEqual([null, []]);
  });
});

describe('schools', () => {
  type Page = {
    schools: {
      edges: { cursor: string; node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
  const list = `query ($filter: SchoolFilter, $first: Int, $after: String) {
    schools(filter: $filter, first: $first, after: $after) {
      edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
  const page = async (name: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await network.as<Page>(name, list, { first: 200, ...variables });
    expect(errors).toEqual([]);
    return data?.schools;
  };
  const codes = async (name: string, filter: Record<string, unknown> = {}) =>
    (await page(name, { filter }))?.edges.map(({ node }) => node.id).sort();
  const codesWhere = (test: (school: (typeof SCHOOLS)[number]) => boolean) =>
    SCHOOLS.filter(test)
      .map(({ code }) => code)
      .sort();

  test('each authority lists its own range, the ministry the nation, a school itself', async () => {
    expect(await codes('ministry')).toEqual(codesWhere(() => true));
    expect(await codes('shanxi')).toEqual(codesWhere((school) => school.province === '140000'));
    expect(await codes('beiguan')).toEqual(codesWhere((school) => school.authority === '410503'));
    expect(await codes('registrar')).toEqual([schoolOfRegistrar]);
    expect(await codes('class-teacher')).toEqual([schoolOfRegistrar]);
  });

  test('a county does not list a school in its area that the city or the province runs', async () => {
    const mine = codesWhere((school) => school.authority === '140105');
    expect(await codes('xiaodian')).toEqual(mine);
    expect(codesWhere((school) => school.county === '140105').length).toBeGreaterThan(mine.length);
  });

  test.each(['guardian', 'stranger', 'integrator'])('%s lists none', async (name) => {
    expect(await codes(name)).toEqual([]);
  });

  test('filters narrow the range and never widen it', async () => {
    expect(await codes('shanxi', { unit: '140106' })).toEqual(
      codesWhere((school) => school.authority === '140106'),
    );
    expect(await codes('xiaodian', { unit: '140106' })).toEqual([]);
    expect(await codes('xiaodian', { unit: '000000' })).toEqual(
      codesWhere((school) => school.authority === '140105'),
    );
    expect(await codes('ministry', { unit: '999999' })).toEqual([]);
    expect(await codes('shanxi', { kind: 'SENIOR' })).toEqual(
      codesWhere((school) => school.province === '140000' && school.kind === 'SENIOR'),
    );
    expect(await codes('shanxi', { stage: 'JUNIOR', name: '实验' })).toEqual(
      codesWhere(
        (school) =>
          school.province === '140000' &&
          school.name.includes('实验') &&
          school.stages.some(({ stage }) => stage === 'JUNIOR'),
      ),
    );
    expect(await codes('shanxi', { name: '%' })).toEqual([]);
    expect(await codes('shanxi', { state: 'CLOSED' })).toEqual([]);
  });

  test('pages follow one another without a school twice or left out', async () => {
    const seen: string[] = [];
    let after: string | null | undefined;
    for (;;) {
      const got = await page('shanxi', { first: 7, after });
      seen.push(...(got?.edges.map(({ node }) => node.id) ?? []));
      if (got?.pageInfo.hasNextPage !== true) break;
      after = got.pageInfo.endCursor;
    }
    expect(seen.toSorted()).toEqual(inShanxi.map(({ code }) => code).toSorted());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a page of more than 200 or a foreign cursor is refused', async () => {
    expect(refusal(await network.as('shanxi', list, { first: 201 }))).toBe('BAD_USER_INPUT');
    expect(refusal(await network.as('shanxi', list, { after: 'x' }))).toBe('BAD_USER_INPUT');
  });

  test('a school shows where it stands and who is its registry authority', async () => {
    const { data, errors } = await network.as(
      'guardian',
      `{ school(id: "${schoolOfRegistrar}") { id name kind state ownership system managedBy version formerNames
           stages { stage firstYear lastYear } registryAuthority { code } province { code } city { code } county { code } } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.school).toEqual({
      id: schoolOfRegistrar,
      name: '小店区知行小学',
      kind: 'PRIMARY',
      state: 'ACTIVE',
      ownership: 'PUBLIC',
      system: 'S63',
      managedBy: 'COUNTY',
      version: 1,
      formerNames: [],
      stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 6 }],
      registryAuthority: { code: '140105' },
      province: { code: '140000' },
      city: { code: '140100' },
      county: { code: '140105' },
    });
  });
});

describe('without a token', () => {
  test.each([
    ['orgUnit', `{ orgUnit(code: "140000") { code } }`],
    ['orgUnits', `{ orgUnits { code } }`],
    ['school', `{ school(id: "${schoolOfRegistrar}") { id } }`],
    ['schools', `{ schools { edges { cursor } } }`],
    ['calendar', `{ calendar(region: "140000", schoolYear: 2025) { region } }`],
  ])('%s is refused', async (_, operation) => {
    expect(refusal(await network.as(null, operation))).toBe('UNAUTHENTICATED');
  });
});

describe('references from other subgraphs', () => {
  const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on School { id name registryAuthority { code } } ... on OrgUnit { code name } } }`;
  const representations = [
    ...SCHOOLS.slice(0, 20).map(({ code }) => ({ __typename: 'School', id: code })),
    { __typename: 'OrgUnit', code: '410503' },
    { __typename: 'School', id: '2199999999' },
  ];

  test('are resolved in order, unknown ones as null', async () => {
    const { data, errors } = await network.as<{ _entities: unknown[] }>('guardian', entities, {
      representations,
    });
    expect(errors).toEqual([]);
    expect(data?._entities).toEqual([
      ...SCHOOLS.slice(0, 20).map(({ code, name, authority }) => ({
        id: code,
        name,
        registryAuthority: { code: authority },
      })),
      { code: '410503', name: '北关区' },
      null,
    ]);
  });

  test('are batched', async () => {
    expect(await readsOf(entities, { representations })).toBeLessThanOrEqual(3);
  });

  test('are nothing without a token', async () => {
    const { data } = await network.as<{ _entities: unknown[] }>(null, entities, { representations });
    expect(new Set(data?._entities)).toEqual(new Set([null]));
  });
});

/** Transactions that an operation opens as the request role. */
const readsOf = async (
  operation: string,
  variables: Record<string, unknown> = {},
  codes: readonly string[] = [],
): Promise<number> => {
  const { em } = network.service('organization').core.app;
  const fork = em.fork;
  let count = 0;
  em.fork = (...options) => {
    count += 1;
    return fork.apply(em, options);
  };
  try {
    const { errors } = await network.as('shanxi', operation, variables);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(codes);
    return count;
  } finally {
    em.fork = fork;
  }
};

test('the request role changes no unit, and deletes neither a school nor what was done', async () => {
  const { app } = network.service('organization').core;
  const attempt = (text: string) => inScope(app, emptyScope, (tx) => query(tx, text));
  for (const text of [
    `update org_unit set name = 'x' where code = '140000'`,
    `insert into org_unit select '999999', name, level, parent, 1, 2, province, gbt2260, 1 from org_unit where code = '140105'`,
    `delete from school`,
    `delete from number_series`,
    `delete from change_record`,
    `update change_record set caller = 'x'`,
    `delete from school_registration`,
  ]) {
    await expect(attempt(text)).rejects.toMatchObject({ code: '42501' });
  }
});
