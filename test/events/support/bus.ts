import type { Bus } from '#libs/platform/bus/bus.ts';

/** All that a bus does, as an object whose parts a test may replace. */
export const allOf = (bus: Bus): Bus => ({
  publishEvents: (...of) => bus.publishEvents(...of),
  onEvents: (...of) => bus.onEvents(...of),
  announceHead: (...of) => bus.announceHead(...of),
  onHead: (...of) => bus.onHead(...of),
  request: (...of) => bus.request(...of),
  answer: (...of) => bus.answer(...of),
  signal: (...of) => bus.signal(...of),
  onSignal: (...of) => bus.onSignal(...of),
  close: () => bus.close(),
});
