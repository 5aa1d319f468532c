import { z } from 'zod';
import { type IssuedYear, WorkingDaysPublished } from '#libs/contracts/events/organization.ts';
import { Day } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { problemsOfYear } from '../calendar/issued-years.ts';
import { recordChange } from '../store/change-record.ts';
import { lockSetting } from '../store/number-series.ts';
import { runOnce } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  year: z.int().min(2000).max(2200),
  basis: z.string().trim().min(1).max(200),
  holidays: z.array(Day).min(1).max(366),
  makeUpDays: z.array(Day).max(60),
});

/** The ministry publishes the days off and make-up days of a year, or issues them anew (ORG-28). */
export const publishWorkingDays = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<IssuedYear> => {
  enforces('ORG-28');
  const caller = authorize(actor, 'working-days.publish');
  const wanted = parseInput(Input, input);
  const problems = problemsOfYear(wanted, core.clock.today());
  if (problems.length > 0) throw badInput(problems);
  return runOnce(
    { core, caller, operation: 'publishWorkingDays' },
    wanted,
    async (tx, at): Promise<IssuedYear> => {
      const { year, basis } = wanted;
      const aggregate = `working-days:${year}`;
      await lockSetting(tx, aggregate);
      const [known] = await query<{ issue: number }>(tx, 'select issue from working_days where year = $1', [
        year,
      ]);
      const issued: IssuedYear = {
        year,
        issue: (known?.issue ?? 0) + 1,
        basis,
        holidays: wanted.holidays.toSorted(),
        makeUpDays: wanted.makeUpDays.toSorted(),
      };
      await execute(
        tx,
        `insert into working_days (year, issue, basis, holidays, make_up_days) values ($1, $2, $3, $4, $5)
       on conflict (year) do update set issue = excluded.issue, basis = excluded.basis,
         holidays = excluded.holidays, make_up_days = excluded.make_up_days`,
        [year, issued.issue, basis, JSON.stringify(issued.holidays), JSON.stringify(issued.makeUpDays)],
      );
      await recordEvents(tx, at, [recorded(WorkingDaysPublished, aggregate, issued.issue, issued)]);
      await recordChange(tx, {
        aggregate,
        version: issued.issue,
        action: 'PUBLISH',
        reason: basis,
        caller,
        at,
      });
      return issued;
    },
  );
};
