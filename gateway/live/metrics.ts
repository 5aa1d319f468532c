import { Counter, type Registry } from 'prom-client';

/** What is counted of live streams. */
export const createLiveMetrics = (registers: Registry[]) => ({
  updates: new Counter({
    name: 'gateway_stream_updates_total',
    help: 'Updates that streams were sent.',
    labelNames: ['transport'],
    registers,
  }),
  dropped: new Counter({
    name: 'gateway_streams_dropped_total',
    help: 'Streams and sockets that were cut off because their reader took nothing.',
    labelNames: ['transport'],
    registers,
  }),
  runs: new Counter({
    name: 'gateway_live_runs_total',
    help: 'Queries that were run for live streams.',
    registers,
  }),
  shared: new Counter({
    name: 'gateway_live_shared_total',
    help: 'Runs that were spared because several streams of one caller show the same.',
    registers,
  }),
  coalesced: new Counter({
    name: 'gateway_live_coalesced_total',
    help: 'Updates that became one with the next before their reader took them.',
    registers,
  }),
  resumed: new Counter({
    name: 'gateway_live_resumed_total',
    help: 'Streams that came back with a position, by what was found since.',
    labelNames: ['outcome'],
    registers,
  }),
});
