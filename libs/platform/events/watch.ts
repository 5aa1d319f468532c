import type { MikroORM } from '@mikro-orm/postgresql';
import type { ConsumerLag, OwnEvents } from '#libs/contracts/commands/operations.ts';
import { query, queryOne } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Inbox } from './inbox.ts';

/** A running consumer of a source. */
export type Consuming = { consumer: string; source: string; inbox: Inbox };

/** How far the service's own events have come. */
export const ownEvents = (orm: MikroORM): Promise<OwnEvents> =>
  asWorker(orm, async (tx) => {
    const row = await queryOne<{ waiting: string; head: string; published: string }>(
      tx,
      `select (select count(*) from outbox) as waiting, (select seq from event_counter where id = 1) as head,
              (select seq from event_published where id = 1) as published`,
    );
    return { waiting: Number(row.waiting), head: Number(row.head), published: Number(row.published) };
  });

/** How far each consumer has come, and what it set aside. */
export const consumerLags = async (orm: MikroORM, inboxes: readonly Consuming[]): Promise<ConsumerLag[]> => {
  const rows = await asWorker(orm, (tx) =>
    query<{ consumer: string; source: string; n: string }>(
      tx,
      'select consumer, source, count(*) as n from inbox_parked group by consumer, source',
    ),
  );
  const parked = new Map(rows.map((row) => [`${row.consumer} ${row.source}`, Number(row.n)]));
  return inboxes.map(({ consumer, source, inbox }) => ({
    consumer,
    source,
    position: inbox.position(),
    head: inbox.head()?.seq ?? null,
    parked: parked.get(`${consumer} ${source}`) ?? 0,
    trouble: inbox.trouble() ?? null,
  }));
};
