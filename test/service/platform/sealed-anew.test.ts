import { randomBytes } from 'node:crypto';
import { keepingOf } from '#libs/contracts/commands/keeping.ts';
import { personFormContext } from '#libs/contracts/person-form.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { resealValues, type SealedColumn, valuesByKey } from '#libs/platform/crypto/sealed-columns.ts';
import { createSealing, type Sealing } from '#libs/platform/crypto/sealing.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { wordsContext } from '#services/archive/entries/words.ts';
import { sealedColumns as ofArchive } from '#services/archive/sealed-columns.ts';
import { sealedColumns as ofCertificate } from '#services/certificate/sealed-columns.ts';
import { sealedColumns as ofTicket } from '#services/complaint-ticket/sealed-columns.ts';
import { sealedColumns as ofEnrollment } from '#services/enrollment/sealed-columns.ts';
import { sealedColumns as ofIdentity } from '#services/identity/sealed-columns.ts';
import { sealedColumns as ofOrganization } from '#services/organization/sealed-columns.ts';
import { sealedColumns as ofTransfer } from '#services/transfer/sealed-columns.ts';
import { type ArchiveDesk, archiveDeskOf } from '#test/service/archive/archive-desk.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

const columns = {
  organization: ofOrganization,
  identity: ofIdentity,
  enrollment: ofEnrollment,
  transfer: ofTransfer,
  archive: ofArchive,
  certificate: ofCertificate,
  'complaint-ticket': ofTicket,
} satisfies Partial<Record<string, readonly SealedColumn[]>>;
type Service = keyof typeof columns;

/** Columns of bytes that are hashes, or that nothing is written to. */
const notSealed = /hash$|_key$|^sha256$|^root$|^previous$|^mark$|^key$/;
const empty = ['enrollment_case.sealed'];

