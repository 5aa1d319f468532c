import pg from 'pg';
import { liveYear, YEAR_BEGINS, type YearOrder } from '#deploy/year/live.ts';
import { startYearRegistry, type YearRegistry } from '#deploy/year/registry.ts';
import type { Report } from '#deploy/year/report.ts';
import { testServers } from '#test/support/database.ts';
import { oneStartAtATime, SECRET } from '#test/support/network.ts';
import { testDatabasePrefix } from '#test/support/servers.ts';

const isLong = process.env.TEST_SIZE === 'long';
/** Of the tiny year: its first month, and the whole of it where there is time. */
const months = isLong ? 13 : 1;

const tiny = { province: '14', students: isLong ? 150 : 100, seed: 7, months };

/** Lives a year in a registry of its own; `disturb` is let at its database before each examination. */
const lived = async (
  order: Partial<YearOrder> = {},
  disturb?: (registry: YearRegistry) => Promise<void>,
): Promise<Report> => {
  const { adminUrl, nats, dir } = testServers();
  const servers = { adminUrl, nats, dir, secret: SECRET, prefix: testDatabasePrefix };
  const registry = await oneStartAtATime(() => startYearRegistry(servers, YEAR_BEGINS));
  try {
    return await liveYear(registry, {
      ...tiny,
      onProgress: () => undefined,
      ...order,
      beforeExamination: async () => disturb?.(registry),
    });
  } finally {
    await registry.stop();
  }
};

