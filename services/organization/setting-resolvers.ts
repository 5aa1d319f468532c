import type { GradeChangeKind, GradePermissionSetting } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findExamRegistration } from './calendar/exam-registration.ts';
import { announceExamRegistrationEnd } from './commands/announce-exam-registration.ts';
import { publishWorkingDays } from './commands/publish-working-days.ts';
import { setGradePermission } from './commands/set-grade-permission.ts';
import type { Resolvers } from './generated/types.ts';
import { required } from './queries.ts';

type Permission = { province: string; kind: GradeChangeKind; setting: GradePermissionSetting };
type Year = { year: number; issue: number; basis: string; holidays: string[]; makeUpDays: string[] };

/** Public settings of the nation and of provinces: working days, permissions for skipping and repeating. */
export const createSettingResolvers = (core: ServiceCore) =>
  ({
    Query: {
      examRegistration: (_, asked, { registry }) => findExamRegistration(core.app, registry, asked),
      workingDays: () =>
        inScope(core.app, emptyScope, (tx) =>
          query<Year>(
            tx,
            'select year, issue, basis, holidays, make_up_days as "makeUpDays" from working_days order by year',
          ),
        ),
      gradePermissions: (_, { province }) =>
        inScope(core.app, emptyScope, (tx) =>
          query<Permission>(
            tx,
            'select province, kind, setting from grade_permission where province = $1 order by kind',
            [province],
          ),
        ),
    },
    Mutation: {
      announceExamRegistrationEnd: async (_, { input }, { actor }) => ({
        examRegistration: await announceExamRegistrationEnd(core, actor, input),
        findings: [],
      }),
      publishWorkingDays: async (_, { input }, { actor }) => ({
        workingDays: await publishWorkingDays(core, actor, input),
        findings: [],
      }),
      setGradePermission: (_, { input }, { actor }) => setGradePermission(core, actor, input),
    },
    ExamRegistration: {
      region: ({ region }, _, { registry }) => required(registry.unit.load(region)),
    },
  }) satisfies Resolvers;
