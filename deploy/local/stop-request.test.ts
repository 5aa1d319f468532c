import { EventEmitter } from 'node:events';
import { listenForStop } from '#deploy/local/stop-request.ts';

function listening() {
  const source = new EventEmitter();
  const state = { now: 0, killed: 0 };
  const stop = listenForStop(
    () => state.killed++,
    () => state.now,
    source,
  );
  return { source, state, stop };
}

test('the first signal is the wish to stop', async () => {
  const { source, state, stop } = listening();
  expect(stop.isRequested()).toBe(false);
  source.emit('SIGTERM', 'SIGTERM');
  expect(await stop.requested).toBe('SIGTERM');
  expect([stop.isRequested(), stop.signal.aborted, state.killed]).toEqual([true, true, 0]);
});

test('the same Ctrl-C, passed on by terminal and npm, is one wish; another one a second later is the second', () => {
  const { source, state } = listening();
  source.emit('SIGINT', 'SIGINT');
  state.now = 1_000;
  source.emit('SIGINT', 'SIGINT');
  expect(state.killed).toBe(0);
  state.now = 1_001;
  source.emit('SIGINT', 'SIGINT');
  expect(state.killed).toBe(1);
});

test('nothing is listened to after the end', () => {
  const { source, stop } = listening();
  stop.close();
  expect(source.eventNames()).toEqual([]);
});
