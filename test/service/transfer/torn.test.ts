import pg from 'pg';
import { moveRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import { testServers } from '#test/support/database.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { holds } from '#test/support/rules.ts';
import {
  type Pupil,
  receiving,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** False where enrollment has seen something change since it was read: then the order is given again. */
const hasMoved = (answer: unknown): boolean =>
  (answer as { reply?: { outcome?: string } }).reply?.outcome === 'MOVED';

/** Whatever is torn off between an approval or a call-up and the note that the registration has moved. */
describe('a hand-over whose connections are killed', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let admin: pg.Client;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    admin = new pg.Client({ connectionString: testServers().adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.end();
    await registry?.stop();
  });

  /** Kills every connection on which a worker of transfers has a transaction open; how many there were. */
  const killWorkers = async (): Promise<number> => {
    const { username, pathname } = new URL(desk.service().core.config.WORKER_DATABASE_URL);
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and usename = $2 and state like 'idle in transaction%'`,
      [decodeURIComponent(pathname.slice(1)), decodeURIComponent(username)],
    );
    return rowCount ?? 0;
  };

  /** Runs something while the first order to move a registration is torn: before enrollment hears it, or after it has moved. */
  const torn = async (
    when: 'BEFORE' | 'AFTER',
    work: () => Promise<unknown>,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ): Promise<number> => {
    const { bus } = desk.service().core;
    const { request: unbound } = bus;
    const request = unbound.bind(bus);
    let killed = 0;
    bus.request = async (subject, payload, timeout) => {
      if (subject !== moveRegistration.subject || killed > 0) return request(subject, payload, timeout);
      if (when === 'BEFORE') {
        killed += await killWorkers();
        throw new Error('torn');
      }
      const answer = await request(subject, payload, timeout);
      if (!hasMoved(answer)) return answer;
      await meanwhile();
      killed += await killWorkers();
      return answer;
    };
    try {
      await work();
      await desk.atRest();
      registry.clock.moveTo(new Date(Date.parse(registry.clock.now()) + 120_000).toISOString());
      await desk.atRest();
      return killed;
    } finally {
      bus.request = unbound;
    }
  };

  const handedOver = async ({ person }: Pupil, { id }: Pick<Transfer, 'id'>) => {
    const moves = await desk.counter.rows(
      'enrollment',
      `select type from (select type, event from event_log union all select type, event from outbox) e
       where type = 'EnrollmentHandedOver' and event -> 'data' ->> 'person' = $1`,
      [person],
    );
    const told = (await desk.eventsOf(id)).filter((type) => type === 'TransferCompleted');
    const { state } = await desk.seen(receiving.head, id);
    return {
      state,
      moves: moves.length,
      told: told.length,
      school: (await desk.registrationOf(person))?.school,
    };
  };
  const done = { state: 'HANDED_OVER', moves: 1, told: 1, school: receiving.school };

  test.each(['BEFORE', 'AFTER'] as const)(
    holds('TRF-01', 'between the last approval and the note: the registration moves once, %s the order'),
    async (when) => {
      const child = await desk.pupil();
      const begun = await desk.nearlyApproved(child);
      expect(await torn(when, () => desk.approve(yingze, begun))).toBeGreaterThan(0);
      expect(await handedOver(child, begun)).toEqual(done);
    },
  );

  test(holds('TRF-01', 'what the archive says after the move undoes nothing of it'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    const tell = () =>
      desk.counter.change(
        'archive',
        `insert into archive_measure (person_id, entry, source_place, target_place, level, decided_on)
         select person_id, 99, source_place, target_place, 'DEMERIT', '2026-09-01' from archive where person_id = $1`,
        [child.person],
      );
    expect(await torn('AFTER', () => desk.approve(yingze, begun), tell)).toBeGreaterThan(0);
    expect(await handedOver(child, begun)).toEqual(done);
  });

  test.each(['BEFORE', 'AFTER'] as const)(
    holds('TRF-32', 'between the call-up and the note: the registration moves once, %s the order'),
    async (when) => {
      const child = await desk.fromBeiguan();
      const waiting = await desk.awaitingReport(child);
      const today = registry.clock.today();
      expect(await torn(when, () => desk.callUp(receiving.registrar, waiting, today))).toBeGreaterThan(0);
      expect(await handedOver(child, waiting)).toEqual(done);
    },
  );
});
