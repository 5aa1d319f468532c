import { atLeast, type BenchContext, type Measure } from '#deploy/bench/bench.ts';
import { benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { Failure } from '#deploy/local/failure.ts';

const unit = '140105';
const usualPupils = 5_000;
const startsAt = '2026-07-06T09:00:00+08:00';

/**
 * An order to issue the certificates of a county's graduates, as the background works on it: numbers, sealed content, keys of the
 * check and events in chunks of five hundred, with what identity tells of each holder.
 */
export const issueFigures = async ({ options, say, signal }: BenchContext): Promise<Measure[]> => {
  if (options.processes)
    throw new Failure('certificates fills the registry from inside: leave out --processes.');
  const pupils = options.rows ?? usualPupils;
  const order = { folder: benchFolder('certificates'), fresh: true, scale: 0, processes: false, startsAt };
  const running = await startRegistry(order, signal);
  try {
    await running.question('enterGraduates', { unit, pupils });
    const { seconds, issued, skipped } = await running.question('issueAll', { unit });
    say(`${issued} certificates issued in ${seconds.toFixed(1)} s by one order, ${skipped} left out`);
    if (issued !== pupils) throw new Failure(`${pupils - issued} certificates were not issued.`);
    return [atLeast('certificates.issued_per_s', issued / seconds, 'certificates/s', 200)];
  } finally {
    await running.stop();
  }
};
