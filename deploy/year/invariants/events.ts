import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { YearRegistry } from '../registry.ts';
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
  {
    sentence: 'events carry an identity number',
    text: `select count(*) as count from event_log where event::text ~ '(^|[^0-9a-f-])${NUMBER}($|[^0-9a-f-])'`,
  },
];

/** Every change was told once, in its order, to everybody, and without what must stay sealed. */
export const events: Invariant = async ({ shared: { registry } }) =>
  (await Promise.all(registry.services.map(({ name }) => ofService(registry, name as ServiceName)))).flat();

const ofService = async (registry: YearRegistry, name: ServiceName): Promise<string[]> => {
  const told: string[] = [];
  for (const { sentence, text } of questions) {
    const [row] = await registry.rows<{ count: number | string }>(name, text);
    const count = Number(row?.count ?? 0);
    if (count !== 0) told.push(`${name}: ${count} ${sentence}`);
  }
  return told;
};
