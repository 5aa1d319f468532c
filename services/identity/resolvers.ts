import type { GraphQLResolverMap } from '@apollo/subgraph';
import { v7 as uuidv7 } from 'uuid';
import { isUuid } from '#libs/contracts/ids.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { candidatesOf, candidateView } from './candidates/candidate-view.ts';
import { type IssueRunRow, issueFormalNumbers, issueRun } from './commands/issue-formal-numbers.ts';
import { linkGuardian } from './commands/link-guardian.ts';
import { unlinkGuardian } from './commands/unlink-guardian.ts';
import type { Context } from './context.ts';
import { createDeletionResolvers } from './deletion/deletion-resolvers.ts';
import type { Resolvers } from './generated/types.ts';
import { createChangeResolvers } from './key-change/change-resolvers.ts';
import { createChangeViews } from './key-change/change-view.ts';
import { createProblemResolvers } from './problems/problem-view.ts';
import { personByNumber } from './queries.ts';
import { createStudentView } from './student-view.ts';
import { createUpdateResolvers } from './updates/update-resolvers.ts';
import { createUpdateViews } from './updates/update-view.ts';

const runView = (row: IssueRunRow) => ({
  id: row.id,
  state: row.state,
  examined: row.examined,
  issuedG: row.issued_g,
  issuedJ: row.issued_j,
  problems: row.problems,
  postponed: row.postponed,
});

const typed = (core: ServiceCore): Resolvers => {
  const visible = async (id: string, context: Context) => {
    authorize(context.actor, 'student.read');
    const person = isUuid(id) ? await context.people.person.load(id) : null;
    if (person === null) throw outOfJurisdiction();
    return person;
  };

  const view = createStudentView(core.sealing, core.directory);
  const changes = createChangeResolvers(core);
  const { Student: changedStudent, ...changeViews } = createChangeViews(core);
  const deletions = createDeletionResolvers(core);
  const updates = createUpdateResolvers(core);
  const updateViews = createUpdateViews(core);
  const problems = createProblemResolvers(core);
  return {
    Query: {
      student: (_, { id }, context) => visible(id, context),
      studentByNumber: async (_, { number }, context) => {
        authorize(context.actor, 'student.read');
        if (number.length > 40)
          throw badInput([{ path: ['number'], code: 'TOO_LONG', message: '学籍号过长。' }]);
        const id = await personByNumber(core.worker, normaliseIdNumber(number), core.sealing);
        // A number that nobody has costs the same work as one that is somebody else's (PRV-15).
        const person = await visible(id ?? uuidv7(), context);
        context.trail.read(person.personId);
        return person;
      },
      ...changes.Query,
      ...deletions.Query,
      ...updates.Query,
      ...problems.Query,
      duplicateCandidates: (_, { student }, context) => candidatesOf(core, student, context),
    },
    Mutation: {
      ...changes.Mutation,
      ...deletions.Mutation,
      ...updates.Mutation,
      ...problems.Mutation,
      issueFormalNumbers: async (_, { input }, context) => {
        const { run, findings } = await issueFormalNumbers(core, context.actor, input);
        const row = run === null ? undefined : await issueRun(core, run);
        return { run: row ? runView(row) : null, findings };
      },
      linkGuardian: async (_, { input }, context) => {
        const { student, findings } = await linkGuardian(core, context.actor, input);
        return { student: student === null ? null : await context.people.person.load(student), findings };
      },
      unlinkGuardian: async (_, { input }, context) => {
        const { student, findings } = await unlinkGuardian(core, context.actor, input);
        return { student: student === null ? null : await context.people.person.load(student), findings };
      },
    },
    ...view,
    ...changeViews,
    NumberDeletion: deletions.NumberDeletion,
    Student: {
      ...view.Student,
      ...changedStudent,
      ...updateViews.Student,
      __resolveReference: ({ id }, context) =>
        context.actor !== null && isUuid(id) ? context.people.person.load(id) : null,
    },
    ProblemRecord: problems.ProblemRecord,
    ProblemRecordEvent: problems.ProblemRecordEvent,
    InformationUpdate: updateViews.InformationUpdate,
    InformationChange: updateViews.InformationChange,
    FormerInformation: updateViews.FormerInformation,
    DuplicateCandidate: candidateView,
  };
};

export const createResolvers = (core: ServiceCore): GraphQLResolverMap<Context> =>
  typed(core) as unknown as GraphQLResolverMap<Context>;
