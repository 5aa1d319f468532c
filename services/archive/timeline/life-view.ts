import { addDays, shanghaiDate, startOfDay } from '#libs/law/dates.ts';
import { gradeOn, lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import { readsContent } from '../archives/who-reads.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import type { Line, LinePosition } from './line.ts';
import type { Stood } from './line-rows.ts';

type Core = Pick<ServiceCore, 'directory'>;

/** How a student stood at the end of a day. */
export type LifeOn = Stood & { day: string };

const endOf = (day: string): string => startOfDay(addDays(day, 1)).toISOString();

/** True where the caller reads what lies in the archive of a student; who does is put on record as having read it. */
const sees = async ({ archives, scope, trail }: Context, person: string): Promise<boolean> => {
  const archive = await archives.ofPerson.load(person);
  if (archive === null || !readsContent(archive, await scope())) return false;
  trail.read(person);
  return true;
};

/** A page of the life of a student, oldest first; null for who does not read the archive. */
const pageOf = async (
  person: string,
  { until, ...page }: PageArguments & { until?: string | null },
  context: Context,
): Promise<Connection<Line> | null> => {
  const size = pageSize(page.first);
  const cursor = readCursor(page.after, ['INSTANT', 'UUID']);
  if (!(await sees(context, person))) return null;
  const after = cursor === undefined ? null : ([String(cursor[0]), String(cursor[1])] as const);
  const part = { after, before: until ? endOf(until) : null, limit: size + 1 };
  const lines = await context.lives.lines.load({ person, part });
  return connectionOf(
    lines,
    size,
    page.after,
    ({ at, event }) => [at, event],
    (line) => line,
  );
};

const gradeOf = async (
  { directory }: Core,
  position: LinePosition | null,
  at: string,
): Promise<number | null> => {
  if (position === null) return null;
  const facts = { ...position, frozenAt: position.frozenAt === null ? null : new Date(position.frozenAt) };
  return gradeOn(facts, new Date(at), lawPromotions(await directory.promotions()));
};

/** Resolvers of lives: what happened, line by line, and how it stood on any day. */
export const createLifeViews = (
  core: Core,
): { Student: Pick<NonNullable<Resolvers['Student']>, 'timeline' | 'recordAsOf'> } & Pick<
  Resolvers,
  'TimelineLine' | 'StudentRecord'
> => ({
  Student: {
    timeline: ({ id }, page, context) => pageOf(id, page, context),
    recordAsOf: async ({ id }, { day }, context) => {
      if (!(await sees(context, id))) return null;
      return { ...(await context.lives.stood.load({ person: id, before: endOf(day) })), day };
    },
  },
  TimelineLine: {
    on: ({ at }) => shanghaiDate(new Date(at)),
    stage: ({ position }) => position?.stage ?? null,
    grade: ({ position, at }) => gradeOf(core, position, at),
    entry: async ({ person, entry }, _, { archives }) =>
      entry === null
        ? null
        : ((await archives.entries.load(person)).find(({ entry: number }) => number === entry) ?? null),
  },
  StudentRecord: {
    enrollment: ({ position, person }) => position && `${person}.${position.enrollment}`,
    school: ({ position }) => position && { id: position.school },
    stage: ({ position }) => position?.stage ?? null,
    grade: ({ position, day }) => gradeOf(core, position, new Date(Date.parse(endOf(day)) - 1).toISOString()),
    entries: async ({ person, day }, _, { archives }) =>
      (await archives.entries.load(person)).filter(({ at }) => at < endOf(day)),
  },
});
