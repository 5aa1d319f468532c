/** Milliseconds between two looks. */
const EVERY = 500;

/**
 * Calls once when the process that started this one has ended: npm's shell passes on no signal, so that whoever ends npm
 * alone would leave everything running. Keeps nothing alive; returns how to stop looking.
 */
export function whenOrphaned(tell) {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    tell();
  }, EVERY);
  looking.unref();
  return () => clearInterval(looking);
}
