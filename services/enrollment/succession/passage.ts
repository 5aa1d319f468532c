import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { addDays } from '#libs/law/dates.ts';
import type { Promotion } from '#libs/law/enrollment/grade.ts';
import { type Position, positionIn } from '#libs/law/organization/succession.ts';
import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** How long after a school has ended what still comes in there is sent on. */
const days = 60;

/** A school whose registrations go on in another one from now on. */
export type Passage = { merger: string; from: SchoolFact; into: SchoolFact };

/** What moving looks up: the instant of the business, and the promotions by which grades are counted. */
export type Moment = { at: string; promotions: readonly Promotion[] };

/** Whether the day has come from which the registrations of a school go on in another one. */
export const isPassing = ({ succession }: SchoolFact, today: string): boolean =>
  succession != null && succession.from <= today;

/** Schools whose day has come: those that have not ended, and those that ended of late. */
export const passagesDue = async ({ worker, clock, directory }: ServiceCore): Promise<Passage[]> => {
  const today = clock.today();
  const rows = await single<{ fact: SchoolFact }>(
    worker,
    `select fact from school_ref where fact -> 'succession' is not null and fact -> 'succession' ->> 'from' <= $1
       and (fact ->> 'state' = 'ACTIVE' or fact -> 'succession' ->> 'from' >= $2)
     order by code`,
    [today, addDays(today, -days)],
  );
  const standing = await directory.schoolsOf(rows.flatMap(({ fact }) => fact.succession?.into ?? []));
  return rows.flatMap(({ fact: from }) => {
    const into = standing.get(from.succession?.into ?? '');
    return into === undefined || from.succession == null
      ? []
      : [{ merger: from.succession.merger, from, into }];
  });
};

/** The same year of schooling at the school that goes on; undefined where it is not taught there (ENR-69). */
export const positionThere = (
  position: Position,
  { from, into }: Passage,
  { at, promotions }: Moment,
): Position | undefined =>
  positionIn(position, { from: from.stages, to: into.stages }, new Date(at), promotions);
