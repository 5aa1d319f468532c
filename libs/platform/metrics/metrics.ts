import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a service counts about itself; labels are closed words, never data. */
export type Metrics = {
  registry: Registry;
  /** Seconds from the recording of an event to its effect in a consumer. */
  eventLag: Histogram<'consumer' | 'source'>;
  eventsApplied: Counter<'consumer' | 'source'>;
  eventsParked: Counter<'consumer' | 'source'>;
  inboxPosition: Gauge<'consumer' | 'source'>;
  operations: Histogram<'operation' | 'outcome'>;
};

export const createMetrics = (service: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    eventLag: new Histogram({
      name: 'xueji_event_lag_seconds',
      help: 'From the commit of an event to its effect',
      labelNames: ['consumer', 'source'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 15, 60],
      registers,
    }),
    eventsApplied: new Counter({
      name: 'xueji_events_applied_total',
      help: 'Events that took effect',
      labelNames: ['consumer', 'source'],
      registers,
    }),
    eventsParked: new Counter({
      name: 'xueji_events_parked_total',
      help: 'Events set aside because they could not be applied',
      labelNames: ['consumer', 'source'],
      registers,
    }),
    inboxPosition: new Gauge({
      name: 'xueji_inbox_position',
      help: 'Number of the last event that took effect',
      labelNames: ['consumer', 'source'],
      registers,
    }),
    operations: new Histogram({
      name: 'xueji_operation_seconds',
      help: 'Duration of GraphQL operations of this subgraph',
      labelNames: ['operation', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
  };
};
