import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { atLeast, type BenchContext, type Measure } from '#deploy/bench/bench.ts';
import type { PdfRates, PdfWork } from './pdf-work.ts';

const threads = 2;
const usualSeconds = 5;

const ratesOf = async (work: PdfWork): Promise<PdfRates> => {
  const worker = new Worker(new URL('./pdf-work.ts', import.meta.url), { workerData: work });
  const [rates] = (await once(worker, 'message')) as [PdfRates];
  await worker.terminate();
  return rates;
};

/** Certificates of form F4 made as PDF, each with a subset of the type of its own; one thread for each of two cores. */
export const pdfFigures = async ({ options, say }: BenchContext): Promise<Measure[]> => {
  const millis = (options.seconds ?? usualSeconds) * 1000;
  const rates = await Promise.all(Array.from({ length: threads }, () => ratesOf({ millis })));
  const bytes = rates.reduce((sum, each) => sum + each.bytes, 0) / threads;
  say(`${threads} threads, ${millis / 1000} s of papers as PDF, ${(bytes / 1024).toFixed(0)} KiB each`);
  const made = rates.reduce((sum, each) => sum + each.made, 0);
  return [atLeast('certificates.pdf_per_s', made, 'papers/s', 20)];
};
