import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims, Role } from '#libs/platform/actor/claims.ts';
import { type Action, isGranted, permissions } from '#libs/platform/permissions/table.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Level = Claims['level'];
const levels: readonly Level[] = ['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY', 'SCHOOL', 'NONE'];

/** What a level may do, in the letters of the capability matrix, by the roles that its people carry. */
type Row = { capability: string; may: Partial<Record<Level, readonly Role[]>> };

const decides: readonly Role[] = ['DECISION_MAKER'];
const keeps: readonly Role[] = ['REGISTRAR'];
const works: readonly Role[] = ['REGISTRAR', 'DECISION_MAKER'];

/** The capability matrix (domain: scopes, section 2) for the actions that exist, level by level. */
const matrix: Record<Action, Row> = {
  'registration.enter': { capability: 'New registration: school I, E', may: { SCHOOL: keeps } },
  'registration.import': { capability: 'New registration: school I, E', may: { SCHOOL: keeps } },
  'registration.decide': {
    capability: 'New registration: county D, city and province D direct',
    may: { PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'class.assign': {
    capability: 'Own school full, own authority full (section 1)',
    may: { SCHOOL: keeps, COUNTY: works, CITY: works, PROVINCE: works },
  },
  'class.teacher': {
    capability: 'Class teacher: own class, named by the school (section 1)',
    may: { SCHOOL: keeps },
  },
  'batch.list': { capability: 'Non-grade-1 batch: school E', may: { SCHOOL: keeps } },
  'batch.submit': { capability: 'Non-grade-1 batch: province I', may: { PROVINCE: works } },
  'batch.check': {
    capability: 'Non-grade-1 batch: ministry D (check), by its information centre',
    may: { MINISTRY: ['INFORMATION_CENTRE'] },
  },
  'number.issue': {
    capability: 'Assign numbers: system, started by the ministry',
    may: { MINISTRY: ['DECISION_MAKER', 'INFORMATION_CENTRE'] },
  },
  'guardian.link': { capability: 'Guardian: verified by the own school (PRV-11)', may: { SCHOOL: keeps } },
  'student.read': {
    capability: 'Section 1: who sees children at all; how far is the scope’s matter',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL', 'CLASS_TEACHER'],
      COUNTY: works,
      CITY: works,
      PROVINCE: works,
      MINISTRY: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE', 'CALL_CENTRE'],
      NONE: ['GUARDIAN', 'INTEGRATOR'],
    },
  },
  'statistics.read': {
    capability: 'Monthly report: every level reads, school and county their own',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: [...works, 'INFORMATION_CENTRE'],
      CITY: [...works, 'INFORMATION_CENTRE'],
      PROVINCE: [...works, 'INFORMATION_CENTRE'],
      MINISTRY: [...works, 'INFORMATION_CENTRE'],
    },
  },
  'school.create': {
    capability: 'Schools: the registry authorities (ORG-11)',
    may: { PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'school.change': {
    capability: 'Schools: the registry authorities (ORG-11)',
    may: { PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'calendar.set': {
    capability: 'Term calendars: every authority for its own region (ORG-28)',
    may: { MINISTRY: decides, PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'promotion.set': { capability: 'Promotion: ministry', may: { MINISTRY: decides } },
  'operations.read': {
    capability: 'Runtime and monitors: information centre, province',
    may: {
      MINISTRY: ['INFORMATION_CENTRE', 'DECISION_MAKER'],
      PROVINCE: ['INFORMATION_CENTRE', 'DECISION_MAKER'],
    },
  },
  'operations.act': { capability: 'Runtime: information centre', may: { MINISTRY: ['INFORMATION_CENTRE'] } },
};

const actions = Object.keys(permissions) as Action[];
const actorWith = (level: Level, roles: readonly string[]) =>
  actorOf(Claims.parse({ sub: 'somebody', level, roles }));

describe('the table of permissions', () => {
  test('has a row for every action of the matrix and no other', () => {
    expect(actions.toSorted()).toEqual(Object.keys(matrix).toSorted());
  });

  test.each(actions)(holds('PRV-12', '%s is granted to whom the matrix names'), (action) => {
    for (const [level, roles] of Object.entries(matrix[action].may) as [Level, readonly Role[]][]) {
      for (const role of roles) {
        expect({ level, role, granted: isGranted(actorWith(level, [role]), action) }).toEqual({
          level,
          role,
          granted: true,
        });
      }
    }
  });

  test.each(actions)(breaks('PRV-12', '%s is granted to nobody else'), (action) => {
    for (const level of levels) {
      const named: readonly string[] = matrix[action].may[level] ?? [];
      const others = Role.options.filter((role) => !named.includes(role));
      for (const role of others) {
        expect({ level, role, granted: isGranted(actorWith(level, [role]), action) }).toEqual({
          level,
          role,
          granted: false,
        });
      }
      expect(isGranted(actorWith(level, others), action)).toBe(false);
      expect(isGranted(actorWith(level, ['ADMINISTRATOR', '*', action]), action)).toBe(false);
    }
  });

  test('no school decides what it entered itself, and no authority enters', () => {
    expect(isGranted(actorWith('SCHOOL', Role.options), 'registration.decide')).toBe(false);
    for (const level of ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const) {
      expect(isGranted(actorWith(level, Role.options), 'registration.enter')).toBe(false);
      expect(isGranted(actorWith(level, Role.options), 'registration.import')).toBe(false);
    }
  });
});
