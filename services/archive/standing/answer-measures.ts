import { type MeasureTold, measuresOf } from '#libs/contracts/commands/measures-of.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Answers which measures the archives of students hold, whether they still stand or not: the law counts the days (CRT-02). */
export const answersMeasures = (core: Pick<ServiceCore, 'bus' | 'worker'>): Promise<Stop> =>
  answerTo(core.bus, measuresOf, async ({ persons }) => ({
    measures: await single<MeasureTold>(
      core.worker,
      `select person_id as person, level, decided_on::text as "decidedOn", ends_on::text as "endsOn",
         revoked_on::text as "revokedOn"
       from archive_measure where person_id = any($1::uuid[]) order by person_id, entry`,
      [persons],
    ),
  }));
