import { setTimeout as delay } from 'node:timers/promises';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { failureOf, reach } from '#deploy/local/import/graph.ts';
import { isOver, type JobProgress, progressFields, progressOf } from '#deploy/local/import/job.ts';
import type { Registry } from '#deploy/local/import/registry.ts';
import { serverSentEvents } from '#deploy/local/import/server-sent-events.ts';

const subscription = `subscription ImportProgress($job: ID!) { importProgress(job: $job) { ${progressFields} } }`;

/** Between two looks where the stream has broken off, milliseconds. */
const pause = 1_000;
/** A registry that does not answer so many times in a row is gone. */
const mostFailures = 30;

type Result = { data?: { importProgress: JobProgress | null } | null; errors?: { message: string }[] };

/**
 * Follows a job to its end: over server-sent events, and by asking again where a stream breaks off or cannot be had.
 * Tells every state that it hears of; returns the last one. A registry that is started again meanwhile is waited for.
 */
export async function followJob(
  registry: Registry,
  job: string,
  tell: (progress: JobProgress) => void,
  stop: AbortSignal,
): Promise<JobProgress> {
  for (let failures = 0; ; ) {
    stop.throwIfAborted();
    try {
      for await (const progress of streamOf(registry, job, stop)) {
        failures = 0;
        tell(progress);
        if (isOver(progress)) return progress;
      }
      const asked = await progressOf(registry, job);
      failures = 0;
      tell(asked);
      if (isOver(asked)) return asked;
    } catch (error) {
      stop.throwIfAborted();
      failures += 1;
      if (failures >= mostFailures) throw lost(error, job);
    }
    await delay(pause, undefined, { signal: stop });
  }
}

async function* streamOf(registry: Registry, job: string, stop: AbortSignal): AsyncGenerator<JobProgress> {
  const response = await reach(`${registry.graphUrl}/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${registry.token}`,
    },
    body: JSON.stringify({ query: subscription, variables: { job } }),
    signal: stop,
  });
  if (!response.ok || response.body === null) return;
  for await (const { event, data } of serverSentEvents(response.body)) {
    if (event !== 'next') continue;
    const result = JSON.parse(data) as Result;
    if (result.errors?.[0] !== undefined) throw failureOf(result.errors[0]);
    if (result.data?.importProgress) yield result.data.importProgress;
  }
}

const lost = (error: unknown, job: string): ImportFailure =>
  new ImportFailure(
    (error as Error).message,
    `任务会继续进行，稍后可用 npm run import -- --job ${job} 查看。`,
    'The job goes on by itself; look at it again later.',
  );