const asAdmin = async (registry: YearRegistry, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: registry.adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Rows changed by hand, of each owner: nothing of it goes through the registry. */
const byHand = (registry: YearRegistry): Promise<void> =>
  asAdmin(registry, [
    `update enrollment.enrollment set status = 'WITHDRAWN' where person_id =
       (select person_id from enrollment.enrollment where status = 'IN_SCHOOL' and stage = 'SENIOR' limit 1)`,
    `update statistics.stock_cell set n = n + 1 where width = 1 and (place, entry_year_adj) in
       (select place, entry_year_adj from statistics.stock_cell where width = 1 limit 1)`,
    `delete from enrollment.event_log where (aggregate_id, version) in
       (select aggregate_id, 1 from enrollment.event_log where version = 2 limit 1)`,
    `delete from identity.student_number where person_id =
       (select person_id from identity.student_number where state = 'ACTIVE' limit 1)`,
    `update organization.registrar set next_check_on = null where registrar_id =
       (select registrar_id from organization.registrar where activated_at is not null limit 1)`,
    `update identity.person set profile = jsonb_set(profile, '{isBoarder}',
       to_jsonb(not coalesce((profile ->> 'isBoarder')::boolean, false)))`,
    `delete from identity.problem_event where ordinal = 1`,
    `insert into enrollment.place_reservation (transfer_id, school, place, stage, entry_year_adj, state, held_at)
       select gen_random_uuid(), code, place, 'PRIMARY', 2024, 'HELD', now() from enrollment.school_ref limit 1`,
    `update enrollment.enrollment set active = false where person_id =
       (select person_id from enrollment.enrollment where active and status = 'IN_SCHOOL' and stage = 'JUNIOR' limit 1)`,
    `update enrollment.enrollment set province = '410000' where person_id =
       (select person_id from enrollment.enrollment where active and stage = 'PRIMARY' limit 1)`,
    // A case that was in time, so that the count of what was late stays what it is.
    `with opened as (
       update transfer.transfer_case set ended_at = null, purge_at = null, state = 'SOURCE_SCHOOL_REVIEW' where case_id =
         (select case_id from transfer.transfer_case c join transfer.transfer_step s using (case_id)
          where c.started_at is not null and s.party = 'SOURCE_SCHOOL'
            and (s.decided_at at time zone 'Asia/Shanghai')::date <= s.due_on
          order by c.opened_at limit 1)
       returning case_id)
     update transfer.transfer_step set decided_at = null, due_on = '2099-12-31', report_recorded_on = '2025-09-29'
       where party = 'SOURCE_SCHOOL' and case_id = (select case_id from opened)`,
    `insert into transfer.transfer_call_up (case_id, person_id, source_place, target_place, due_on, provisional,
         reported_on, called_up_at, called_up_by)
       select case_id, person_id, source_place, target_place, '2025-09-30', false, '2099-01-01', started_at, 'nobody'
       from transfer.transfer_case where started_at is not null limit 1`,
    `update statistics.ticket_cell set n = n + 1 where width = 1 and measure like '%:FILED:COMPLAINT'`,
    `update statistics.ticket_cell set n = n + 1
       where place = 0 and measure like '%:FILED:COMPLAINT' and width = (select max(width) from statistics.ticket_cell)`,
    `update complaint_ticket.ticket set target_unit = '999999' where kind = 'COMPLAINT'`,
    `update complaint_ticket.ticket_clock set missed_at = due_at - interval '1 hour'
       where clock = 'HANDLE' and turn = 1 and missed_at is null`,
    `alter table identity.person disable row level security`,
    `alter table enrollment.enrollment disable row level security`,
  ]);

describe('a year', () => {
  let first: Report;
  let changed: Report;

  beforeAll(async () => {
    first = await lived();
    let month = 0;
    changed = await lived({}, async (registry) => {
      month += 1;
      if (month === months) await byHand(registry);
    });
  }, 900_000);

  test('is a sound one', () => {
    expect(first.violations).toEqual([]);
    expect(first.months).toHaveLength(months);
    expect(first.months[0]?.acts).toMatchObject({ 'registration approved': expect.any(Number) });
    expect(first.refusals.length).toBeGreaterThan(0);
  });

  test('that is lived twice is the same year', () => {
    expect({ ...changed, violations: [] }).toEqual(first);
  });

  test('that is given up ends before the next actor', async () => {
    const stop = new AbortController();
    const onProgress = (step: string) => step === 'year' && stop.abort(new Error('enough'));
    await expect(lived({ students: 10, signal: stop.signal, onProgress })).rejects.toThrow('enough');
  }, 300_000);

  if (isLong) {
    test('of another seed is another year', async () => {
      const other = await lived({ months: 1, seed: 8 });
      expect(other.violations).toEqual([]);
      expect(other.months[0]).not.toEqual(first.months[0]);
    }, 300_000);
  }

  test('in which rows were changed by hand tells each of them', () => {
    const { violations } = changed;
    const told = (sentence: RegExp) => violations.some((each) => sentence.test(each));
    expect(told(/status is WITHDRAWN, acknowledged was IN_SCHOOL/)).toBe(true);
    expect(told(/at the beginning, .* but \d+ are there/)).toBe(true);
    expect(told(/counts are not what the pupils make them/)).toBe(true);
    expect(told(/statistics count \d+, the registers hold/)).toBe(true);
    expect(told(/a gap in the versions/)).toBe(true);
    expect(told(/sequence numbers of the log are missing/)).toBe(true);
    expect(told(/rebuilt is another than the one in service/)).toBe(true);
    expect(told(/registered children have no current number/)).toBe(true);
    expect(told(/open accounts are never looked at again/)).toBe(true);
    expect(told(/isBoarder is not what was acknowledged/)).toBe(true);
    expect(told(/have not their whole history/)).toBe(true);
    expect(told(/is seen by another school/)).toBe(true);
    expect(told(/places are held for transfers that have ended or not begun/)).toBe(true);
    expect(told(/children who were in school are nowhere/)).toBe(true);
    expect(told(/has children of province 41/)).toBe(true);
    expect(told(/nobody has to do anything about them/)).toBe(true);
    expect(told(/the report of 14 counts late steps/)).toBe(true);
    expect(told(/files were called up of pupils who had not reported/)).toBe(true);
    expect(told(/the figures of tickets tell .* FILED:COMPLAINT 2025-09-01: \d+, there are \d+/)).toBe(true);
    expect(told(/the ministry is told of the nation filed: \d+, there are \d+/)).toBe(true);
    expect(told(/tickets are with a unit that nobody knows/)).toBe(true);
    expect(told(/clocks are on record as missed before their time/)).toBe(true);
    expect(told(/tickets were called overdue more or less often than their clocks were missed/)).toBe(true);
  });
});
