import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { YearRegistry } from '../registry.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** Eighteen characters of a resident ID number, or a student number around them. */
const NUMBER = '[1-9][0-9]{16}[0-9X]';

const questions: readonly { sentence: string; text: string }[] = [
  {
    sentence: 'aggregates have a gap in the versions of their events',
    text: `select count(*)::int as count from (select aggregate_id from event_log group by aggregate_id
             having min(version) <> 1 or max(version) <> count(*)) d`,
  },
  {
    sentence: 'sequence numbers of the log are missing',
    text: `select (select seq from event_counter) - count(*) as count from event_log`,
  },
  { sentence: 'events never left the outbox', text: 'select count(*) as count from outbox' },
  { sentence: 'events could not be applied', text: 'select count(*) as count from inbox_parked' },
];

const carryNumbers = `select count(*) as count, (select seq from event_counter) as head from event_log
  where seq > $1 and event::text ~ '(^|[^0-9a-f-])${NUMBER}($|[^0-9a-f-])'`;

/** Every change was told once, in its order, to everybody, and without what must stay sealed. */
export const events: Invariant = async (world) => {
  const { registry } = world.shared;
  const names = registry.services.map(({ name }) => name as ServiceName);
  const told = await Promise.all(
    names.map(async (name) => [...(await ofService(registry, name)), ...(await withNumbers(world, name))]),
  );
  return told.flat();
};

/** The text of an event is read in the month in which it was told, and that of all once more at the end of the year. */
const withNumbers = async ({ shared, today }: World, name: ServiceName): Promise<string[]> => {
  const { registry, memory, days } = shared;
  const key = `events read of ${name}`;
  const isEnd = days.at(-1)?.slice(0, 7) === today.slice(0, 7);
  const from = isEnd ? 0 : ((memory.get(key) as number | undefined) ?? 0);
  const [row] = await registry.rows<{ count: string; head: string }>(name, carryNumbers, [from]);
  memory.set(key, Number(row?.head ?? 0));
  const count = Number(row?.count ?? 0);
  return count === 0 ? [] : [`${name}: ${count} events carry an identity number`];
};

const ofService = async (registry: YearRegistry, name: ServiceName): Promise<string[]> => {
  const told: string[] = [];
  for (const { sentence, text } of questions) {
    const [row] = await registry.rows<{ count: number | string }>(name, text);
    const count = Number(row?.count ?? 0);
    if (count !== 0) told.push(`${name}: ${count} ${sentence}`);
  }
  return told;
};
