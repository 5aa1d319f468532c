import { randomUUID } from 'node:crypto';
import { EARLY_WARNING } from '#libs/law/privacy/early-warning.ts';
import {
  authorityDesks,
  type CaseDesk,
  caseDeskOf,
  type Desk,
  schoolDesks,
} from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary, type Counter, counterOf, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Alert = {
  id: string;
  trigger: string;
  account: string;
  workplace: string;
  count: number;
  sources: string[];
  state: string;
  outcome: string | null;
  version: number;
  allowedActions: string[];
  findings: { ruleId: string; outcome: string; code: string }[];
};

const fields = `id trigger account workplace count sources state outcome version allowedActions
  findings { ruleId outcome code }`;
const { massReadPersons, exportPersons, refusedSignIns } = EARLY_WARNING;

/** What accounts do in an hour is counted where it is kept, and told to those above the account's unit (PRV-08, PRV-09). */
describe('early warnings', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;

  const county = authorityDesks('140105');
  const city = authorityDesks('140100', 'CITY');

  beforeAll(async () => {
    registry = await startRegistry({ start: '2026-03-02T10:20:00+08:00' });
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** A line of the access log of a service, as a reading of so many pupils leaves it. */
  const read = (service: 'identity' | 'enrollment', caller: string, unit: string | null, persons: number) =>
    counter.change(
      service,
      `insert into read_audit (id, caller, unit, operation, purpose, persons, full_values, at)
       values ($1, $2, $3, 'list', 'work', array(select gen_random_uuid() from generate_series(1, $4)), false, $5)`,
      [randomUUID(), caller, unit, persons, registry.clock.now()],
    );
  const refused = async (account: string, workplace: string, times: number) => {
    for (let nth = 0; nth < times; nth++)
      await counter.change(
        'identity',
        'insert into refused_sign_in (id, account, workplace, at) values ($1, $2, $3, $4)',
        [randomUUID(), account, workplace, registry.clock.now()],
      );
  };
  /** Everything that was counted by an instant is raised and told. */
  const at = async (instant: string) => {
    registry.clock.moveTo(instant);
    await registry.network.service('statistics').atRest();
    await registry.settled();
  };
  const alerts = async (who: Desk, account: string): Promise<Alert[]> => {
    const { data } = await desk.ask<{ securityAlerts: { edges: { node: Alert }[] } | null }>(
      who,
      `{ securityAlerts(first: 200) { edges { node { ${fields} } } } }`,
    );
    const found = data?.securityAlerts?.edges.map(({ node }) => node) ?? [];
    return found.filter((alert) => alert.account === account);
  };
  const move = (who: Desk, name: 'acknowledge' | 'settle', alert: Alert, more: object = {}) => {
    const type = `${name === 'settle' ? 'Settle' : 'Acknowledge'}SecurityAlertInput`;
    return desk.ask<Record<string, { alert: Alert }>>(
      who,
      `mutation ($i: ${type}!) { ${name}SecurityAlert(input: $i) { alert { ${fields} } } }`,
      { i: { idempotencyKey: randomUUID(), alert: alert.id, expectedVersion: alert.version, ...more } },
    );
  };
  const orders = async (who: Desk) => {
    const { data } = await desk.ask<{
      correctionOrders: { edges: { node: { id: string; kind: string; findings: { ruleId: string }[] } }[] };
    }>(who, '{ correctionOrders(first: 50) { edges { node { id kind findings { ruleId } } } } }');
    return data?.correctionOrders.edges.map(({ node }) => node) ?? [];
  };

  test(
    breaks('PRV-08', 'one alert comes of each account, trigger and hour, however many services tell of it'),
    async () => {
      await read('identity', 'reader', taiyuanPrimary, massReadPersons);
      await read('enrollment', 'reader', taiyuanPrimary, massReadPersons + 5);
      await refused('reader', taiyuanPrimary, refusedSignIns);
      await at('2026-03-02T11:00:30+08:00');
      expect(await alerts(county.head, 'reader')).toEqual([]);
      await at('2026-03-02T11:02:00+08:00');
      await at('2026-03-02T12:30:00+08:00');
      const found = await alerts(county.head, 'reader');
      expect(found.map(({ trigger }) => trigger).sort()).toEqual(['FAILED_LOGINS', 'MASS_READ']);
      const mass = found.find(({ trigger }) => trigger === 'MASS_READ');
      expect(mass).toMatchObject({
        ...{ workplace: taiyuanPrimary, count: massReadPersons + 5, sources: ['enrollment', 'identity'] },
        findings: [{ ruleId: 'PRV-08', outcome: 'RECORD', code: 'SECURITY_ALERT' }],
      });
      const told = await counter.rows<{ type: string }>(
        'statistics',
        `select type from event_log where aggregate_id = $1`,
        [`alert:${mass?.id}`],
      );
      expect(told).toEqual([{ type: 'SecurityAlertRaised' }]);
    },
  );

  test(
    holds('PRV-08', 'none below the figures, by day, of families, and where the text is not in force'),
    async () => {
      await read('identity', 'modest', taiyuanPrimary, massReadPersons - 1);
      await read('identity', 'family', null, massReadPersons);
      await read('identity', 'elsewhere', beiguanPrimary, massReadPersons);
      await refused('modest', taiyuanPrimary, refusedSignIns - 1);
      await at('2026-03-02T23:10:00+08:00');
      await read('identity', 'at night', taiyuanPrimary, exportPersons);
      await at('2026-03-03T09:00:00+08:00');
      const rows = await counter.rows<{ account: string }>(
        'statistics',
        'select account from security_alert',
      );
      expect(rows.map(({ account }) => account).filter((account) => account !== 'reader')).toEqual([]);
      expect(await alerts(authorityDesks('410503').head, 'elsewhere')).toEqual([]);
    },
  );

  test(
    holds('PRV-08', 'it is for those above: neither the school nor another county hears of it'),
    async () => {
      expect(await alerts(city.head, 'reader')).toHaveLength(2);
      for (const who of [schoolDesks(taiyuanPrimary).head, authorityDesks('410503').head, county.registrar])
        expect(await alerts(who, 'reader')).toEqual([]);
      const [alert] = await alerts(county.head, 'reader');
      if (alert === undefined) throw new Error('No alert');
      const { errors } = await move(authorityDesks('410503').head, 'acknowledge', alert);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test(
    breaks('PRV-09', 'settled as a breach, it leads to one correction order against the unit, which sees it'),
    async () => {
      await at('2026-03-03T23:10:00+08:00');
      await read('identity', 'exporter', taiyuanPrimary, exportPersons + 1);
      await at('2026-03-04T09:00:00+08:00');
      const [alert] = await alerts(county.head, 'exporter');
      if (alert === undefined) throw new Error('No alert');
      expect(alert).toMatchObject({ trigger: 'OFF_HOURS_EXPORT', allowedActions: ['ACKNOWLEDGE', 'SETTLE'] });
      const taken = desk.answered(await move(county.head, 'acknowledge', alert)).acknowledgeSecurityAlert
        ?.alert;
      expect(taken).toMatchObject({ state: 'ACKNOWLEDGED', version: 2, allowedActions: ['SETTLE'] });
      const again = await move(county.head, 'settle', alert, { outcome: 'BREACH', note: '导出后外传' });
      expect(again.errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
      const numbered = await move(county.head, 'settle', taken ?? alert, {
        ...{ outcome: 'BREACH', note: '导出G11010519491231002X' },
      });
      expect(numbered.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      const done = await move(county.head, 'settle', taken ?? alert, {
        outcome: 'BREACH',
        note: '导出后外传',
      });
      expect(desk.answered(done).settleSecurityAlert?.alert).toMatchObject({
        state: 'SETTLED',
        outcome: 'BREACH',
      });
      await registry.settled();
      const order = { id: alert.id, kind: 'DATA_RULES_BROKEN', findings: [{ ruleId: 'PRV-09' }] };
      expect(await orders(schoolDesks(taiyuanPrimary).head)).toEqual([order]);
      expect(await orders(county.head)).toEqual([order]);
    },
  );

  test(holds('PRV-09', 'settled as what had its reason, it leads to none'), async () => {
    for (const alert of await alerts(county.head, 'reader')) {
      const done = await move(county.head, 'settle', alert, { outcome: 'EXPLAINED', note: '学年初集中核对' });
      expect(desk.answered(done).settleSecurityAlert?.alert).toMatchObject({
        state: 'SETTLED',
        allowedActions: [],
      });
    }
    await registry.settled();
    expect(await orders(county.head)).toHaveLength(1);
  });
});
