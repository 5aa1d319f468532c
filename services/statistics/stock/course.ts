import { asTold, type Pupil, pupilAfter, type StockEvent } from './pupil.ts';

/** What one source has told of a person by the end of a day (Asia/Shanghai), by itself. */
export type Step = { day: string; pupil: Pupil };

/**
 * A person day by day: by what enrollment tells (a registration and no number), and by what identity tells (a number and no
 * registration). Each source comes in its own order, so neither depends on when the other one was heard.
 */
export type Course = { registered: readonly Step[]; told: readonly Step[] };

/** An event and the day on which it happened. */
export type Dated = { day: string; event: StockEvent };

const nothingYet: Course = { registered: [], told: [] };

const sourceOf = ({ kind }: StockEvent): keyof Course =>
  kind === 'REGISTERED' || kind === 'STATUS' ? 'registered' : 'told';

/**
 * The course with an event more. An event that bears an earlier day than the one before it counts on the day of that
 * one: what follows is never overtaken. Throws UnknownRegistration.
 */
export const courseAfter = (before: Course = nothingYet, { day, event }: Dated): Course => {
  const source = sourceOf(event);
  const steps = before[source];
  const last = steps.at(-1);
  const pupil = pupilAfter(last?.pupil, event);
  if (pupil === last?.pupil) return before;
  const step = { day: last !== undefined && last.day > day ? last.day : day, pupil };
  const earlier = last?.day === step.day ? steps.slice(0, -1) : steps;
  return { ...before, [source]: [...earlier, step] };
};

/** The person that both sources tell of; where both know it the registration says the place. */
const joined = (registered: Pupil | undefined, told: Pupil | undefined): Pupil | undefined => {
  if (registered === undefined || registered.registration === null || told === undefined)
    return registered ?? told;
  return {
    ...registered,
    numberKind: told.numberKind,
    told: told.told,
    registration: asTold(registered.registration, told.told),
  };
};

const lastBy = (steps: readonly Step[], day: string): Pupil | undefined =>
  steps.findLast((step) => step.day <= day)?.pupil;

/** The person as of the end of a day; undefined before anything was told. */
export const pupilOn = ({ registered, told }: Course, day: string): Pupil | undefined =>
  joined(lastBy(registered, day), lastBy(told, day));

/** The person by all that was told. */
export const pupilOf = ({ registered, told }: Course): Pupil | undefined =>
  joined(registered.at(-1)?.pupil, told.at(-1)?.pupil);

/** Days on which something was told, in order, each once. */
export const daysOf = ({ registered, told }: Course): string[] =>
  [...new Set([...registered, ...told].map(({ day }) => day))].sort();
