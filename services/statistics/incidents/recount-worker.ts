import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { wrongCells, wrongMonths } from './compare-cells.ts';
import { comparePage, type Owner } from './compare-page.ts';
import { type Found, recordFound, settleGone } from './incident-rows.ts';

/** From this hour on, in Beijing, the recount of a day is made. */
const hour = '02';

const phases = ['enrollment', 'identity', 'cells', 'done'] as const;
type Phase = (typeof phases)[number];
type Run = { phase: Phase; after: string | null };

/** The recount of a day, begun where it is not yet. */
const runOf = async ({ worker }: ServiceCore, day: string): Promise<Run> => {
  const read = () => single<Run>(worker, 'select phase, after::text from recount_run where day = $1', [day]);
  const [known] = await read();
  if (known !== undefined) return known;
  await asWorker(worker, (tx) =>
    execute(
      tx,
      `insert into recount_run (day, phase, persons, found) values ($1, 'enrollment', 0, 0) on conflict do nothing`,
      [day],
    ),
  );
  return (await read())[0] ?? { phase: 'enrollment', after: null };
};

type Done = { found: readonly Found[]; persons: number; next: Run };

/** Records what a step found and where the run goes on; another process that did the same step changes nothing more. */
const advance = async (
  core: ServiceCore,
  day: string,
  run: Run,
  { found, persons, next }: Done,
  settle: (at: string) => (tx: Parameters<typeof recordFound>[0]) => Promise<void>,
): Promise<void> => {
  const at = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    const [moved] = await query<{ day: string }>(
      tx,
      `update recount_run set phase = $4, after = $5, persons = persons + $6, found = found + $7,
         finished_at = case when $4 = 'done' then $8::timestamptz end
       where day = $1 and phase = $2 and after is not distinct from $3 returning day::text`,
      [day, run.phase, run.after, next.phase, next.after, persons, found.length, at],
    );
    if (moved === undefined) return;
    await recordFound(tx, found, at);
    await settle(at)(tx);
  });
};

const following = (phase: Phase): Phase => phases[phases.indexOf(phase) + 1] ?? 'done';

const comparePersons = async (core: ServiceCore, day: string, run: Run, owner: Owner): Promise<boolean> => {
  const { kind, found, last, persons } = await comparePage(core, owner, run.after);
  const next =
    last === null ? { phase: following(run.phase), after: null } : { phase: run.phase, after: last };
  const still = found.map(({ subject }) => subject);
  await advance(core, day, run, { found, persons, next }, (at) => async (tx) => {
    await settleGone(tx, kind, { after: run.after, last, still }, at);
  });
  return true;
};

const compareCells = async (core: ServiceCore, day: string, run: Run): Promise<boolean> => {
  const [cells, months] = [await wrongCells(core), await wrongMonths(core)];
  const whole = { after: null, last: null };
  const next = { phase: 'done', after: null } as const;
  await advance(core, day, run, { found: [...cells, ...months], persons: 0, next }, (at) => async (tx) => {
    await settleGone(tx, 'CELLS', { ...whole, still: cells.map(({ subject }) => subject) }, at);
    await settleGone(tx, 'MONTH', { ...whole, still: months.map(({ subject }) => subject) }, at);
  });
  return true;
};

/**
 * One step of the recount of the day: a page of persons held against enrollment, then against identity, then all counts held
 * against the persons. What differs is put on record as an incident and changed by nobody; an owner who does not answer is
 * asked again by a later step. True when there may be more.
 */
export const recountStep = async (core: ServiceCore): Promise<boolean> => {
  if (core.clock.now().slice(11, 13) < hour) return false;
  const day = core.clock.today();
  const run = await runOf(core, day);
  if (run.phase === 'done') return false;
  return run.phase === 'cells' ? compareCells(core, day, run) : comparePersons(core, day, run, run.phase);
};

export const startRecountWorker = (core: ServiceCore): Loop =>
  until({ name: 'recount of statistics', log: core.log, idle: 60_000, step: () => recountStep(core) });
