import { Worker } from 'node:worker_threads';
import type { FileProblemCode } from '../../problems.ts';

/** A paper is looked into for so many milliseconds, with so many megabytes; one that needs more is not taken in. */
export type Bounds = { milliseconds: number; megabytes: number };

const usual: Bounds = { milliseconds: 20_000, megabytes: 512 };
/** Papers that are looked into at the same time; others wait. */
const mostAtOnce = 2;
let underWay = 0;
const waiting: (() => void)[] = [];

const turn = async (): Promise<void> => {
  if (underWay >= mostAtOnce) await new Promise<void>((go) => waiting.push(go));
  else underWay += 1;
};

const handOn = (): void => {
  const next = waiting.shift();
  if (next === undefined) underWay -= 1;
  else next();
};

/** What the thread found; whatever keeps it from an answer speaks against the paper. */
const answerOf = (worker: Worker): Promise<FileProblemCode | undefined> =>
  new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', () => resolve('PDF_NOT_READABLE'));
    worker.once('exit', () => resolve('PDF_NOT_READABLE'));
  });

/**
 * Looks into a document as `inspectPdf` does, in a thread of its own with bounds of time and memory, so that one that is
 * made to hurt neither holds up nor ends the process. PDF_NOT_READABLE beyond the bounds.
 */
export const inspectPdfApart = async (
  bytes: Buffer,
  { milliseconds, megabytes }: Bounds = usual,
): Promise<FileProblemCode | undefined> => {
  await turn();
  const worker = new Worker(new URL('./inspect-work.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    // What a parser says of the content of a paper is nobody's to log.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const timer = setTimeout(() => worker.terminate(), milliseconds);
  try {
    return await answerOf(worker);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
    handOn();
  }
};
