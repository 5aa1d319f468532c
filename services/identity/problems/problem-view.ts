import { endOfDay } from '#libs/law/dates.ts';
import { judgeProblemAtGraduation } from '#libs/law/enrollment/graduation.ts';
import type { Finding } from '#libs/law/finding.ts';
import { actsOpenTo, isSettled } from '#libs/law/identity/problem-course.ts';
import { judgeProblemRecord } from '#libs/law/identity/problem-record.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { Person } from '../entities.ts';
import type { Resolvers } from '../generated/types.ts';
import { type OwnKey, ownIdOf, readOwnId } from '../person/own-id.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { courseOf, schoolOf as schoolOfOther } from './above-both.ts';
import { handleProblemRecord } from './commands/handle.ts';
import { reportProblem } from './commands/report.ts';
import { resolveProblemRecord } from './commands/resolve.ts';
import { handOf, type Moved } from './on-problem.ts';
import { listProblems, readProblem } from './problem-list.ts';
import { type ProblemRow, problemContext, type ShownEvent } from './problem-rows.ts';
import { problemScope, seesReferredOnly } from './problem-scope.ts';

const isLate = ({ state, dueOn, provisional }: ProblemRow, today: string): boolean =>
  !isSettled(state) && !provisional && String(dueOn) < today;

const worksOnProblems = (actor: Actor): boolean =>
  isGranted(actor, 'problem.handle') || isGranted(actor, 'problem.merge');

/** Queries, mutations and views of problem records. */
export const createProblemResolvers = (core: ServiceCore) => {
  const scopeFor = ({ actor, scope }: Context, key: OwnKey): Promise<Scope> =>
    seesReferredOnly(actor) ? problemScope(core, actor, key) : scope();

  const problemOf = async (key: OwnKey, context: Context): Promise<ProblemRow> => {
    const row = await readProblem(core, await scopeFor(context, key), key);
    if (row === undefined) throw outOfJurisdiction();
    context.trail.read(row.personId);
    return row;
  };

  const moved = async ({ problem, findings }: Moved, context: Context) => ({
    problem: problem === null ? null : await problemOf(problem, context),
    findings,
  });

  const schoolOf = async (row: ProblemRow, context: Context) => {
    const scope = await scopeFor(context, { person: row.personId, id: row.problemId });
    const person = seesReferredOnly(context.actor)
      ? await inScope(core.app, scope, (tx) => tx.findOne(Person, { personId: row.personId }))
      : await context.people.person.load(row.personId);
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
    const scope = await scopeFor(context, { person: row.personId, id: row.problemId });
    const lines = await inScope(core.app, scope, (tx) =>
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
      if (actor === null || !worksOnProblems(actor)) return [];
      const { person } = await schoolOf(row, context);
      const { state, turn, lastActor, otherPerson } = row;
      const record = { state, turn, lastActor: lastActor ?? null };
      const otherSchool = otherPerson
        ? await asWorker(core.worker, (tx) => schoolOfOther(tx, otherPerson))
        : undefined;
      const course = await courseOf(core, record, person.school, otherSchool);
      const open = actsOpenTo(course, handOf(actor));
      return isGranted(actor, 'problem.handle') ? open : open.filter((act) => act === 'RESOLVE');
    },
  };

  const Query: Resolvers['Query'] = {
    problemRecords: async (_, { filter, ...page }, context) => {
      const actor = authorize(context.actor, 'student.read');
      const scope = seesReferredOnly(actor) ? await problemScope(core, actor) : await context.scope();
      return listProblems({ core, actor, scope }, filter ?? {}, page);
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
        const mayRead = context.actor !== null && worksOnProblems(context.actor);
        if (sealed === null || !mayRead) return null;
        context.trail.read(person);
        return core.sealing.open(sealed, problemContext(problem));
      },
    },
  };
};
