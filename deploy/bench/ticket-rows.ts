import { v7 as uuidv7 } from 'uuid';
import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { addDays } from '#libs/law/dates.ts';
import { execute, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '#services/complaint-ticket/standing/places.ts';
import { sealWords } from '#services/complaint-ticket/tickets/words.ts';

const BATCH = 5_000;
/** One in so many tickets is still open, and one in so many of these is late. */
const OPEN = 10;
const LATE = 5;

/** Any of so many, told by the index alone, so that nothing else that follows from the index goes with it (Knuth's multiplicative hash). */
const spread = (index: number, count: number): number => (Math.imul(index, 2_654_435_761) >>> 8) % count;

type Made = {
  id: string;
  unit: UnitFact;
  openedAt: string;
  dueAt: string | null;
  isOpen: boolean;
};

const insertTickets = (core: ServiceCore, made: readonly Made[]): Promise<number> =>
  asWorker(core.worker, (tx) =>
    execute(
      tx,
      `insert into ticket (ticket_id, kind, state, root_id, source_unit, source_place, target_unit, target_place, province,
         origin, channel, scope, filed_by, opened_at, sealed, due_on, due_at, due_provisional, ended_at, lines, version, events)
       select id, 'COMPLAINT', case when is_open then 'RECEIVED' else 'CLOSED' end, id, unit, place, unit, place, province,
         'UNIT', 'PHONE', 'IN_PROVINCE_MANAGEMENT', 'bench', opened_at, sealed,
         (due_at at time zone 'Asia/Shanghai')::date, due_at, case when due_at is null then null else false end,
         case when is_open then null else opened_at + interval '5 days' end, 0, 1, 0
       from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bytea[], $7::timestamptz[], $8::boolean[])
         as row (id, unit, place, province, opened_at, sealed, due_at, is_open)`,
      [
        made.map(({ id }) => id),
        made.map(({ unit }) => unit.code),
        made.map(({ unit }) => unit.lo),
        made.map(({ unit }) => unit.province),
        made.map(({ openedAt }) => openedAt),
        made.map(({ id }) => sealWords(core.sealing, id, { matter: '转学申请多日未核办' })),
        made.map(({ dueAt }) => dueAt),
        made.map(({ isOpen }) => isOpen),
      ],
    ),
  );

const insertClocks = (core: ServiceCore, made: readonly Made[], calendarVersion: string): Promise<number> =>
  asWorker(core.worker, (tx) =>
    execute(
      tx,
      `insert into ticket_clock (ticket_id, clock, turn, source_place, target_place, state, started_on, due_on, due_at,
         provisional, calendar_version, counted, by_hand, reminders)
       select id, 'HANDLE', 1, place, place, 'RUNNING', $4::date, (due_at at time zone 'Asia/Shanghai')::date, due_at,
         false, $5, '{"days": 10, "skipped": []}'::jsonb, true, '{}'
       from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) as row (id, place, due_at)`,
      [
        made.map(({ id }) => id),
        made.map(({ unit }) => unit.lo),
        made.map(({ dueAt }) => dueAt),
        made[0]?.openedAt.slice(0, 10) ?? '',
        calendarVersion,
      ],
    ),
  );

const countiesOf = async (core: ServiceCore): Promise<UnitFact[]> =>
  [...(await core.directory.units()).values()]
    .filter(({ level }) => level === 'COUNTY')
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));

const inBatches = async (
  count: number,
  one: (index: number) => Made,
  write: (made: Made[]) => Promise<unknown>,
) => {
  for (let from = 0; from < count; from += BATCH)
    await write(Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => one(from + index)));
};

/**
 * Complaints of two years, spread over the counties: nine in ten have ended, of the others some are late. For reads that need
 * many; no event tells of them.
 */
export const fillTickets = async (core: ServiceCore, count: number): Promise<void> => {
  const counties = await countiesOf(core);
  const today = core.clock.today();
  const one = (index: number): Made => {
    const isOpen = index % OPEN === 0;
    const isLate = index % (OPEN * LATE) === 0;
    const age = isOpen ? (isLate ? 40 : 3) : 60 + (index % 700);
    const due = `${addDays(today, isLate ? -(1 + (index % 20)) : 10)}T00:00:00+08:00`;
    return {
      id: uuidv7(),
      unit: counties[spread(index, counties.length)] as UnitFact,
      openedAt: `${addDays(today, -age)}T0${index % 10}:00:00+08:00`,
      dueAt: isOpen ? due : null,
      isOpen,
    };
  };
  await inBatches(count, one, (made) => insertTickets(core, made));
};

/** Complaints whose days end one after another within a minute from `from`, each with its running clock. */
export const startManyClocks = async (core: ServiceCore, count: number, from: string): Promise<void> => {
  const counties = await countiesOf(core);
  const { version } = await calendarOf(core);
  const one = (index: number): Made => ({
    id: uuidv7(),
    unit: counties[index % counties.length] as UnitFact,
    openedAt: core.clock.now(),
    dueAt: new Date(Date.parse(from) + Math.floor((index * 60_000) / count)).toISOString(),
    isOpen: true,
  });
  await inBatches(count, one, async (made) => {
    await insertTickets(core, made);
    await insertClocks(core, made, version);
  });
};

/** What has become of those clocks. `early`: fired before their time. `again`: tickets that went up more than once. */
export type ClockCount = { fired: number; early: number; escalated: number; again: number };

/** Counts what the clocks have done, from their rows and from what was told. */
export const countClocks = async (core: ServiceCore): Promise<ClockCount> => {
  const counted = await asWorker(core.worker, (tx) =>
    queryOne<Record<keyof ClockCount, string>>(
      tx,
      `with mine as (select ticket_id, missed_at, due_at from ticket_clock where clock = 'HANDLE' and turn = 1 and by_hand),
         told as (select aggregate_id, count(*) as times from
             (select aggregate_id, type from event_log union all select aggregate_id, type from outbox) e
           where type = 'TicketEscalated' group by aggregate_id)
       select (select count(*) from mine where missed_at is not null) as fired,
         (select count(*) from mine where missed_at < due_at) as early,
         (select count(*) from told) as escalated, (select count(*) from told where times > 1) as again`,
      [],
    ),
  );
  const number = (name: keyof ClockCount): number => Number(counted?.[name] ?? 0);
  return {
    fired: number('fired'),
    early: number('early'),
    escalated: number('escalated'),
    again: number('again'),
  };
};
