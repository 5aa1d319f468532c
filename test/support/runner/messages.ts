/** A test suite as Jest hands it to a runner; `duration` in milliseconds where a former run is remembered. */
export type Suite = { path: string; duration?: number; context: { config: unknown } };

/** What Jest tells about a run and a project, as data. */
export type Settings = {
  globalConfig: unknown;
  projectConfig: unknown;
  runtime: 'child_process';
  /** Where the processes that a suite starts keep what Node makes of their sources. */
  compiled: string;
};

/** To a worker: the settings once, then suites one at a time. */
export type Order = { settings: Settings } | { path: string };

/** From a worker: that it listens, then one answer for each suite. */
export type Report = { listens: true } | { result: unknown } | { error: { message: string; stack: string } };
