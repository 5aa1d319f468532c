import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { atLeast, type BenchContext, type Measure } from '#deploy/bench/bench.ts';
import { firstKeys } from '#libs/platform/signing/rotation.ts';
import type { SigningRates, SigningWork } from './signing-work.ts';

const threads = 2;
const usualSeconds = 5;

const ratesOf = async (work: SigningWork): Promise<SigningRates> => {
  const worker = new Worker(new URL('./signing-work.ts', import.meta.url), { workerData: work });
  const [rates] = (await once(worker, 'message')) as [SigningRates];
  await worker.terminate();
  return rates;
};

/**
 * Electronic certificates signed (each checked before it is given out) and checked as the offline command does, against
 * ten thousand revoked ones; Ed25519, one thread for each of two cores.
 */
export const signingFigures = async ({ options, say }: BenchContext): Promise<Measure[]> => {
  const millis = (options.seconds ?? usualSeconds) * 1000;
  const keys = firstKeys('Ed25519', '2020-01-01T00:00:00Z');
  const rates = await Promise.all(Array.from({ length: threads }, () => ratesOf({ keys, millis })));
  const total = (name: keyof SigningRates): number => rates.reduce((sum, each) => sum + each[name], 0);
  say(`${threads} threads, ${millis / 1000} s each of signing and of checking`);
  return [
    atLeast('certificates.signatures_per_s', total('signed'), 'certificates/s', 1_000),
    atLeast('certificates.verifications_per_s', total('verified'), 'certificates/s', 2_000),
  ];
};
