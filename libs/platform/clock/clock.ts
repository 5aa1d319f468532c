/** Business time. Everything that the law dates asks a clock, never the machine. */
export type Clock = {
  /** The instant now, RFC 3339 in Beijing time, milliseconds. */
  now(): string;
  /** The day now in Asia/Shanghai, `yyyy-mm-dd`. */
  today(): string;
};

const eightHours = 8 * 3600_000;

/** An instant as RFC 3339 at +08:00, which Asia/Shanghai has kept since 1992. */
export const beijing = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds + eightHours).toISOString().replace('Z', '+08:00');

/** The day on which an instant falls in Asia/Shanghai. */
export const dayOf = (instant: string): string => beijing(Date.parse(instant)).slice(0, 10);

export const realClock: Clock = {
  now: () => beijing(Date.now()),
  today: () => beijing(Date.now()).slice(0, 10),
};

/** A clock that stands still until it is moved; moving back is refused. */
export type SimulatedClock = Clock & { moveTo(instant: string): void };

export const simulatedClock = (start: string): SimulatedClock => {
  let at = Date.parse(start);
  return {
    now: () => beijing(at),
    today: () => beijing(at).slice(0, 10),
    moveTo: (instant) => {
      const next = Date.parse(instant);
      if (Number.isNaN(next) || next < at) throw new RangeError('A simulated clock only moves forward');
      at = next;
    },
  };
};
