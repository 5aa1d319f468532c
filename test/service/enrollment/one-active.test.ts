import { randomUUID } from 'node:crypto';
import type { ClaimResult } from '#libs/contracts/commands/claim-persons.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { sqlStateOf } from '#libs/platform/errors/sql-state.ts';
import { finishIntakes, type IntakeOutcome } from '#services/enrollment/registration/finish-intakes.ts';
import type { IntakeRow } from '#services/enrollment/registration/open-intakes.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** What the database itself refuses, whatever the programs above it believe. */
describe('one active registration a person', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const worker = () => registry.network.service('enrollment').core.worker;

  /** A registration beside the one that a person has, written past every program. */
  const writeAnother = (person: string, active: boolean): Promise<number> =>
    counter.change(
      'enrollment',
      `insert into enrollment select (jsonb_populate_record(e,
         jsonb_build_object('enrollment_id', gen_random_uuid(), 'active', $2::boolean))).*
       from enrollment e where person_id = $1 and active`,
      [person, active],
    );

  test(holds('ENR-06', 'a registration that has ended may stand beside the active one'), async () => {
    const { student } = await counter.registered(taiyuanPrimary, girl(80));
    expect(await writeAnother(student.id, false)).toBe(1);
  });

  test(breaks('ENR-06', 'a second active one is refused by the database, even to a worker'), async () => {
    const { student } = await counter.registered(taiyuanPrimary, girl(81));
    const refused = await writeAnother(student.id, true).catch((error: unknown) => error);
    expect(sqlStateOf(refused)).toBe('23505');
  });

  /** An intake that waits for identity's answer, made after that of a registered person, under other content. */
  const waitingIntake = async (registered: string): Promise<IntakeRow> => {
    const [intake] = await counter.rows<IntakeRow>(
      'enrollment',
      `insert into intake select (jsonb_populate_record(i, jsonb_build_object('intake_id', gen_random_uuid(),
         'content_key', '\\x01', 'state', 'COLLECTING', 'person_id', null, 'enrollment_id', null))).*
       from intake i where person_id = $1 returning *`,
      [registered],
    );
    if (intake === undefined) throw new Error('There is no intake of that person');
    return intake;
  };

  const finish = (tx: Tx, intake: IntakeRow, claim: ClaimResult): Promise<IntakeOutcome[]> =>
    finishIntakes(
      {
        tx,
        at: registry.clock.now(),
        today: registry.clock.today(),
        calendar: workingDayCalendar(),
        schools: new Map(),
      },
      [intake],
      [claim],
    );

  test(
    breaks('ENR-06', 'two answers of identity to one intake at one moment are one registration'),
    async () => {
      const { student } = await counter.registered(taiyuanPrimary, girl(82));
      const intake = await waitingIntake(student.id);
      const person = randomUUID();
      const claim: ClaimResult = {
        intake: intake.intake_id,
        outcome: 'CLAIMED',
        person,
        version: 1,
        kind: 'L_TEMPORARY',
        continued: false,
        alike: [],
      };
      const written = Promise.withResolvers<void>();
      const commit = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<number>();
      const first = asWorker(worker(), async (tx) => {
        const outcomes = await finish(tx, intake, claim);
        written.resolve();
        await commit.promise;
        return outcomes;
      });
      await written.promise;
      const second = asWorker(worker(), async (tx) => {
        const { pid } = await queryOne<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
        asked.resolve(pid);
        return finish(tx, intake, claim);
      });
      const pid = await asked.promise;
      await counter.until('the second waits for the first', () =>
        asWorker(
          worker(),
          async (tx) =>
            (await query(tx, 'select 1 from pg_locks where pid = $1 and not granted', [pid])).length > 0,
        ),
      );
      commit.resolve();
      expect(await first).toMatchObject([{ intake: intake.intake_id, person }]);
      expect(await second).toEqual([]);
      await registry.settled();
      expect(
        await counter.rows('enrollment', 'select type, version from event_log where aggregate_id = $1', [
          person,
        ]),
      ).toEqual([{ type: 'EnrollmentRegistered', version: 1 }]);
    },
  );
});
