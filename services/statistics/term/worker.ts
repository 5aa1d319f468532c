import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { missChecks } from './miss-checks.ts';
import { openAfter } from './open-checks.ts';

/** What the opening of checks depends on: the day, the terms that were entered, the schools there are. */
const situationOf = async ({ worker, clock }: ServiceCore): Promise<string> => {
  const [known] = await single<{ terms: string | null; schools: number }>(
    worker,
    `select (select md5(string_agg(region || school_year || terms::text, ',' order by region, school_year)) from term_ref) as terms,
            (select count(*)::int from school_ref) as schools`,
  );
  return `${clock.today()} ${known?.terms} ${known?.schools}`;
};

/**
 * Opens checks of the term as their days come and puts missing ones on record (W-24): once a day, and when a term or a school
 * is new, through all schools in runs; by any process.
 */
export const termWorkerOf = (core: ServiceCore): (() => Promise<boolean>) => {
  let seen = '';
  let after: number | undefined;
  return async () => {
    const situation = await situationOf(core);
    if (situation !== seen) {
      seen = situation;
      after = 0;
    }
    if (after !== undefined) {
      after = await openAfter(core, after);
      core.wakeRelay();
      return true;
    }
    const more = await missChecks(core);
    core.wakeRelay();
    return more;
  };
};

export const startTermWorker = (core: ServiceCore): Loop =>
  until({ name: 'term checks', log: core.log, idle: 10_000, step: termWorkerOf(core) });
