import { demoCalendars, demoPromotions } from '#deploy/demo/calendars.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
import { demoUnits, nationTree } from '#deploy/demo/units.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { directoryProjection } from '#libs/platform/directory/projection.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';

const { schools } = planNation();
const units = nationTree().units;
const facts = () => ({
  units: demoUnits(),
  schools,
  calendars: demoCalendars(),
  promotions: demoPromotions(),
});

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork({ services: ['organization'] });
});
afterAll(() => network?.stop());

const core = () => network.service('organization').core;
const rows = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  asWorker(core().worker, (tx) => query<Row>(tx, text, parameters));

test('a nation is loaded through tables and events, and everybody learns of it at once', async () => {
  const { directory } = core();
  expect((await directory.units()).size).toBe(0);
  expect(await loadOrganization(core(), facts())).toEqual({
    units: units.length,
    schools: schools.length,
    calendars: demoCalendars().length,
    promotions: demoPromotions().length,
  });
  await network.settled();
  expect((await directory.units()).size).toBe(units.length);
  expect(await directory.unit('410503')).toMatchObject({ parent: '410500', province: '410000' });
  for (const { code, place, county } of schools.slice(0, 20)) {
    expect(await directory.school(code)).toMatchObject({ code, place, county, state: 'ACTIVE' });
  }
  expect(await directory.promotions()).toHaveLength(demoPromotions().length);
});

test('loading again changes nothing and tells nothing', async () => {
  const [before] = await rows<{ seq: string }>('select seq from event_counter');
  expect(await loadOrganization(core(), facts())).toEqual({
    units: 0,
    schools: 0,
    calendars: 0,
    promotions: 0,
  });
  await network.settled();
  expect(await rows('select seq from event_counter')).toEqual([before]);
});

test('a unit that the facts name differently follows them, under the next version of its province', async () => {
  const renamed = units.map((unit) => (unit.code === '140105' ? { ...unit, name: '小店新区' } : unit));
  expect(await loadOrganization(core(), { ...facts(), units: renamed })).toMatchObject({
    units: 1,
    schools: 0,
  });
  await network.settled();
  expect(await rows(`select version, name from org_unit where code = '140105'`)).toEqual([
    { version: 2, name: '小店新区' },
  ]);
  expect(
    await rows(`select version from event_log where aggregate_id = 'units:140000' order by version`),
  ).toEqual([{ version: 1 }, { version: 2 }]);
});

test('a school’s name that people have changed meanwhile stays', async () => {
  const [school] = schools;
  await rows(`update school set name = '已更名学校' where code = $1`, [school?.code]);
  await loadOrganization(core(), facts());
  expect(await rows('select name from school where code = $1', [school?.code])).toEqual([
    { name: '已更名学校' },
  ]);
});

test('two loads at the same time write one nation', async () => {
  const other = await startNetwork({ services: ['organization'] });
  try {
    const { core: shared } = other.service('organization');
    const [one, two] = await Promise.all([
      loadOrganization(shared, facts()),
      loadOrganization(shared, facts()),
    ]);
    expect(one.units + two.units).toBe(units.length);
    expect(one.schools + two.schools).toBe(schools.length);
    await other.settled();
  } finally {
    await other.stop();
  }
});

test('versions of every aggregate are without gaps, and the copy of the facts can be rebuilt from the log', async () => {
  await network.settled();
  expect(
    await rows(
      `select aggregate_id from event_log group by aggregate_id
       having min(version) <> 1 or max(version) <> count(*)`,
    ),
  ).toEqual([]);
  const { worker, bus } = core();
  const before = await checksum(worker, directoryProjection);
  const organizationOnly = { ...directoryProjection, sources: ['organization'] };
  await reset(worker, organizationOnly);
  await replay(worker, bus, organizationOnly, silentLog);
  expect(await checksum(worker, directoryProjection)).toBe(before);
});
