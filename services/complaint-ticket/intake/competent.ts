import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import {
  type Authority,
  type Concerned,
  competentAuthority,
  type ProblemFacts,
  type ProblemScope,
  scopeOf,
} from '#libs/law/ticket/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Due, dueFrom } from '../clocks/due.ts';
import { calendarOf, lawPlaceOf, type Workplace, wayTo, workplaceBy } from '../standing/places.ts';

type Core = Pick<ServiceCore, 'directory' | 'clock'>;

/** What decides who takes a complaint up. `home`: the authority of the child's school, or of whoever files. */
export type Problem = { fault: ProblemFacts['fault']; against: readonly string[]; home: string };

/** Who is to handle a complaint, under which law, and until when. */
export type Competence = {
  unit: Workplace;
  level: Authority['level'];
  scope: ProblemScope;
  place: LawPlace;
  calendar: WorkingDayCalendar;
  today: string;
  clocks: readonly Due[];
};

/** The way down to whom a code is; undefined where nobody has it. */
export const concernedBy = async (core: Core, code: string): Promise<Concerned | undefined> => {
  const school = code.length === 10 ? await core.directory.school(code) : undefined;
  const way = await wayTo(core, school?.authority ?? code);
  return way.length === 0 ? undefined : { way, isAuthority: school === undefined };
};

const unknownAt = (index: number) => ({
  path: ['against', String(index)],
  code: 'UNIT_UNKNOWN',
  message: '没有这一学校标识码或单位代码。 No school or unit has this code.',
});

/** The schools and units that are complained of; throws BAD_USER_INPUT naming every code that nobody has. */
export const concernedOf = async (core: Core, against: readonly string[]): Promise<Concerned[]> => {
  const found = await Promise.all(against.map((code) => concernedBy(core, code)));
  const missing = found.flatMap((each, index) => (each === undefined ? [unknownAt(index)] : []));
  if (missing.length > 0) throw badInput(missing);
  return found.filter((each) => each !== undefined);
};

/** Who takes a problem up (TKT-01, TKT-03, TKT-04), and the clocks that begin with it. */
export const competenceFor = async (core: Core, { fault, against, home }: Problem): Promise<Competence> => {
  const [concerned, way] = [await concernedOf(core, against), await wayTo(core, home)];
  const facts = { fault, concerned, home: way };
  const authority = competentAuthority(facts);
  const unit = authority && (await workplaceBy(core, authority.unit));
  if (authority === undefined || unit === undefined) throw new Error('No authority stands over a complaint');
  const scope = scopeOf(facts);
  const [now, calendar] = [core.clock.now(), await calendarOf(core)];
  const isReported = scope === 'CROSS_PROVINCE' || scope === 'SYSTEM_OPERATION';
  const kinds = ['ACKNOWLEDGE', ...(isReported ? ['REPORT_UP' as const] : []), 'HANDLE'] as const;
  return {
    ...{ unit, level: authority.level, scope, calendar },
    place: await lawPlaceOf(core, unit.code),
    today: shanghaiDate(new Date(now)),
    clocks: kinds.map((clock) => dueFrom(clock, now, calendar)),
  };
};
