import type { GraphQLResolverMap } from '@apollo/subgraph';
import { badInput } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { findCalendar } from './calendar/find-calendar.ts';
import { closureResolvers } from './closure/closure-resolvers.ts';
import { revokeClosure } from './closure/revoke-closure.ts';
import { changeSchoolType } from './commands/change-school-type.ts';
import { closeSchool } from './commands/close-school.ts';
import { createSchool } from './commands/create-school.ts';
import { renameSchool } from './commands/rename-school.ts';
import type { SchoolOutcome } from './commands/run-command.ts';
import { setAdmissionArea } from './commands/set-admission-area.ts';
import { setCalendar } from './commands/set-calendar.ts';
import { setCompetentAuthority } from './commands/set-competent-authority.ts';
import { setPromotion } from './commands/set-promotion.ts';
import { createContactResolvers } from './contacts/contact-resolvers.ts';
import type { Context } from './context.ts';
import { createCorrectionResolvers } from './correction/correction-resolvers.ts';
import { createDutyResolvers } from './duty/duty-resolvers.ts';
import type { Resolvers } from './generated/types.ts';
import { lawAt, lawRule } from './law/law-view.ts';
import { parametersAt } from './law/parameter-view.ts';
import { lawPlaceOfLine } from './law/place-of-line.ts';
import { createVerdictResolvers } from './law/verdict/verdict-resolvers.ts';
import { createMergerResolvers } from './merger/merger-resolvers.ts';
import { createOperationsResolvers } from './operations/operations-resolvers.ts';
import { required } from './queries.ts';
import { createRegistrarResolvers } from './registrar/registrar-resolvers.ts';
import { listSchools } from './school-list.ts';
import { createSettingResolvers } from './setting-resolvers.ts';
import { MINISTRY } from './tree/org-unit.ts';
import { allowedActions, signedIn } from './viewer.ts';

const schoolView = async ({ school, findings }: SchoolOutcome, { registry }: Context) => {
  if (school === null) return { school: null, findings };
  return { school: await registry.school.clear(school).load(school), findings };
};

const unknownRegion = () =>
  badInput([{ path: ['region'], code: 'UNKNOWN_UNIT', message: '没有这一区划。 There is no such region.' }]);

const typed = (core: ServiceCore): Resolvers => ({
  Query: {
    viewer: (_, __, { actor }) => actor,
    orgUnit: (_, { code }, { registry }) => registry.unit.load(code),
    orgUnits: async (_, { level, parent }, { registry }) =>
      level === 'SCHOOL' ? [] : registry.unitsOf({ level: level ?? undefined, parent: parent ?? undefined }),
    school: (_, { id }, { registry }) => registry.school.load(id),
    schools: (_, { filter, ...page }, { actor, registry }) =>
      listSchools({ orm: core.app, actor: signedIn(actor), registry }, filter, page),
    calendar: (_, { region, schoolYear }, { registry }) =>
      findCalendar(core.app, registry, { region, schoolYear, on: core.clock.today() }),
    law: async (_, { region, on, chapter }, { registry }) => {
      const line = await registry.line(region);
      if (line.length === 0) throw unknownRegion();
      return lawAt(lawPlaceOfLine(line), on ?? core.clock.today(), chapter);
    },
    lawParameters: async (_, { region, stage, on, ids }, { registry }) => {
      const line = await registry.line(region);
      if (line.length === 0) throw unknownRegion();
      return parametersAt({ place: lawPlaceOfLine(line), on: on ?? core.clock.today(), stage }, ids);
    },
    rule: (_, { id }) => lawRule(id),
  },
  Mutation: {
    createSchool: async (_, { input }, context) =>
      schoolView(await createSchool(core, context.actor, input), context),
    renameSchool: async (_, { input }, context) =>
      schoolView(await renameSchool(core, context.actor, input), context),
    changeSchoolType: async (_, { input }, context) =>
      schoolView(await changeSchoolType(core, context.actor, input), context),
    closeSchool: async (_, { input }, context) =>
      schoolView(await closeSchool(core, context.actor, input), context),
    revokeSchoolClosure: async (_, { input }, context) =>
      schoolView(await revokeClosure(core, context.actor, input), context),
    setAdmissionArea: async (_, { input }, context) =>
      schoolView(await setAdmissionArea(core, context.actor, input), context),
    setCompetentAuthority: async (_, { input }, context) =>
      schoolView(await setCompetentAuthority(core, context.actor, input), context),
    setCalendar: async (_, { input }, { actor, registry }) => {
      const set = await setCalendar(core, actor, input);
      const calendar = await findCalendar(core.app, registry, { ...set, on: core.clock.today() });
      return { calendar, findings: [] };
    },
    setPromotion: async (_, { input }, { actor, registry }) => {
      const { schoolYear, findings } = await setPromotion(core, actor, input);
      if (schoolYear === null) return { calendar: null, findings };
      const on = core.clock.today();
      return {
        calendar: await findCalendar(core.app, registry, { region: MINISTRY, schoolYear, on }),
        findings,
      };
    },
  },
  Viewer: {
    roles: ({ roles }) => [...roles],
    unit: ({ unit }, _, { registry }) => (unit === undefined ? null : registry.unit.load(unit)),
    school: ({ school }, _, { registry }) => (school === undefined ? null : registry.school.load(school)),
    allowedActions: (actor) => allowedActions(actor),
  },
  OrgUnit: {
    __resolveReference: ({ code }, { actor, registry }) => (actor === null ? null : registry.unit.load(code)),
    parent: ({ parent }, _, { registry }) => (parent ? registry.unit.load(parent) : null),
    children: ({ code }, _, { registry }) => registry.children.load(code),
    directSchoolCount: ({ code }, _, { registry }) => registry.schoolCount.load(code),
  },
  School: {
    __resolveReference: ({ id }, { actor, registry }) => (actor === null ? null : registry.school.load(id)),
    id: ({ code }) => code,
    registryAuthority: ({ authority }, _, { registry }) => required(registry.unit.load(authority)),
    province: ({ province }, _, { registry }) => required(registry.unit.load(province)),
    city: ({ city }, _, { registry }) => (city ? registry.unit.load(city) : null),
    county: ({ county }, _, { registry }) => (county ? registry.unit.load(county) : null),
    formerNames: ({ formerNames }) => formerNames.map(({ name }) => name),
    competentAuthority: ({ competentAuthority, authority }, _, { registry }) =>
      required(registry.unit.load(competentAuthority ?? authority)),
  },
  AdmissionArea: {
    within: ({ within }, _, { registry }) => required(registry.unit.load(within)),
  },
});

/** Subjects of a service bring their own resolvers; of a type that several speak of, the fields come together. */
const together = (parts: readonly Resolvers[]): GraphQLResolverMap<Context> => {
  const all = parts.flatMap((part) => Object.entries(part));
  const byType = Map.groupBy(all, ([type]) => type);
  return Object.fromEntries(
    [...byType].map(([type, fields]) => [type, Object.assign({}, ...fields.map(([, each]) => each))]),
  ) as GraphQLResolverMap<Context>;
};

/** GraphQL to commands and queries of organization, and back. */
export const createResolvers = (core: ServiceCore): GraphQLResolverMap<Context> =>
  together([
    typed(core),
    createContactResolvers(core),
    createMergerResolvers(core),
    closureResolvers,
    createSettingResolvers(core),
    createRegistrarResolvers(core),
    createCorrectionResolvers(core),
    createDutyResolvers(core),
    createVerdictResolvers(core),
    createOperationsResolvers(core),
  ]);
