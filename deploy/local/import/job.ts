import { randomUUID } from 'node:crypto';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { askGraph } from '#deploy/local/import/graph.ts';
import type { Registry } from '#deploy/local/import/registry.ts';

/** How far a job has come. */
export type JobProgress = {
  id: string;
  state: 'WAITING' | 'READING' | 'REGISTERING' | 'DONE' | 'FAILED';
  dryRun: boolean;
  read: number;
  total: number | null;
  good: number;
  registered: number;
  already: number;
  held: number;
  warned: number;
  bad: number;
};

export type JobProblem = {
  outcome: string;
  path: string | null;
  code: string;
  message: string;
  messageEn: string;
};

/** What came of a job, with the first of its refused rows and of those with warnings. */
export type JobOutcome = JobProgress & {
  startedAt: string;
  finishedAt: string | null;
  fileProblem: JobProblem | null;
  notes: JobProblem[];
  badRows: { row: number; problems: JobProblem[] }[];
  warnedRows: { row: number; warnings: JobProblem[] }[];
  reportUrl: string | null;
};

/** Fields of a job that a progress bar needs, for queries and subscriptions alike. */
export const progressFields = 'id state dryRun read total good registered already held warned bad';

const startImport = `mutation ImportStart($input: StartImportInput!) {
  startImport(input: $input) { job { id } findings { message } }
}`;
const progress = `query ImportJobProgress($id: ID!) { importJob(id: $id) { ${progressFields} } }`;
const problem = 'outcome path code message messageEn';
const outcome = `query ImportJobOutcome($id: ID!, $rows: Int!) {
  importJob(id: $id) {
    ${progressFields} startedAt finishedAt reportUrl
    fileProblem { ${problem} }
    notes { ${problem} }
    badRows(first: $rows) { row problems { ${problem} } }
    warnedRows(first: $rows) { row warnings { ${problem} } }
  }
}`;

export type ImportOrder = { school: string; upload: string; dryRun: boolean; entryYear: number | undefined };

/** Starts the import of an accepted upload; returns the id of the job. */
export async function startJob(registry: Registry, order: ImportOrder): Promise<string> {
  const input = { ...order, idempotencyKey: randomUUID() };
  const answer = await askGraph<{
    startImport: { job: { id: string } | null; findings: { message: string }[] };
  }>(registry, startImport, { input });
  const { job, findings } = answer.startImport;
  if (job === null) throw new ImportFailure(...findings.map(({ message }) => message));
  return job.id;
}

export const isOver = ({ state }: JobProgress): boolean => state === 'DONE' || state === 'FAILED';

export const progressOf = (registry: Registry, job: string): Promise<JobProgress> =>
  askJob<JobProgress>(registry, progress, { id: job });

/** The end of a job with so many of its rows. */
export const outcomeOf = (registry: Registry, job: string, rows: number): Promise<JobOutcome> =>
  askJob<JobOutcome>(registry, outcome, { id: job, rows });

const noSuchJob = [
  '没有这个导入任务，或者它不属于登录者的学校。',
  'There is no such import job in the reach of this identity.',
];

async function askJob<Job>(
  registry: Registry,
  query: string,
  variables: Record<string, unknown>,
): Promise<Job> {
  const { importJob } = await askGraph<{ importJob: Job | null }>(registry, query, variables, noSuchJob);
  if (importJob === null) throw new ImportFailure(...noSuchJob);
  return importJob;
}
