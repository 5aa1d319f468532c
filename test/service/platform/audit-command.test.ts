import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLog } from '#deploy/audit/check.ts';
import { localLogs } from '#deploy/audit/logs.ts';
import { parseAuditOrder } from '#deploy/audit/options.ts';
import { Failure, Help } from '#deploy/local/failure.ts';
import { openPostgresHome } from '#deploy/local/postgres-home.ts';
import { openSecrets } from '#deploy/local/secrets.ts';
import { localPaths, makeStateDir } from '#deploy/local/state.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { sealOnce } from '#libs/platform/audit/sealer.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';

const root = mkdtempSync(join(tmpdir(), 'audit-'));
const paths = localPaths(root);
const homes: string[] = [];
afterAll(() => {
  for (const dir of [...homes, root]) rmSync(dir, { recursive: true, force: true });
});

describe('npm run audit', () => {
  test('without options means every service of the local registry', () => {
    expect(parseAuditOrder([])).toEqual({ kind: 'LOCAL' });
  });

  test.each([[['--anchor', 'x']], [['--colour']], [['extra']]])('tells how it is used for %j', (args) => {
    expect(() => parseAuditOrder(args)).toThrow(Failure);
    expect(() => parseAuditOrder(args)).toThrow('npm run audit');
  });

  test('tells the same when asked', () => {
    expect(() => parseAuditOrder(['--help'])).toThrow(Help);
  });

  test('says what to do where nothing was ever started', () => {
    expect(() => localLogs(undefined, paths)).toThrow('run npm start first');
  });

  test('finds the logs of all services, and keeps their anchors apart from those of another server', () => {
    makeStateDir(paths.dir);
    openSecrets(paths.dir);
    const home = openPostgresHome(paths.postgres);
    homes.push(home.dir);
    writeFileSync(home.port, '5433');
    const own = localLogs(undefined, paths);
    expect(own.map(({ service }) => service)).toEqual(SERVICES);
    expect(own.map(({ url }) => new URL(url).host)).toEqual(SERVICES.map(() => '127.0.0.1:5433'));
    const elsewhere = localLogs('postgresql://admin:x@db.example:5432/postgres', paths);
    expect(elsewhere.map(({ url }) => new URL(url).username)).toContain('xueji_identity_worker');
    expect(new Set([...own, ...elsewhere].map(({ anchor }) => anchor)).size).toBe(2 * SERVICES.length);
  });
});

describe('the check of an access log', () => {
  let network: TestNetwork;
  const anchor = join(root, 'anchor.json');
  const core = () => network.service('organization').core;
  const workerUrl = () => core().config.WORKER_DATABASE_URL;

  beforeAll(async () => {
    network = await startNetwork({ services: ['organization'] });
    for (let round = 0; round < 2; round++) {
      await asWorker(core().worker, (tx) =>
        execute(
          tx,
          `insert into read_audit (id, caller, operation, persons, full_values, at)
           values (gen_random_uuid(), 'caller', 'student', '{}', false, now())`,
        ),
      );
      while ((await sealOnce(core().worker, () => new Date().toISOString())) > 0);
    }
  });
  afterAll(() => network?.stop());

  test('keeps the last seal as the anchor, and does not move it over a fault', async () => {
    const { faults, seals } = await checkLog(workerUrl(), anchor);
    expect(faults).toEqual([]);
    expect(JSON.parse(readFileSync(anchor, 'utf8'))).toMatchObject({ seq: seals });
    const owner = await connectDatabase({ url: core().config.OWNER_DATABASE_URL, entities: [], poolSize: 1 });
    await asWorker(owner, (tx) =>
      execute(tx, 'delete from audit_seal where seq = (select max(seq) from audit_seal)'),
    );
    await owner.close();
    const again = await checkLog(workerUrl(), anchor);
    expect(again.faults.map(({ fault }) => fault)).toContain('CHAIN_SHORTENED');
    expect(JSON.parse(readFileSync(anchor, 'utf8'))).toMatchObject({ seq: seals });
  });

  test('refuses an anchor that cannot be read instead of doing without', async () => {
    const broken = join(root, 'broken.json');
    writeFileSync(broken, '{');
    await expect(checkLog(workerUrl(), broken)).rejects.toThrow('holds no anchor');
  });

  test.each([
    ['hello', 'is no address'],
    ['postgresql://user:secret@127.0.0.1:1/xueji', '127.0.0.1:1 cannot be read'],
  ])('ends in a sentence without a password for %s', async (url, sentence) => {
    const failure = await checkLog(url, undefined).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(String(failure)).toContain(sentence);
    expect(String(failure)).not.toContain('secret');
  });
});
