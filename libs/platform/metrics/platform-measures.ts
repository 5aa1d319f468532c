import type { Measure } from './measures.ts';

/** What every service's database tells of its events and requests. */
export const platformMeasures: readonly Measure[] = [
  {
    name: 'xueji_outbox_rows',
    help: 'Events recorded and not yet numbered',
    statement: 'select count(*) as value from outbox',
  },
  {
    name: 'xueji_log_head',
    help: 'Last number of the event log',
    statement: 'select seq as value from event_counter where id = 1',
  },
  {
    name: 'xueji_log_unpublished_events',
    help: 'Events numbered and not yet on the stream',
    statement: `select counter.seq - published.seq as value from event_counter as counter, event_published as published
                where counter.id = 1 and published.id = 1`,
  },
  {
    name: 'xueji_inbox_parked_rows',
    help: 'Events set aside now, waiting to be unparked',
    labels: ['consumer', 'source'],
    statement: `select checkpoint.consumer, checkpoint.source, count(parked.seq) as value
                from inbox_checkpoint as checkpoint left join inbox_parked as parked using (consumer, source)
                group by checkpoint.consumer, checkpoint.source`,
  },
  {
    name: 'xueji_idempotency_rows',
    help: 'Answers kept for repeated requests, as the database estimates',
    statement: `select greatest(reltuples, 0) as value from pg_class where oid = 'idempotency'::regclass`,
    goodFor: 60_000,
  },
];
