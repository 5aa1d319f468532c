import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { carryOut } from '#deploy/operations/carry-out.ts';
import { type Order, readOrder } from '#deploy/operations/order.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { NotAProjection, rebuild } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { importWorkbook, type Registry, sampleWorkbook, startRegistry } from '#test/support/registry.ts';
import { until } from './support/checks.ts';

let registry: Registry;
let statistics: RunningService;

beforeAll(async () => {
  registry = await startRegistry({ transfers: true, tickets: true });
  statistics = registry.network.service('statistics');
  const { bytes } = await sampleWorkbook({ rows: 30, bad: 0 });
  await importWorkbook(registry, {
    who: 'registrar',
    school: DEMO_SCHOOLS.taiyuanPrimary,
    bytes,
    key: 'thirty',
  });
  await registry.settled();
});
afterAll(() => registry?.stop());

/** What the operators' command prints for these words, and whether it found all well. */
const operate = async (...words: string[]): Promise<{ well: boolean; lines: string[] }> => {
  const lines: string[] = [];
  const order = readOrder(words) as Order;
  const names = registry.network.services.map(({ name }) => name);
  const well = await carryOut(statistics.core.bus, names, order, {
    out: (line) => lines.push(line),
    progress: () => undefined,
  });
  return { well, lines };
};

const inStatistics = <Row>(text: string, ...values: unknown[]): Promise<Row[]> =>
  asWorker(statistics.core.worker, (tx) => query<Row>(tx, text, values));

const metric = async (name: string): Promise<string | undefined> => {
  const response = await fetch(`${statistics.url}/metrics`);
  const lines = (await response.text()).split('\n');
  return lines.find(
    (line) => line.startsWith(`${name}{`) && line.includes('stock') && line.includes('enrollment'),
  );
};

const readiness = async (): Promise<number> => (await fetch(`${statistics.url}/readyz`)).status;

describe('every projection of every service', () => {
  test('comes out of a rebuild as it is in service, and every reaction refuses one', async () => {
    const compared: string[] = [];
    for (const { name, core, projections } of registry.network.services) {
      for (const projection of projections) {
        const options = {
          worker: core.worker,
          workerUrl: core.config.WORKER_DATABASE_URL,
          bus: core.bus,
          projection,
          log: silentLog,
          compareOnly: true,
        };
        if (projection.tables.length === 0) {
          await expect(rebuild(options)).rejects.toThrow(NotAProjection);
          continue;
        }
        expect(await rebuild(options)).toMatchObject({ different: [], parked: 0 });
        compared.push(`${name} ${projection.name}`);
      }
    }
    expect(compared).toEqual(expect.arrayContaining(['statistics stock', 'statistics timeliness']));
    expect(compared.filter((each) => each.endsWith('directory')).length).toBe(
      registry.network.services.length,
    );
  });
});

