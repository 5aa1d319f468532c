import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { usageOf } from '#deploy/bench/process-tree.ts';
import { between } from '#deploy/bench/quantile.ts';
import type { BenchRegistry } from '#deploy/bench/registry.ts';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { Failure } from '#deploy/local/failure.ts';
import { followJob } from '#deploy/local/import/follow.ts';
import { askGraph } from '#deploy/local/import/graph.ts';
import { outcomeOf, startJob } from '#deploy/local/import/job.ts';
import type { Registry } from '#deploy/local/import/registry.ts';
import { sendFile } from '#deploy/local/import/send-file.ts';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';

const entryYear = 2026;
const school = DEMO_SCHOOLS.taiyuanPrimary;
/** Between two looks at the count, milliseconds: as finely as the rate is told. */
const look = 25;
const longestCount = 120_000;

const counted = async (registry: Registry): Promise<number> => {
  const { enrollmentStatistics } = await askGraph<{ enrollmentStatistics: { total: number | null } }>(
    registry,
    'query BenchCount($scope: ID) { enrollmentStatistics(scope: $scope, by: [STAGE]) { total } }',
    { scope: school },
  );
  return enrollmentStatistics.total ?? 0;
};

/** Waits until statistics counts so many pupils of the school. */
const untilCounted = async (registry: Registry, pupils: number, signal: AbortSignal): Promise<void> => {
  const end = performance.now() + longestCount;
  while ((await counted(registry)) < pupils) {
    if (performance.now() > end) throw new Failure('Statistics never counted all pupils of the import.');
    await delay(look, undefined, { signal });
  }
};

/** Writes a workbook of so many first-graders and tells its path; another seed makes others. */
export const writeWorkbook = async (folder: string, rows: number, seed = 1): Promise<string> => {
  const file = join(folder, `pupils-${rows}-${seed}.xlsx`);
  const order = { rows, bad: 0, entryYear, seed, school: '示范小学' };
  await writeSampleWorkbook(order, createWriteStream(file));
  return file;
};

/** Imports a workbook for good in the name of its school, and waits until statistics counts every pupil of it. */
export const importFile = async (running: BenchRegistry, file: string, signal: AbortSignal) => {
  const registry = running.as('registrar');
  const before = await counted(registry);
  const lagBefore = await running.question('lag');
  const upload = await sendFile(registry, file, school);
  const used = { registry: usageOf(running.ready.pids), load: process.cpuUsage() };
  const began = performance.now();
  const job = await startJob(registry, { school, upload, dryRun: false, entryYear });
  await followJob(registry, job, () => undefined, signal);
  const { registered, bad } = await outcomeOf(registry, job, 1);
  if (registered === 0) throw new Failure('The import registered nobody.');
  await untilCounted(registry, before + registered, signal);
  const seconds = (performance.now() - began) / 1000;
  const load = process.cpuUsage(used.load);
  return {
    seconds,
    registered,
    bad,
    lag: between(lagBefore, await running.question('lag')),
    registryCpu: usageOf(running.ready.pids).cpuSeconds - used.registry.cpuSeconds,
    loadCpu: (load.user + load.system) / 1e6,
  };
};
