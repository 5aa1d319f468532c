import { styleText } from 'node:util';
import cliProgress from 'cli-progress';

/** The steps of a start, each shown with its time: redrawn on a terminal, a line each elsewhere. */
export interface Progress {
  /** Begins a step. */
  begin(step: string): void;
  /** Counts within a step, which begins if it has not. */
  count(step: string, done: number, total: number): void;
  /** Ends a step; the detail is shown behind it. */
  finish(step: string, detail?: string): void;
  /** Tells something beside the steps, also after the display has ended. */
  note(line: string): void;
  /** Ends the display; steps under way are shown as they stand. */
  close(): void;
}

interface Step {
  started: number;
  done: number;
  total: number;
  /** Tenths already told on plain lines. */
  tenth: number;
  bar: cliProgress.SingleBar | undefined;
}

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const barWidth = 24;

/**
 * @param stream where to; a terminal is drawn on, anything else gets plain lines
 * @param now milliseconds, for the times shown
 */
export function showProgress(
  stream: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Progress {
  const steps = new Map<string, Step>();
  let closed = false;
  const bars = stream.isTTY
    ? new cliProgress.MultiBar({
        stream,
        fps: 12,
        hideCursor: true,
        gracefulExit: false,
        emptyOnZero: true,
        format: (_options, _params, payload: { line(): string }) => payload.line(),
      })
    : undefined;
  const secondsOf = (step: Step) => `${((now() - step.started) / 1000).toFixed(1)} s`;
  const dim = (text: string) => paint(stream, 'dim', text);

  const lineOf = (name: string, step: Step) => {
    const frame = spinner[Math.floor(now() / 80) % spinner.length] ?? '';
    return `  ${paint(stream, 'cyan', frame)} ${name}${counted(step)} ${dim(secondsOf(step))}`;
  };

  function begin(name: string): Step {
    const known = steps.get(name);
    if (known) return known;
    const step: Step = { started: now(), done: 0, total: 0, tenth: 0, bar: undefined };
    if (closed) return step;
    steps.set(name, step);
    step.bar = bars?.create(1, 0, { line: () => lineOf(name, step) });
    if (!bars) stream.write(`  … ${name}\n`);
    return step;
  }

  return {
    begin(name) {
      begin(name);
    },
    count(name, done, total) {
      const step = begin(name);
      Object.assign(step, { done, total });
      const tenth = total > 0 ? Math.floor((done / total) * 10) : 0;
      if (!bars && !closed && tenth > step.tenth && done < total) {
        step.tenth = tenth;
        stream.write(`    ${name}: ${grouped(done)} of ${grouped(total)}, ${secondsOf(step)}\n`);
      }
    },
    finish(name, detail) {
      const step = steps.get(name);
      if (!step) return;
      steps.delete(name);
      const told = [name, detail].filter(Boolean).join(', ');
      const line = `  ${paint(stream, 'green', '✓')} ${told} ${dim(secondsOf(step))}\n`;
      if (!bars) stream.write(line);
      else {
        if (step.bar) bars.remove(step.bar);
        bars.log(line);
        bars.update();
      }
    },
    note(line) {
      if (!bars || closed) stream.write(`  ${line}\n`);
      else {
        bars.log(`  ${line}\n`);
        bars.update();
      }
    },
    close() {
      if (!closed) bars?.stop();
      closed = true;
      steps.clear();
    },
  };
}

function counted(step: Step): string {
  if (step.total <= 0) return '';
  const filled = Math.round(Math.min(1, step.done / step.total) * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return ` ${bar} ${grouped(step.done)}/${grouped(step.total)}`;
}

const grouped = (value: number): string => value.toLocaleString('en-US');

function paint(stream: NodeJS.WriteStream, style: 'dim' | 'cyan' | 'green', text: string): string {
  return styleText(style, text, { stream, validateStream: true });
}