describe('npm run operations', () => {
  test('lag shows every source and consumer, and nothing behind', async () => {
    const { well, lines } = await operate('lag');
    expect(well).toBe(true);
    const stock = lines.find((line) => line.includes('stock') && line.includes('enrollment'))?.split(/\s+/);
    expect(stock?.slice(0, 3)).toEqual(['statistics', 'stock', 'enrollment']);
    expect(stock?.slice(4)).toEqual(['0', '0']);
  });

  test('rebuild mends what compare finds', async () => {
    await inStatistics('update stock_cell set n = n + 1');
    expect(await operate('compare', 'statistics', 'stock')).toMatchObject({ well: false });
    const { well, lines } = await operate('rebuild', 'statistics', 'stock');
    expect({ well, last: lines.at(-1) }).toEqual({ well: true, last: 'Mended: stock_cell' });
    expect(await operate('compare', 'statistics', 'stock')).toMatchObject({ well: true });
  });

  test('parked shows what waits, as a gauge does, and unpark makes it take effect', async () => {
    expect(await operate('parked')).toEqual({ well: true, lines: ['Nothing is parked.'] });
    const log = registry.network.service('enrollment').core.worker;
    const [event] = await asWorker(log, (tx) =>
      query<{ seq: string; event: unknown }>(
        tx,
        `select seq, event from event_log where type = 'ImportFinished'`,
      ),
    );
    await inStatistics(
      `insert into inbox_parked values ('stock', 'enrollment', $1, 'job', $2::jsonb, 'TypeError', now())`,
      event?.seq,
      JSON.stringify(event?.event),
    );
    const { lines } = await operate('parked');
    expect(lines.at(-1)).toMatch(/^statistics {2}stock .* 1 .*TypeError$/);
    await until('gauge', async () => (await metric('xueji_inbox_parked_rows'))?.endsWith(' 1') ?? false);
    expect(await operate('unpark', 'statistics', 'stock')).toEqual({
      well: true,
      lines: ['1 events took effect, 0 stay parked'],
    });
  });

  test('refuses what would skip or double events', async () => {
    const reaction = ['identity', 'identity-registration-outcomes'] as const;
    await expect(operate('rebuild', ...reaction)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(operate('accept', ...reaction, 'enrollment', '1')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(operate('accept', 'statistics', 'stock', 'enrollment', '1')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(operate('unpark', 'statistics', 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a replaced log makes the service say so, and a rebuild resolves it', async () => {
    expect(await readiness()).toBe(200);
    expect(await operate('renew', 'enrollment')).toMatchObject({ well: true });
    const inbox = statistics.inboxes.find(
      ({ consumer, source }) => consumer === 'stock' && source === 'enrollment',
    );
    await until('refused', () => inbox?.inbox.trouble() === 'LOG_REPLACED');
    await until('not ready', async () => (await readiness()) === 503);
    expect(await metric('xueji_inbox_refused')).toMatch(/ 1$/);
    expect((await operate('lag')).lines.some((line) => line.endsWith('LOG_REPLACED'))).toBe(true);
    const readers = statistics.inboxes.filter(({ source }) => source === 'enrollment');
    for (const projection of new Set(readers.map(({ consumer }) => consumer))) {
      expect(await operate('rebuild', 'statistics', projection)).toMatchObject({ well: true });
    }
    await until('ready again', async () => (await readiness()) === 200);
  });

  test('accept lets a reaction go on in a replaced log after the number that was named', async () => {
    const { inboxes } = registry.network.service('identity');
    const own = inboxes.find(({ consumer }) => consumer === 'identity-registration-outcomes');
    const before = own?.inbox.position() ?? 0;
    await until('refused', () => own?.inbox.trouble() === 'LOG_REPLACED');
    expect(
      await operate('accept', 'identity', 'identity-registration-outcomes', 'enrollment', String(before)),
    ).toMatchObject({ well: true });
    await until('no trouble', () => own?.inbox.trouble() === undefined);
    expect(own?.inbox.position()).toBe(before);
    for (const { name, projections, inboxes: all } of registry.network.services) {
      for (const each of projections.filter(({ sources }) => sources.includes('enrollment'))) {
        if (each.name === own?.consumer) continue;
        const position = all.find(({ consumer }) => consumer === each.name)?.inbox.position() ?? 0;
        const order =
          each.tables.length > 0
            ? ['rebuild', name, each.name]
            : ['accept', name, each.name, 'enrollment', String(position)];
        expect(await operate(...order)).toMatchObject({ well: true });
      }
    }
    await until('all well', async () => (await operate('lag')).well);
  });

  test.each([
    [[]],
    [['lag', 'identity']],
    [['rebuild', 'identity']],
    [['accept', 'a', 'b', 'c', '-1']],
    [['drop', 'a', 'b']],
  ])('understands no other words: %j', (words) => {
    expect(readOrder(words)).toBeUndefined();
  });

  test('reads every stored file through when it is asked to', async () => {
    const { well, lines } = await operate('check', 'files');
    expect(well).toBe(true);
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(['SERVICE', 'enrollment']);
  });

  test('shows what is sealed by which key, seals anew what is not under the current one, and keeps a key in use', async () => {
    const { lines } = await operate('keys');
    expect(lines.find((line) => line.startsWith('identity'))).toMatch(/\(current\) +[1-9]\d* +0 +0$/);
    expect((await operate('reseal', 'identity')).lines).toEqual([
      '0 values and 0 files of identity were sealed anew',
    ]);
    const { current } = statistics.core.config.KEY_RING;
    await expect(operate('retire', 'identity', current)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
