import cliProgress from 'cli-progress';
import type { JobProgress } from '#deploy/local/import/job.ts';

/** Shows how far a job has come: a bar on a terminal, a line at each tenth elsewhere. */
export type JobDisplay = { show(progress: JobProgress): void; close(): void };

const stateNames: Readonly<Record<JobProgress['state'], string>> = {
  WAITING: '等待',
  READING: '读取文件',
  REGISTERING: '建籍',
  DONE: '完成',
  FAILED: '失败',
};

/**
 * @param stream where to; a terminal is drawn on, anything else gets plain lines
 * @param now milliseconds, for rate and remaining time
 */
export function showJob(stream: NodeJS.WriteStream, now: () => number = () => performance.now()): JobDisplay {
  const pace = createPace(now);
  return stream.isTTY ? barOn(stream, pace) : linesOn(stream, pace);
}

type Pace = (progress: JobProgress) => { rate: number; left: number };

/** Rows a second since the first were seen, and the seconds that the rest will take at this pace. */
export function createPace(now: () => number): Pace {
  let first: { at: number; read: number } | undefined;
  return ({ read, total }) => {
    first ??= { at: now(), read };
    const seconds = (now() - first.at) / 1000;
    const rate = seconds > 0 ? (read - first.read) / seconds : 0;
    const left = rate > 0 && total !== null ? (total - read) / rate : 0;
    return { rate, left };
  };
}

export function describeProgress(progress: JobProgress, pace: { rate: number; left: number }): string {
  const { state, dryRun, read, total, bad } = progress;
  const name = dryRun && state === 'REGISTERING' ? '检查' : stateNames[state];
  if (total === null) return name;
  const parts = [`${name} ${read}/${total} 行`];
  if (bad > 0) parts.push(`有问题 ${bad} 行`);
  if (pace.rate > 0) parts.push(`${Math.round(pace.rate)} 行/秒`);
  if (pace.left > 0 && read < total) parts.push(`剩余约 ${Math.ceil(pace.left)} 秒`);
  return parts.join('，');
}

function barOn(stream: NodeJS.WriteStream, pace: Pace): JobDisplay {
  const bar = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    gracefulExit: false,
    clearOnComplete: false,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    format: ' {bar} {text}',
  });
  let started = false;
  return {
    show(progress) {
      const total = progress.total ?? 0;
      const text = describeProgress(progress, pace(progress));
      if (!started) bar.start(total, progress.read, { text });
      started = true;
      bar.setTotal(total);
      bar.update(progress.read, { text });
    },
    close() {
      if (started) bar.stop();
    },
  };
}

function linesOn(stream: NodeJS.WriteStream, pace: Pace): JobDisplay {
  let told = '';
  return {
    show(progress) {
      const { state, read, total } = progress;
      const tenth = total ? Math.floor((read / total) * 10) : 0;
      const step = `${state} ${tenth}`;
      const text = describeProgress(progress, pace(progress));
      if (step !== told) stream.write(`${text}\n`);
      told = step;
    },
    close: () => undefined,
  };
}