describe('sealed values', () => {
  let registry: Registry;
  let desk: ArchiveDesk;
  const key = (): string => randomBytes(32).toString('base64');
  const [second, third] = [key(), key()];
  const service = (name: Service): RunningService => registry.network.service(name);
  const ringOf = (name: Service) => service(name).core.config.KEY_RING;
  const under = (name: Service, keys: Record<string, string>, current: string): Sealing =>
    createSealing({ current, keys }, service(name).core.config.HASH_KEY);

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, certificates: true, tickets: true });
    desk = archiveDeskOf(registry);
    const { transfers } = desk;
    await transfers.started(await transfers.pupil());
    await registry.settled();
    // Forms go once the child is registered: one that waits.
    const { worker, sealing } = service('enrollment').core;
    await asWorker(worker, async (tx) => {
      const { id } = await queryOne<{ id: string }>(tx, 'select intake_id as id from intake limit 1');
      await execute(tx, 'update intake set sealed = $2 where intake_id = $1', [
        id,
        sealing.seal('{}', personFormContext(id)),
      ]);
    });
  });
  afterAll(() => registry?.stop());

  /** Seals a column anew to its end, however often it is interrupted. */
  const resealColumn = async (name: Service, column: SealedColumn, sealing: Sealing) => {
    const { worker, log } = service(name).core;
    let [values, unreadable] = [0, 0];
    for (let after: string[] | null = null; ; ) {
      const done = await resealValues({ worker, log, sealing }, column, after);
      values += done.values;
      unreadable += done.unreadable;
      after = done.after;
      if (after === null) return { values, unreadable };
    }
  };
  const resealAll = async (name: Service, sealing: Sealing) => {
    const all = [];
    for (const column of columns[name]) all.push(await resealColumn(name, column, sealing));
    return {
      values: all.reduce((sum, { values }) => sum + values, 0),
      unreadable: all.reduce((sum, { unreadable }) => sum + unreadable, 0),
    };
  };

  test.each(Object.keys(columns) as Service[])(
    'every column of bytes of %s is sealed and listed, or is no secret',
    async (name) => {
      const { worker } = service(name).core;
      const rows = await asWorker(worker, (tx) =>
        query<{ name: string; column: string }>(
          tx,
          `select c.relname as name, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relkind = 'r' and a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped
           and c.relnamespace = current_schema()::regnamespace`,
        ),
      );
      const listed = new Set(columns[name].map(({ table, column }) => `${table}.${column}`));
      const unknown = rows
        .filter(({ column }) => !notSealed.test(column))
        .map((row) => `${row.name}.${row.column}`)
        .filter((each) => !listed.has(each) && !empty.includes(each));
      expect(unknown).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
    },
  );

  test(holds('PRV-16', 'are sealed anew under a new key, and open without the old one'), async () => {
    for (const name of ['identity', 'enrollment', 'transfer'] as const) {
      const { worker } = service(name).core;
      const old = ringOf(name);
      const before = await valuesByKey(worker, columns[name]);
      expect([...before.keys()]).toEqual([old.current]);
      const total = before.get(old.current) ?? 0;
      expect(total).toBeGreaterThan(0);
      const ring = { ...old.keys, second };
      // Interrupted after the first column, and begun anew from the start.
      await resealColumn(name, columns[name][0] as SealedColumn, under(name, ring, 'second'));
      await resealAll(name, under(name, ring, 'second'));
      expect([...(await valuesByKey(worker, columns[name]))]).toEqual([['second', total]]);
      // Nothing opens with the old key alone, everything with the new one alone.
      const withOld = await resealAll(name, under(name, { ...old.keys, third }, 'third'));
      expect(withOld).toEqual({ values: 0, unreadable: total });
      expect(await resealAll(name, under(name, { second, third }, 'third'))).toEqual({
        values: total,
        unreadable: 0,
      });
      await resealAll(name, under(name, { ...old.keys, third }, old.current));
      expect([...(await valuesByKey(worker, columns[name]))]).toEqual([[old.current, total]]);
    }
  });

  test(breaks('PRV-16', 'hold the key under which they are: it is not retired before'), async () => {
    const { bus } = registry.network.service('identity').core;
    const { current } = await ask(bus, keepingOf('identity').keys, {});
    await expect(ask(bus, keepingOf('identity').retireKey, { key: current })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const { worker } = service('identity').core;
    const old = ringOf('identity');
    const [column] = columns.identity;
    if (column === undefined) throw new Error('identity seals nothing');
    await resealColumn('identity', column, under('identity', { ...old.keys, second }, 'second'));
    await expect(ask(bus, keepingOf('identity').retireKey, { key: 'second' })).rejects.toThrow('values');
    await resealColumn('identity', column, under('identity', { ...old.keys, second }, current));
    expect([...(await valuesByKey(worker, columns.identity)).keys()]).toEqual([current]);
    expect(await ask(bus, keepingOf('identity').retireKey, { key: 'second' })).toEqual({ key: 'second' });
  });

  test(holds('ARC-25', 'of archives leave the chain whole when they are sealed anew'), async () => {
    const child = await desk.transfers.pupil();
    await registry.settled();
    const award = { student: child.person, level: 'COUNTY', title: '三好学生', awardedOn: '2026-09-01' };
    await desk.order(sending.registrar, 'recordAward', 'RecordAwardInput', award);
    const { worker, log } = service('archive').core;
    const old = ringOf('archive');
    await resealAll('archive', under('archive', { ...old.keys, second }, 'second'));
    expect([...(await valuesByKey(worker, columns.archive)).keys()]).toEqual(['second']);
    const [entries] = columns.archive;
    if (entries === undefined) throw new Error('archives seal nothing');
    await resealValues(
      { worker, log, sealing: under('archive', { ...old.keys, second }, old.current) },
      entries,
      null,
    );
    const { intact, sections } = await desk.seen(sending.registrar, child.person);
    expect(intact).toBe(true);
    expect(sections.flatMap((each) => each.entries).map(({ words }) => words)).toContain('三好学生');
  });

  test(breaks('ARC-25', 'of archives that were altered show: the chain is not whole any more'), async () => {
    const child = await desk.transfers.pupil();
    await registry.settled();
    const award = { student: child.person, level: 'COUNTY', title: '三好学生', awardedOn: '2026-09-01' };
    await desk.order(sending.registrar, 'recordAward', 'RecordAwardInput', award);
    const { worker, sealing } = service('archive').core;
    const entry = await asWorker(worker, (tx) =>
      queryOne<{ source: string }>(
        tx,
        'select source from archive_entry where person_id = $1 and content is not null',
        [child.person],
      ),
    );
    const other = sealing.seal('校长奖章', wordsContext(child.person, entry.source));
    // Other words of the same length pass for a new seal; the chain alone tells.
    await asWorker(worker, (tx) =>
      query(
        tx,
        `select reseal_archive_entry_content(array[person_id::text, entry::text], content, $2) from archive_entry
         where person_id = $1 and content is not null`,
        [child.person, other],
      ),
    );
    expect((await desk.seen(sending.registrar, child.person)).intact).toBe(false);
  });
});
