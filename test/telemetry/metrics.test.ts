import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { createMeasures } from '#services/enrollment/measures.ts';
import { counterOf, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';

/** Rows of the table: the metric's name and its labels. */
const documented = async (): Promise<Map<string, string[]>> => {
  const text = await readFile(fileURLToPath(new URL('../../deploy/metrics.md', import.meta.url)), 'utf8');
  const rows = text.matchAll(/^\| `([a-z_]+)` \| \w+ \|([^|]*)\|/gm);
  return new Map(
    [...rows].map(([, name = '', labels = '']) => [
      name,
      [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label).sort(),
    ]),
  );
};

/** Families of a page of metrics in the text format, with the names of their labels. */
const familiesOf = (page: string): Map<string, Set<string>> => {
  const families = new Map<string, Set<string>>();
  for (const [, name = ''] of page.matchAll(/^# TYPE (\w+) /gm)) families.set(name, new Set());
  for (const [, series = '', labels = ''] of page.matchAll(/^(\w+)(?:\{([^}]*)\})? /gm)) {
    const name =
      [series, series.replace(/_(bucket|sum|count)$/, '')].find((each) => families.has(each)) ?? series;
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) families.get(name)?.add(label);
  }
  return families;
};

const own = /^(xueji|gateway)_/;
const setByFormat = new Set(['le', 'service']);

describe('the metrics of a running registry', () => {
  let registry: Registry;
  const form = girl(61);
  const secrets = [form.name, String(form.idDocumentNumber), '13800000000', '样例母'];

  const pageOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();

  const numberOf = async (service: RunningService, series: string): Promise<number> => {
    const line = (await pageOf(service.url)).split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length) ?? Number.NaN);
  };

  beforeAll(async () => {
    registry = await startRegistry({ tickets: true });
    await counterOf(registry).registered(taiyuanPrimary, form);
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  test('are those of the table in deploy/metrics.md, with its labels, and no others', async () => {
    const pages = await Promise.all(
      [registry.gatewayUrl, ...registry.network.services.map(({ url }) => url)].map(pageOf),
    );
    const families = new Map<string, Set<string>>();
    for (const page of pages) {
      for (const [name, labels] of familiesOf(page)) {
        families.set(name, new Set([...(families.get(name) ?? []), ...labels]));
      }
    }
    const table = await documented();
    expect([...families.keys()].filter((name) => own.test(name)).sort()).toEqual([...table.keys()].sort());
    for (const [name, labels] of families) {
      if (!own.test(name)) continue;
      const known = new Set([...(table.get(name) ?? []), ...setByFormat]);
      expect({ name, unknown: [...labels].filter((label) => !known.has(label)) }).toEqual({
        name,
        unknown: [],
      });
    }
    expect(pages.every((page) => page.includes('nodejs_eventloop_lag_p99_seconds'))).toBe(true);
  });

  test('hold no name and no number of anybody', async () => {
    for (const url of [registry.gatewayUrl, ...registry.network.services.map((each) => each.url)]) {
      const page = await pageOf(url);
      for (const secret of secrets) expect(page).not.toContain(secret);
      expect(page).not.toMatch(/="[^"]*\d{11,}/);
    }
  });

  test('tell the head of the log, an empty outbox and inboxes that are level', async () => {
    const enrollment = registry.network.service('enrollment');
    const [head] = await asWorker(enrollment.core.worker, (tx) =>
      query<{ seq: string }>(tx, 'select seq from event_counter'),
    );
    expect(Number(head?.seq)).toBeGreaterThan(0);
    expect(await numberOf(enrollment, 'xueji_log_head{service="enrollment"}')).toBe(Number(head?.seq));
    expect(await numberOf(enrollment, 'xueji_outbox_rows{service="enrollment"}')).toBe(0);
    const labels = '{consumer="directory",source="organization",service="enrollment"}';
    expect(await numberOf(enrollment, `xueji_inbox_lag_events${labels}`)).toBe(0);
    expect(await numberOf(enrollment, `xueji_inbox_lag_seconds${labels}`)).toBe(0);
    expect(await numberOf(enrollment, `xueji_inbox_refused${labels}`)).toBe(0);
    expect(await numberOf(enrollment, `xueji_inbox_parked_rows${labels}`)).toBe(0);
  });

  test('tell an intake that was left open for more than ten seconds, and import jobs by state', async () => {
    const enrollment = registry.network.service('enrollment');
    const now = () => '2026-09-02T09:00:10.000+08:00';
    const [open, jobs] = createMeasures(now);
    const rollback = new Error('only looked');
    const seen: unknown[] = [];
    const look = asWorker(enrollment.core.worker, async (tx) => {
      for (const [at, second] of ['00', '01', '10'].entries()) {
        await execute(
          tx,
          `insert into intake (intake_id, content_key, school, place, province, region, authority, facts, state, findings,
             opened_by, opened_at) values ($1, $2, 's', 1, 'p', 'r', 'a', '{}', 'COLLECTING', '[]', 'o', $3)`,
          [randomUUID(), Buffer.from([at]), `2026-09-02T09:00:${second}.000+08:00`],
        );
      }
      for (const measure of [open, jobs]) {
        seen.push(await query(tx, measure?.statement ?? '', measure?.parameters?.()));
      }
      throw rollback;
    });
    await expect(look).rejects.toBe(rollback);
    const states = ['WAITING', 'READING', 'REGISTERING', 'DONE', 'FAILED'];
    expect(seen).toEqual([
      [{ value: '1' }],
      expect.arrayContaining(states.map((state) => ({ state, value: '0' }))),
    ]);
    expect(await numberOf(enrollment, 'xueji_open_intakes{service="enrollment"}')).toBe(0);
    expect(await numberOf(enrollment, 'xueji_import_jobs{state="DONE",service="enrollment"}')).toBe(0);
  });

  test('tell connections and durations of statements by role', async () => {
    const { url } = registry.network.service('identity');
    const page = await pageOf(url);
    expect(page).toMatch(
      /xueji_pool_connections\{role="worker",state="(used|idle)",service="identity"\} [1-9]/,
    );
    expect(page).toMatch(
      /xueji_sql_seconds_count\{service="identity",role="worker",kind="select",outcome="ok"\} [1-9]/,
    );
    expect(page).toMatch(
      /xueji_sql_seconds_count\{service="identity",role="worker",kind="insert",outcome="ok"\} [1-9]/,
    );
  });

  test('a request that fails is told by its code and never by the id of the request', async () => {
    const id = randomUUID();
    await registry.ask(null, `query q { enrollment(id: "${id}") { id } }`);
    expect(await pageOf(registry.gatewayUrl)).not.toContain(id);
  });
});
