import type { Order, Report, Settings } from './messages.ts';

/** The part of jest-light-runner that runs one suite in the process that it is loaded in. */
type SuiteRunner = { default(path: string): Promise<unknown>; setWorkerData(settings: Settings): void };

const suiteRunner = new URL('./worker-runner.js', import.meta.resolve('jest-light-runner')).href;

const tell = (report: Report): void => {
  process.send?.(report);
};

const told = (error: unknown): Report => {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return { error: { message, stack } };
};

const obey = async (order: Order): Promise<void> => {
  const { default: run, setWorkerData } = (await import(suiteRunner)) as SuiteRunner;
  if ('settings' in order) {
    process.env.NODE_COMPILE_CACHE = order.settings.compiled;
    setWorkerData(order.settings);
  } else tell({ result: await run(order.path) });
};

// Orders are obeyed one after another; when nobody is left to give any, what a suite left open holds nothing up.
let before = Promise.resolve();
process.on('message', (order: Order) => {
  before = before.then(() => obey(order)).catch((error: unknown) => tell(told(error)));
});
process.on('disconnect', () => process.exit());
tell({ listens: true });
