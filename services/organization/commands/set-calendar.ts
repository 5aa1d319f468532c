import { z } from 'zod';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { problemsOfTerms } from '../calendar/terms.ts';
import { lockCalendar, saveCalendars } from '../store/calendars.ts';
import { recordChange } from '../store/change-record.ts';
import { treeAround } from '../store/units.ts';
import { ownUnit, runOnce } from './run-command.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  region: UnitCode,
  schoolYear: z.int(),
  terms: z
    .array(z.object({ term: z.int().min(1).max(2), opensOn: Day, closesOn: Day }))
    .min(1)
    .max(2),
});

export type CalendarSet = { region: string; schoolYear: number };

/** A unit sets the terms of a school year for its own region; the ministry sets those of the nation (ORG-28). */
export const setCalendar = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<CalendarSet> => {
  enforces('ORG-28');
  const caller = authorize(actor, 'calendar.set');
  const wanted = parseInput(Input, input);
  const { region, schoolYear, terms } = wanted;
  if (caller.unit !== region) throw outOfJurisdiction();
  const problems = problemsOfTerms(schoolYear, terms);
  if (problems.length > 0) throw badInput(problems);
  return runOnce({ core, caller, operation: 'setCalendar' }, wanted, async (tx, at): Promise<CalendarSet> => {
    ownUnit(await treeAround(tx, [region]), caller);
    const version = (await lockCalendar(tx, region, schoolYear)) + 1;
    const sorted = terms.toSorted((a, b) => a.term - b.term);
    const aggregate = `calendar:${region}:${schoolYear}`;
    await saveCalendars(tx, [{ region, schoolYear, terms: sorted, version }], at);
    await recordChange(tx, { aggregate, version, action: 'SET', caller, at });
    return { region, schoolYear };
  });
};
