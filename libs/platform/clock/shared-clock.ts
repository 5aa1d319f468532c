import type { Bus, Stop } from '../bus/bus.ts';
import { type Clock, type SimulatedClock, simulatedClock } from './clock.ts';

const subject = 'clock';

/** Tells every service of a network that business time has moved on. */
export const tellTime = (bus: Bus, instant: string): void => bus.signal(subject, { instant });

/** Calls whenever somebody has told the services that time has moved on. */
export const onTimeTold = (bus: Pick<Bus, 'onSignal'>, listener: () => void): Promise<Stop> =>
  bus.onSignal(subject, listener);

/**
 * A simulated clock that stands still until somebody on the bus says that time has moved on: so the services of a
 * network, each in its own process, live through a year together. What lies in the past is ignored.
 */
export const followTime = async (bus: Bus, start: string): Promise<{ clock: Clock; stop: Stop }> => {
  const clock: SimulatedClock = simulatedClock(start);
  const stop = await bus.onSignal(subject, (payload) => {
    const { instant } = payload as { instant?: unknown };
    if (typeof instant === 'string' && Date.parse(instant) > Date.parse(clock.now())) clock.moveTo(instant);
  });
  return { clock, stop };
};
