import { buildASTSchema, getNamedType, isCompositeType, isObjectType, parse } from 'graphql';
import { readGuards } from '../authorization/guards.ts';
import { readSupergraph } from '../federation/graph.ts';
import { readCaching } from './cacheable.ts';

const supergraph = buildASTSchema(parse(await readSupergraph()), { assumeValidSDL: true });
const guards = readGuards(supergraph);
const cacheables = readCaching(supergraph, guards).fields;

/** Types and their fields that can be reached from a query field without leaving what may be kept. */
const reachable = (): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  const visit = (name: string): void => {
    const type = supergraph.getType(name);
    if (found.has(name) || !isObjectType(type)) return;
    const fields = Object.values(type.getFields()).filter((field) => cacheables.has(`${name}.${field.name}`));
    found.set(
      name,
      fields.map((field) => field.name),
    );
    for (const field of fields) {
      const target = getNamedType(field.type);
      if (isCompositeType(target)) visit(target.name);
    }
  };
  visit('Query');
  return found;
};

const said = reachable();

test('what may be kept is figures, units, schools, calendars and the law, and this is all of it', () => {
  expect([...said.keys()].sort()).toEqual([
    'AccountUseFigures',
    'AdmissionArea',
    'BlockedRefusals',
    'ComplaintContact',
    'ExamRegistration',
    'Finding',
    'FlowKey',
    'FlowRow',
    'FlowTable',
    'GradePermission',
    'LawParameter',
    'LawRule',
    'LawTarget',
    'LegalBasis',
    'MissedClocks',
    'NamedUnitConnection',
    'NamedUnitEdge',
    'OmittedTransfers',
    'OrgUnit',
    'PageInfo',
    'PublishedMonth',
    'PublishedMonthConnection',
    'PublishedMonthEdge',
    'PublishedTable',
    'Query',
    'School',
    'SchoolConnection',
    'SchoolEdge',
    'SchoolStage',
    'StatisticsKey',
    'StatisticsRow',
    'StatisticsTable',
    'Term',
    'TermCalendar',
    'TicketFigures',
    'TicketKindFigures',
    'TicketLevelFigures',
    'TicketStatistics',
    'TimelinessFigures',
    'TimelinessReport',
    'UntoldUnit',
    'UntoldUnitConnection',
    'UntoldUnitEdge',
    'WorkingDayYear',
  ]);
});

test('of the query fields, and of those types to which services add, these may be kept', () => {
  expect(said.get('Query')?.sort()).toEqual([
    'calendar',
    'complaintContacts',
    'enrollmentStatistics',
    'examRegistration',
    'flowStatistics',
    'gradePermissions',
    'law',
    'lawParameters',
    'orgUnit',
    'orgUnits',
    'publishedStatistics',
    'publishedTable',
    'publishedTables',
    'rule',
    'school',
    'schools',
    'ticketStatistics',
    'timelinessReport',
    'workingDays',
  ]);
  expect(said.get('OrgUnit')?.sort()).toEqual([
    'children',
    'code',
    'complaintContacts',
    'contactFindings',
    'contactsVersion',
    'directSchoolCount',
    'level',
    'name',
    'parent',
  ]);
  expect(said.get('School')?.sort()).toEqual([
    'admissionAreas',
    'city',
    'competentAuthority',
    'county',
    'formerNames',
    'id',
    'kind',
    'managedBy',
    'name',
    'ownership',
    'province',
    'registryAuthority',
    'stages',
    'state',
    'successor',
    'system',
    'version',
  ]);
});

test('no type to which somebody needs a scope or a role carries the mark, nor do persons and what is theirs', () => {
  const marked = Object.values(supergraph.getTypeMap()).filter(
    (type) => type.astNode?.directives?.some(({ name }) => name.value === 'cached') ?? false,
  );
  const persons =
    /Student|Enrollment(?!Statistics)|Guardian|Contact$(?<!ComplaintContact)|Ticket$|Certificate|Archive|Registrar|Viewer/;
  for (const { name } of marked) expect(name).not.toMatch(persons);
  for (const [type, fields] of said) {
    for (const field of fields) {
      const demands = guards.demandsOf(type, field).map((at) => guards.demands[at]?.kind);
      expect(demands.filter((kind) => kind !== 'authenticated')).toEqual([]);
      expect(guards.isPostOnly(type, field)).toBe(false);
    }
  }
});

test('every mark of the schema makes something that can be asked for', () => {
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (type.astNode?.directives?.some(({ name }) => name.value === 'cached')) {
      expect([...said.keys()]).toContain(type.name);
    }
  }
});
