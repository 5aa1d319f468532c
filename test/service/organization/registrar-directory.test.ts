import { randomUUID } from 'node:crypto';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { nominee, registrarOperations, schoolNamed } from './registrar-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
const { passed, inPost, look } = registrarOperations(() => network);
const ids: Record<'own' | 'neighbour' | 'far' | 'nominated' | 'head', string> = {
  own: '',
  neighbour: '',
  far: '',
  nominated: '',
  head: '',
};

beforeAll(async () => {
  network = await startSituation();
  ids.own = (await inPost()).id;
  ids.neighbour = (await inPost({ school: DEMO_SCHOOLS.otherTaiyuanPrimary }, 'yingze')).id;
  ids.far = (await inPost({ school: DEMO_SCHOOLS.beiguanPrimary }, 'beiguan')).id;
  ids.head = (await inPost({ school: DEMO_SCHOOLS.beiguanPrimary, roles: ['DECISION_MAKER'] }, 'beiguan')).id;
  ids.nominated = (
    await passed('beiguan', 'nominateRegistrar', nominee({ school: DEMO_SCHOOLS.beiguanPrimary }))
  ).id;
});
afterAll(() => network?.stop());

type Page = {
  edges: {
    cursor: string;
    node: { id: string; name: string; phone: string | null; subject: string | null };
  }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
};
const list = async (
  who: string | null,
  filter: Record<string, unknown> = {},
  page: Record<string, unknown> = {},
) => {
  const answer = await network.as<{ registrars: Page }>(
    who,
    `query ($filter: RegistrarFilter, $first: Int, $after: String) {
       registrars(filter: $filter, first: $first, after: $after) {
         edges { cursor node { id name phone subject } } pageInfo { hasNextPage endCursor } } }`,
    { filter, ...page },
  );
  return answer.data?.registrars ?? refusal(answer);
};
const idsOf = async (who: string, filter: Record<string, unknown> = {}) =>
  ((await list(who, filter)) as Page).edges.map(({ node }) => node.id).sort();
const sorted = (...names: (keyof typeof ids)[]) => names.map((name) => ids[name]).sort();

describe('the address book of registrars', () => {
  test(holds('ACC-14', 'shows a registrar colleagues across the nation, to be reached'), async () => {
    expect(await idsOf('registrar')).toEqual(sorted('own', 'neighbour', 'far'));
    const { data } = await network.as<{ registrar: { name: string; masked: string; whole: string } }>(
      'registrar',
      'query ($id: ID!) { registrar(id: $id) { name masked: phone whole: phone(full: true) } }',
      { id: ids.far },
    );
    expect(data?.registrar).toEqual({ name: '甄文书', masked: '154******17', whole: '15400000017' });
  });

  test(breaks('ACC-14', 'shows nobody else more than the own unit and those below'), async () => {
    expect(await idsOf('head')).toEqual(sorted('own'));
    for (const who of ['class-teacher', 'guardian', 'integrator', 'call-centre', 'information-centre']) {
      expect(await list(who)).toBe('OUT_OF_JURISDICTION');
    }
    expect(await list(null)).toBe('UNAUTHENTICATED');
    const far = await network.as('head', 'query ($id: ID!) { registrar(id: $id) { id } }', { id: ids.far });
    expect(refusal(far)).toBe('OUT_OF_JURISDICTION');
    const nobody = await network.as('head', 'query ($id: ID!) { registrar(id: $id) { id } }', {
      id: randomUUID(),
    });
    expect(nobody.errors).toEqual(far.errors);
  });

  test('outside the own range has names and telephones, and nothing of training, login and findings', async () => {
    const seen = await look('registrar', ids.far);
    expect(seen).toMatchObject({
      subject: null,
      trainings: null,
      lastUsedOn: null,
      findings: null,
      allowedActions: [],
    });
    expect(await look('beiguan', ids.far)).toMatchObject({
      trainings: ['2026-03-02'],
      lastUsedOn: '2026-03-02',
    });
  });

  test('gives an authority everybody below it, filtered by place, role, state and what is missing', async () => {
    expect(await idsOf('beiguan', { unit: '410503' })).toEqual(sorted('far', 'nominated', 'head'));
    expect(await idsOf('beiguan', { school: DEMO_SCHOOLS.beiguanPrimary, state: 'NOMINATED' })).toEqual(
      sorted('nominated'),
    );
    expect(await idsOf('beiguan', { unit: '410000', role: 'DECISION_MAKER' })).toEqual(sorted('head'));
    expect(await idsOf('beiguan', { missing: 'TRAINING' })).toEqual(sorted('nominated'));
    expect(await idsOf('beiguan', { missing: 'WEEKLY_LOGIN' })).toEqual([]);
    expect(await idsOf('registrar', { missing: 'TRAINING' })).toEqual([]);
    expect(await idsOf('registrar', { unit: '999999' })).toEqual([]);
    expect(await idsOf('registrar', { school: schoolNamed('小店区晨光小学') })).toEqual([]);
  });

  test('comes in pages that survive each other', async () => {
    const first = (await list('registrar', {}, { first: 2 })) as Page;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = (await list('registrar', {}, { first: 2, after: first.pageInfo.endCursor })) as Page;
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect([...first.edges, ...second.edges].map(({ node }) => node.id).sort()).toEqual(
      sorted('own', 'neighbour', 'far'),
    );
  });

  test(
    holds('PRV-13', 'every look at somebody is a line of the access log, full values marked'),
    async () => {
      await network.as('registrar', 'query Reach($id: ID!) { registrar(id: $id) { phone(full: true) } }', {
        id: ids.neighbour,
      });
      const { worker } = network.service('organization').core;
      const rows = await asWorker(worker, (tx) =>
        query(tx, `select caller, persons, full_values from read_audit where operation = 'Reach'`),
      );
      expect(rows).toEqual([{ caller: 'demo-registrar', persons: [ids.neighbour], full_values: true }]);
    },
  );

  test(breaks('PRV-12', 'rows of other places are not there for a request without the scope'), async () => {
    const { app } = network.service('organization').core;
    for (const table of ['registrar', 'training', 'login_day', 'account_week']) {
      const rows = await inScope(app, emptyScope, (tx) => query(tx, `select * from ${table}`));
      expect(rows).toEqual([]);
    }
  });
});
