import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { numberContext } from '#services/identity/person/claim-key.ts';
import { testServers } from '#test/support/database.ts';
import {
  importWorkbook,
  type JobView,
  type Registry,
  sampleWorkbook,
  startRegistry,
} from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import { type BadRequest, badBodies, badRequests, registration } from './support/bad-requests.ts';
import { listenToBroker, listenToLogs } from './support/ears.ts';
import { allOf, createFinder, secretsOfSample } from './support/secrets.ts';
import { child, form } from './support/typed-child.ts';

const school = DEMO_SCHOOLS.taiyuanPrimary;
const order = { rows: 60, bad: 20, seed: 11, entryYear: 2026 };

describe('personal data', () => {
  const logs = listenToLogs();
  let registry: Registry;
  let broker: Awaited<ReturnType<typeof listenToBroker>>;
  let job: JobView;
  let find: (text: string) => string[];
  /** Answers to bad requests, of the gateway and of the services behind it. */
  const refused: string[] = [];
  const urls: string[] = [];

  const post = async (
    url: string,
    who: string | null,
    body: string,
    headers: Record<string, string> = {},
  ) => {
    urls.push(url);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(who === null ? {} : { authorization: `Bearer ${await registry.token(who)}` }),
        ...headers,
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, headers: JSON.stringify([...response.headers]) };
  };

  const everywhere = (): string[] => [
    `${registry.gatewayUrl}/graphql`,
    ...registry.network.services.map(({ url }) => `${url}/graphql`),
  ];

  /** The same bad request to the gateway and to every service; what comes back is kept. */
  const badly = async ({ query: text, variables, who, headers }: BadRequest) => {
    for (const url of everywhere()) {
      const reply = await post(url, who, JSON.stringify({ query: text, variables }), headers);
      refused.push(reply.text, reply.headers);
    }
  };

  beforeAll(async () => {
    registry = await startRegistry({ log: logs.log, transfers: true });
    broker = await listenToBroker(registry.network.service('enrollment').core.config.NATS_PREFIX);
    const { bytes } = await sampleWorkbook(order);
    await importWorkbook(registry, { who: 'registrar', school, bytes, key: 'dry', dryRun: true });
    job = await importWorkbook(registry, { who: 'registrar', school, bytes, key: 'real' });
    const registered = await registry.ask<{
      registerStudent: { enrollment: { id: string } | null; findings: unknown[] };
    }>(
      'registrar',
      `mutation ($input: RegisterStudentInput!) { registerStudent(input: $input) { enrollment { id } findings { code message } } }`,
      { input: { idempotencyKey: 'one', school, form: form() } },
    );
    expect(registered.data?.registerStudent).toMatchObject({ enrollment: { id: expect.any(String) } });
    await registry.settled();
    const numbers = await studentNumbers(registry);
    expect(numbers.length).toBe(41);
    const secrets = secretsOfSample(order);
    expect(secrets.numbers.length).toBeGreaterThan(100);
    expect(secrets.words.length).toBeGreaterThan(50);
    find = createFinder([...allOf(secrets), ...numbers, ...Object.values(child)]);
    for (const request of badRequests(school, numbers[0] ?? '')) await badly(request);
    for (const url of everywhere()) {
      for (const body of badBodies()) {
        const reply = await post(url, 'registrar', body);
        refused.push(reply.text, reply.headers);
      }
    }
    await withBrokenTable(() => badly(registration(school, otherChild)));
    await registry.settled();
  }, 60_000);

  afterAll(async () => {
    await broker?.stop();
    await registry?.stop();
  });

  /** Makes the database itself refuse a row, as a fault of the program would. */
  const withBrokenTable = async (work: () => Promise<void>): Promise<void> => {
    const owner = new pg.Client({
      connectionString: registry.network.service('identity').core.config.OWNER_DATABASE_URL,
    });
    await owner.connect();
    try {
      await owner.query(`alter table guardian add constraint broken check (name = '') not valid`);
      await work();
    } finally {
      await owner.query('alter table guardian drop constraint broken');
      await owner.end();
    }
  };
  const otherChild = { idDocumentNumber: '140105202001060034', birthDate: '2020-01-06', formerName: null };

  test(breaks('PRV-14', 'is in no line of any log'), () => {
    expect(logs.lines.length).toBeGreaterThan(20);
    for (const { core } of registry.network.services) core.log.error({ ...child }, 'heard');
    const heard = new Set(logs.lines.map((line) => (JSON.parse(line) as { service: string }).service));
    expect([...heard]).toEqual(expect.arrayContaining(registry.network.services.map(({ name }) => name)));
    expect(logs.lines.filter((line) => find(line).length > 0)).toEqual([]);
  });

  test(
    breaks('PRV-14', 'passes over the broker in no subject, header or message and stays in no stream'),
    async () => {
      expect(broker.heard.some((text) => text.includes('identity.claim-persons'))).toBe(true);
      const kept = await broker.kept();
      expect(kept.length).toBeGreaterThan(40);
      expect([...broker.heard, ...kept].filter((text) => find(text).length > 0)).toEqual([]);
    },
  );

  test(breaks('PRV-14', 'comes back in no answer to a bad request'), () => {
    expect(refused.length).toBeGreaterThan(200);
    const faults = refused.filter((text) => text.includes('"INTERNAL"')).length;
    expect(faults).toBeGreaterThan(0);
    expect(refused.filter((text) => find(text).length > 0).map((text) => text.slice(0, 300))).toEqual([]);
  });

  test(breaks('PRV-14', 'is in no message to the clerk about a row that was refused'), () => {
    expect(job.badRows.length).toBe(20);
    expect(find(JSON.stringify(job.badRows))).toEqual([]);
  });

  test(
    breaks('PRV-14', 'is in no address, and an address with a question about somebody is not taken'),
    async () => {
      expect(job.reportUrl).not.toBeNull();
      expect(find(job.reportUrl ?? '')).toEqual([]);
      const search = new URLSearchParams({
        query: 'query ($n: String!) { studentByNumber(number: $n) { name } }',
        variables: JSON.stringify({ n: child.idDocumentNumber }),
      });
      for (const url of everywhere()) {
        const response = await fetch(`${url}?${search}`, {
          headers: {
            authorization: `Bearer ${await registry.token('registrar')}`,
            'apollo-require-preflight': '1',
          },
        });
        expect([400, 405]).toContain(response.status);
        expect(find(await response.text())).toEqual([]);
      }
      for (const { url } of registry.network.services) {
        expect(find(await (await fetch(`${url}/metrics`)).text())).toEqual([]);
      }
      expect(urls.filter((url) => find(url).length > 0)).toEqual([]);
    },
  );

  test(
    breaks('PRV-14', 'stands readable in the tables of persons and guardians, numbers of documents nowhere'),
    async () => {
      const found = new Map<string, Set<string>>();
      await eachRow(registry, (table, text) => {
        for (const secret of find(text)) found.set(table, (found.get(table) ?? new Set()).add(secret));
      });
      const places = [...found.keys()].sort();
      expect(places).toEqual(['identity.guardian', 'identity.person']);
      const documents = [child.idDocumentNumber, child.guardianNumber];
      const shown = [...found.values()].flatMap((values) => [...values]);
      expect(shown).toContain(child.name);
      expect(shown.filter((value) => documents.includes(value) || /^[GJL]?\d{17}[\dX]$/.test(value))).toEqual(
        [],
      );
    },
  );

  test(breaks('PRV-14', 'is in no line of the database server’s log'), async () => {
    const file = join(testServers().dir, 'run', 'postgres.log');
    if (!existsSync(file)) return;
    const text = await readFile(file, 'utf8');
    expect(text).toContain('broken');
    expect(find(text)).toEqual([]);
  });

  test('the search finds a value however it is written', () => {
    const { name, idDocumentNumber } = child;
    for (const text of [
      name,
      JSON.stringify({ a: name }),
      `\\u6b27\\u9633\\u6d4b\\u9690\\u79c1`,
      encodeURIComponent(name),
      Buffer.from(name).toString('base64'),
      Buffer.from(idDocumentNumber).toString('hex'),
    ]) {
      expect(find(`… ${text} …`).length).toBeGreaterThan(0);
    }
    expect(find('小店区知行小学')).toEqual([]);
  });
});

const studentNumbers = async (registry: Registry): Promise<string[]> => {
  const { worker, sealing } = registry.network.service('identity').core;
  const rows = await asWorker(worker, (tx) =>
    query<{ person_id: string; sealed: Buffer }>(tx, 'select person_id, sealed from student_number'),
  );
  return rows.map(({ person_id, sealed }) => sealing.open(sealed, numberContext(person_id)));
};

/** Every row of every table of the database as text, past all security. */
const eachRow = async (registry: Registry, take: (table: string, text: string) => void): Promise<void> => {
  const url = new URL(testServers().adminUrl);
  url.pathname = new URL(registry.network.service('identity').core.config.DATABASE_URL).pathname;
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  try {
    const { rows: tables } = await admin.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const { rows } = await admin.query<{ row: string }>(`select t::text as row from ${name} t`);
      for (const { row } of rows) take(name, row);
    }
  } finally {
    await admin.end();
  }
};
