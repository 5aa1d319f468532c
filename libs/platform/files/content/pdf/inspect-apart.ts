import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FileProblemCode } from '../../problems.ts';

/** A paper is looked into for so many milliseconds, with so many megabytes; one that needs more is not taken in. */
export type Bounds = { milliseconds: number; megabytes: number };

/** What a thread says: once that it is there, then one answer for each paper. */
export type FromThread = 'LISTENS' | { found: FileProblemCode | undefined };

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

/** Threads that have answered and wait for a paper, by the memory that they may use: a start costs more than most papers. */
const idle = new Map<number, Worker[]>();

/** A thread that listens. Throws where it cannot be started, which says nothing of any paper. */
const startThread = async (megabytes: number): Promise<Worker> => {
  const thread = new Worker(new URL('./inspect-work.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  await once(thread, 'message');
  thread.on('exit', () =>
    idle.set(
      megabytes,
      (idle.get(megabytes) ?? []).filter((each) => each !== thread),
    ),
  );
  return thread;
};

const takeThread = async (megabytes: number): Promise<Worker> => {
  const thread = idle.get(megabytes)?.pop() ?? (await startThread(megabytes));
  thread.ref();
  return thread;
};

/** The thread waits for the next paper, and keeps no process from ending. */
const giveBack = (thread: Worker, megabytes: number): void => {
  thread.unref();
  idle.set(megabytes, [...(idle.get(megabytes) ?? []), thread]);
};

/** What the thread found; undefined where it ended instead of answering. */
const answerOf = (thread: Worker): Promise<Exclude<FromThread, 'LISTENS'> | undefined> =>
  new Promise((resolve) => {
    const say = (answer?: Exclude<FromThread, 'LISTENS'>): void => {
      thread.off('message', say).off('error', none).off('exit', none);
      resolve(answer);
    };
    const none = (): void => say();
    thread.on('message', say).on('error', none).on('exit', none);
  });

const inspectIn = async (
  thread: Worker,
  bytes: Buffer,
  { milliseconds, megabytes }: Bounds,
): Promise<FileProblemCode | undefined> => {
  const timer = setTimeout(() => thread.terminate(), milliseconds);
  const answering = answerOf(thread);
  thread.postMessage(bytes);
  const answer = await answering;
  clearTimeout(timer);
  if (answer === undefined) return 'PDF_NOT_READABLE';
  giveBack(thread, megabytes);
  return answer.found;
};

/**
 * Looks into a document as `inspectPdf` does, in a thread of its own with bounds of time and memory, so that one that is
 * made to hurt neither holds up nor ends the process: whatever keeps the thread from an answer speaks against the paper.
 * PDF_NOT_READABLE beyond the bounds.
 */
export const inspectPdfApart = async (
  bytes: Buffer,
  bounds: Bounds = usual,
): Promise<FileProblemCode | undefined> => {
  await turn();
  try {
    return await inspectIn(await takeThread(bounds.megabytes), bytes, bounds);
  } finally {
    handOn();
  }
};
