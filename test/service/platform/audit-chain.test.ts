import { verifyAudit } from '#deploy/audit/verify.ts';
import { sealOnce } from '#libs/platform/audit/sealer.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { sqlStateOf } from '#libs/platform/errors/sql-state.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';

/** The access log of a real service: appended by requests, sealed by its worker, checked by the verifier. */
describe('the sealed access log of a service', () => {
  let network: TestNetwork;
  const core = () => network.service('organization').core;

  const append = (n: number) =>
    asWorker(core().worker, (tx) =>
      execute(
        tx,
        `insert into read_audit (id, caller, operation, persons, full_values, at)
         select gen_random_uuid(), 'caller', 'student', '{}', false, now() from generate_series(1, $1)`,
        [n],
      ),
    );

  /** The owner of the tables stands for somebody with every right on the database. */
  const tamper = async (statement: string): Promise<void> => {
    const owner = await connectDatabase({ url: core().config.OWNER_DATABASE_URL, entities: [], poolSize: 1 });
    await asWorker(owner, (tx) => execute(tx, statement));
    await owner.close();
  };

  beforeAll(async () => {
    network = await startNetwork({ services: ['organization'] });
    for (let round = 0; round < 3; round++) {
      await append(5);
      while ((await sealOnce(core().worker, () => new Date().toISOString())) > 0);
    }
  });

  afterAll(() => network?.stop());

  test('verifies when nobody touched it, and its worker may not change a line', async () => {
    const { faults, unsealed, seals } = await verifyAudit(core().worker);
    expect({ faults, unsealed }).toEqual({ faults: [], unsealed: 0 });
    expect(seals).toBeGreaterThanOrEqual(3);
    const refused = await asWorker(core().worker, (tx) =>
      execute(tx, `update read_audit set caller = 'x'`),
    ).catch(sqlStateOf);
    expect(refused).toBe('42501');
  });

  test('shows a line that was changed, one that was taken out, and an end that was cut', async () => {
    const { anchor } = await verifyAudit(core().worker);
    const faults = async () => (await verifyAudit(core().worker, anchor)).faults.map(({ fault }) => fault);
    await tamper(
      `update read_audit set caller = 'other' where id = (select id from read_audit where seal = 1 order by id limit 1)`,
    );
    expect(await faults()).toEqual(['LINES_CHANGED']);
    await tamper(
      `delete from read_audit where id = (select id from read_audit where seal = 2 order by id limit 1)`,
    );
    expect(await faults()).toEqual(['LINES_CHANGED', 'LINES_CHANGED']);
    await tamper(`delete from audit_seal where seq = (select max(seq) from audit_seal)`);
    expect(await faults()).toContain('CHAIN_SHORTENED');
    expect((await verifyAudit(core().worker)).unsealed).toBeGreaterThan(0);
  });
});
