import { endOfDay } from '#libs/law/dates.ts';
import { judgeProblemAtGraduation } from '#libs/law/enrollment/graduation.ts';
import type { Finding } from '#libs/law/finding.ts';
import { actsOpenTo, isSettled } from '#libs/law/identity/problem-course.ts';
import { judgeProblemRecord } from '#libs/law/identity/problem-record.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { ownIdOf, readOwnId } from '../person/own-id.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { courseOf, schoolOf as schoolOfOther } from './above-both.ts';
import { handleProblemRecord } from './commands/handle.ts';
import { reportProblem } from './commands/report.ts';
import { resolveProblemRecord } from './commands/resolve.ts';
import { handOf, type Moved } from './on-problem.ts';
import { listProblems, readProblem } from './problem-list.ts';
import { type ProblemRow, problemContext, type ShownEvent } from './problem-rows.ts';

const isLate = ({ state, dueOn, provisional }: ProblemRow, today: string): boolean =>
  !isSettled(state) && !provisional && String(dueOn) < today;

/** Queries, mutations and views of problem records. */
export const createProblemResolvers = (core: ServiceCore) => {
  const problemOf = async (key: { person: string; id: string }, context: Context): Promise<ProblemRow> => {
    const row = await readProblem(core, await context.scope(), key);
    if (row === undefined) throw outOfJurisdiction();
    context.trail.read(row.personId);
    return row;
  };

  const moved = async ({ problem, findings }: Moved, context: Context) => ({
    problem: problem === null ? null : await problemOf(problem, context),
    findings,
  });

  const schoolOf = async (row: ProblemRow, context: Context) => {
    const person = await context.people.person.load(row.personId);
    if (person === null) throw outOfJurisdiction();
    const school = await core.directory.school(person.school);
    return { person, school, place: lawPlaceAt(school, person.province) };
  };

  /** What is on record of it: it is late, or graduation came before it was settled; nothing is stopped by it. */
  const blockersOf = async (row: ProblemRow, context: Context): Promise<Finding[]> => {
    const { place } = await schoolOf(row, context);
    const settled = isSettled(row.state);
    const today = core.clock.today();
    const late = row.provisional
      ? []
      : judgeProblemRecord(
          { settled, dueAt: endOfDay(String(row.dueOn)) },
          new Date(core.clock.now()),
          place,
        );
    const graduatedOn = row.graduatedOn ? String(row.graduatedOn) : null;
    return [...late, ...judgeProblemAtGraduation({ settled, graduatedOn }, today, place)];
  };

  const historyOf = async (row: ProblemRow, context: Context): Promise<ShownEvent[]> => {
    context.trail.read(row.personId);
    type Line = Omit<ShownEvent, 'at'> & { at: Date };
    const lines = await inScope(core.app, await context.scope(), (tx) =>
      query<Line>(
        tx,
        `select person_id as person, problem_id as problem, ordinal, act, state, unit, at, sealed,
                cardinality(papers) as papers
         from problem_event where person_id = $1 and problem_id = $2 order by ordinal`,
        [row.personId, row.problemId],
      ),
    );
    return lines.map((line) => ({ ...line, at: new Date(line.at).toISOString() }));
  };

  const ProblemRecord: Resolvers['ProblemRecord'] = {
    id: ({ personId, problemId }) => ownIdOf({ person: personId, id: problemId }),
    provisionalDue: (row) => row.provisional,
    student: async (row, _, context) => (await schoolOf(row, context)).person,
    turn: ({ state, turn }) => (isSettled(state) || turn === '' ? null : turn),
    overdue: (row) => isLate(row, core.clock.today()),
    other: (row, _, context) => (row.otherPerson ? context.people.person.load(row.otherPerson) : null),
    blockers: (row, _, context) => blockersOf(row, context),
    history: (row, _, context) => historyOf(row, context),
    allowedActions: async (row, _, context) => {
      const { actor } = context;
      if (actor === null || !isGranted(actor, 'problem.handle')) return [];
      const { person } = await schoolOf(row, context);
      const { state, turn, lastActor, otherPerson } = row;
      const record = { state, turn, lastActor: lastActor ?? null };
      const otherSchool = otherPerson
        ? await asWorker(core.worker, (tx) => schoolOfOther(tx, otherPerson))
        : undefined;
      return actsOpenTo(await courseOf(core, record, person.school, otherSchool), handOf(actor));
    },
  };

  const Query: Resolvers['Query'] = {
    problemRecords: async (_, { filter, ...page }, context) => {
      const actor = authorize(context.actor, 'student.read');
      return listProblems({ core, actor, scope: await context.scope() }, filter ?? {}, page);
    },
    problemRecord: (_, { id }, context) => {
      authorize(context.actor, 'student.read');
      return problemOf(readOwnId(id), context);
    },
  };

  const Mutation: Partial<NonNullable<Resolvers['Mutation']>> = {
    reportProblem: async (_, { input }, context) =>
      moved(await reportProblem(core, context.actor, input), context),
    handleProblemRecord: async (_, { input }, context) =>
      moved(await handleProblemRecord(core, context.actor, input), context),
    resolveProblemRecord: async (_, { input }, context) =>
      moved(await resolveProblemRecord(core, context.actor, input), context),
  };

  return {
    Query,
    Mutation,
    ProblemRecord,
    ProblemRecordEvent: {
      note: ({ person, problem, sealed }: ShownEvent, _: unknown, context: Context) => {
        const mayRead = context.actor !== null && isGranted(context.actor, 'problem.handle');
        if (sealed === null || !mayRead) return null;
        context.trail.read(person);
        return core.sealing.open(sealed, problemContext(problem));
      },
    },
  };
};
