import { loadRegistrars } from '#deploy/demo/load-registrars.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
import { demoRegistrars } from '#deploy/demo/registrars.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { holds } from '#test/support/rules.ts';
import { SCHOOLS, type Situation, startSituation } from './situation.ts';

const plan = { ...planNation(), schools: SCHOOLS };
let network: Situation;
let entered: number;
beforeAll(async () => {
  network = await startSituation();
  entered = await loadRegistrars(network.service('organization').core, plan);
  await network.settled();
});
afterAll(() => network?.stop());

describe('registrars of the demo nation', () => {
  test(
    holds(
      'ACC-18',
      'every school and every authority above one has who handles, who decides and who answers',
    ),
    async () => {
      const places = [...new Set([...demoRegistrars(plan)].map(({ workplace }) => workplace))];
      expect(places.length).toBeGreaterThan(60);
      const fields = places.map((code, nth) =>
        code.length === 10
          ? `p${nth}: school(id: "${code}") { staffFindings { code } }`
          : `p${nth}: orgUnit(code: "${code}") { staffFindings { code } }`,
      );
      const found: unknown[] = [];
      for (let from = 0; from < fields.length; from += 10) {
        const answer = await network.as<Record<string, { staffFindings: unknown[] | null }>>(
          'ministry',
          `{ ${fields.slice(from, from + 10).join(' ')} }`,
        );
        expect(answer.errors).toEqual([]);
        found.push(...Object.values(answer.data ?? {}).map(({ staffFindings }) => staffFindings));
      }
      expect(found.length).toBe(places.length);
      expect(found.filter((findings) => JSON.stringify(findings) !== '[]')).toEqual([]);
    },
  );

  test('whom one can sign in as keeps working, in the roles that were filed', async () => {
    for (const [who, roles] of [
      ['registrar', ['REGISTRAR']],
      ['head', ['DECISION_MAKER']],
      ['xiaodian', ['REGISTRAR', 'DECISION_MAKER']],
      ['ministry', ['DECISION_MAKER']],
      ['guardian', ['GUARDIAN']],
    ] as const) {
      const { data, errors } = await network.as<{ viewer: { roles: string[] } }>(who, '{ viewer { roles } }');
      expect(errors).toEqual([]);
      expect(data?.viewer.roles).toEqual(roles);
    }
  });

  test('are entered once, each step of their life an event of its own', async () => {
    const { core } = network.service('organization');
    expect(entered).toBe([...demoRegistrars(plan)].length);
    expect(await loadRegistrars(core, plan)).toBe(0);
    const told = await asWorker(core.worker, (tx) =>
      query(
        tx,
        `select type, event->'data'->>'state' as state from event_log
         where aggregate_id = (select 'registrar:' || registrar_id from registrar where subject = 'demo-registrar')
         order by version`,
      ),
    );
    expect(told).toEqual([
      { type: 'RegistrarNominated', state: 'NOMINATED' },
      { type: 'TrainingRecorded', state: 'TRAINED' },
      { type: 'RegistrarFiled', state: 'FILED' },
      { type: 'AccountActivated', state: 'ACTIVE' },
    ]);
  });

  test('have names and telephones that are nobody’s, and every login once', () => {
    const all = [...demoRegistrars(planNation())];
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(all.length);
    expect(new Set(all.map(({ phone }) => phone)).size).toBe(all.length);
    expect(all.every(({ phone }) => /^154\d{8}$/.test(phone))).toBe(true);
  });
});
