import { SCOPES } from '#deploy/demo/identities.ts';
import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims, Role } from '#libs/platform/actor/claims.ts';
import { AppError, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { type Action, isGranted, permissions } from '#libs/platform/permissions/table.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { archiveDemands, archiveMatrix } from './support/archive-matrix.ts';
import { certificateDemands, certificateMatrix } from './support/certificate-matrix.ts';
import { informationDemands, informationMatrix } from './support/information-matrix.ts';
import { keyChangeDemands, keyChangeMatrix } from './support/key-change-matrix.ts';
import { decide, decides, enter, keeps, type Row, read, works } from './support/matrix-row.ts';
import { securityDemands, securityMatrix } from './support/security-matrix.ts';
import { ticketDemands, ticketMatrix } from './support/ticket-matrix.ts';
import { transferDemands, transferMatrix } from './support/transfer-matrix.ts';

type Level = Claims['level'];
const levels: readonly Level[] = ['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY', 'SCHOOL', 'NONE'];

const schoolsAndAbove: Row['may'] = {
  SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
  ...{ COUNTY: works, CITY: works, PROVINCE: works, MINISTRY: works },
};

/** The capability matrix (domain: scopes, section 2) for the actions that exist, level by level. */
const matrix: Record<Action, Row> = {
  'registration.enter': { capability: 'New registration: school I, E', may: { SCHOOL: keeps } },
  'registration.import': { capability: 'New registration: school I, E', may: { SCHOOL: keeps } },
  'evidence.hand-in': {
    capability: 'Papers of a case: the school that enters it; an authority for what it initiates or handles',
    may: { SCHOOL: keeps, COUNTY: works, CITY: works, PROVINCE: works },
  },
  ...keyChangeMatrix,
  ...transferMatrix,
  ...archiveMatrix,
  ...certificateMatrix,
  ...ticketMatrix,
  'assessment.read': {
    capability: 'Progress of a disabled pupil: school, those above it and the guardian (ENR-24)',
    may: { ...schoolsAndAbove, MINISTRY: [], NONE: ['GUARDIAN'] },
  },
  ...securityMatrix,
  'case.enter': {
    capability: 'Suspension, resumption: confirm, E',
    may: { SCHOOL: ['REGISTRAR'] },
  },
  'case.handle': {
    capability: 'Suspension, resumption: E; D handled by the registrar of the deciding unit',
    may: { SCHOOL: ['REGISTRAR'], COUNTY: ['REGISTRAR'], CITY: ['REGISTRAR'], PROVINCE: ['REGISTRAR'] },
  },
  'case.decide': {
    capability: 'Suspension, resumption: confirm; D',
    may: { SCHOOL: decides, COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'registration.decide': {
    capability: 'New registration: county D, city and province D direct',
    may: { PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'notice.read': {
    capability: 'Dropout ledger: reports to the county and registry authority; away pupils (ENR-56, ENR-62)',
    may: { COUNTY: works, CITY: works, PROVINCE: works },
  },
  'notice.read-as-township': {
    capability: 'Dropout ledger: township receives (ENR-56)',
    may: { COUNTY: ['TOWNSHIP', 'SUBDISTRICT'] },
  },
  'dropout.enter': {
    capability: 'Dropout ledger: school I, E; county E, city and province for their direct schools',
    may: { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'dropout.decide': {
    capability: 'Dropout ledger: county D, city and province for their direct schools',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'deferral.apply': { capability: 'Deferral of entry: guardian I', may: { NONE: ['GUARDIAN'] } },
  'deferral.decide': { capability: 'Deferral of entry: county of the household D', may: { COUNTY: decides } },
  'deferral.read': {
    capability: 'Deferral of entry: county of the household, and the guardian’s own (section 1)',
    may: { COUNTY: works, NONE: ['GUARDIAN'] },
  },
  'city.request': {
    capability: 'Sino-foreign senior registration: school I, county I special case',
    may: { SCHOOL: keeps, COUNTY: keeps },
  },
  'city.confirm': {
    capability: 'Sino-foreign senior registration: city D; the province where there is no city',
    may: { CITY: decides, PROVINCE: decides },
  },
  'graduation.operate': { capability: 'Graduation, completion: school E', may: { SCHOOL: keeps } },
  'admission.enter': { capability: 'Going on: next school I (W-12)', may: { SCHOOL: keeps } },
  'rollback.decide': {
    capability: 'Rollback: county D, city and province D direct',
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
  ...informationMatrix,
  'import.report': {
    capability: 'Section 4: full for the own school (its registrar) and the own authority',
    may: { SCHOOL: keeps, COUNTY: works, CITY: works, PROVINCE: works },
  },
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
  'admission-area.set': {
    capability: 'Admission areas: the city, the province for its own schools (TRF-51)',
    may: { PROVINCE: decides, CITY: decides },
  },
  'exam-registration.announce': {
    capability: 'Examination registration: every authority for its own region (TRF-16)',
    may: { PROVINCE: decides, CITY: decides, COUNTY: decides },
  },
  'contacts.publish': {
    capability: 'Complaint contacts: every authority publishes its own (TKT-02)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'contacts.read': {
    capability: 'Complaint contacts: what is missing, for the own unit and those above (TKT-02)',
    may: { COUNTY: works, CITY: works, PROVINCE: works, MINISTRY: works },
  },
  'promotion.set': { capability: 'Promotion: ministry', may: { MINISTRY: decides } },
  'working-days.publish': { capability: 'Working days: ministry (ORG-28)', may: { MINISTRY: decides } },
  'grade-permission.set': { capability: 'Skip / repeat permission: province D', may: { PROVINCE: decides } },
  'registrar.read': {
    capability: 'Registrar directory: registrars; heads and authorities for their own (section 5)',
    may: schoolsAndAbove,
  },
  'registrar.nominate': {
    capability: 'Registrar filing: school I, each authority I own',
    may: {
      SCHOOL: ['DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: decides,
      CITY: decides,
      PROVINCE: decides,
      MINISTRY: decides,
    },
  },
  'registrar.train': {
    capability: 'Registrar training: authorities (ACC-02, ACC-03)',
    may: { COUNTY: works, CITY: works, PROVINCE: works, MINISTRY: works },
  },
  'registrar.oversee': {
    capability: 'Registrar filing: ministry, province, city and county F',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'password.report': {
    capability: 'Sealing an account: system; passwords are told by the provider or the information centre',
    may: { MINISTRY: ['INFORMATION_CENTRE'], NONE: ['EXTERNAL_CLIENT'] },
  },
  'correction.read': {
    capability: 'Correction order: authorities S, school obeys',
    may: schoolsAndAbove,
  },
  'correction.order': {
    capability: 'Correction order: S of every level',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'correction.answer': {
    capability: 'Correction order: obeys',
    may: { SCHOOL: ['DECISION_MAKER', 'PRINCIPAL'], COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'term-duty.read': {
    capability: 'Term check: who owes it and those above',
    may: schoolsAndAbove,
  },
  'term-duty.check': { capability: 'Term check: county D', may: { COUNTY: decides } },
  'term-duty.notify': {
    capability: 'Direct schools tell the county (ORG-12): by their head',
    may: { SCHOOL: ['DECISION_MAKER', 'PRINCIPAL'] },
  },
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
const everyScope = Object.values(SCOPES);
const actorWith = (
  level: Level,
  roles: readonly string[],
  token: { scopes?: readonly string[]; acr?: string } = {},
) => {
  const { scopes = everyScope, acr = 'two' } = token;
  return actorOf(Claims.parse({ sub: 'somebody', level, roles, scope: scopes.join(' '), acr }), ['two']);
};

/** What a token must bring, by what the action does: to read, to enter, to decide. */
const oversee = ['organization:read', 'case:decide'];
const asked: Record<Action, { scopes: readonly string[]; twoFactors?: true }> = {
  'registration.enter': { scopes: enter },
  'registration.import': { scopes: enter },
  'registration.decide': { scopes: decide, twoFactors: true },
  'evidence.hand-in': { scopes: enter },
  ...keyChangeDemands,
  ...transferDemands,
  ...archiveDemands,
  ...certificateDemands,
  ...ticketDemands,
  'assessment.read': { scopes: read },
  ...securityDemands,
  'case.enter': { scopes: enter },
  'case.handle': { scopes: enter },
  'case.decide': { scopes: decide, twoFactors: true },
  'notice.read': { scopes: read },
  'notice.read-as-township': { scopes: read },
  'dropout.enter': { scopes: enter },
  'dropout.decide': { scopes: decide, twoFactors: true },
  'deferral.apply': { scopes: read },
  'deferral.decide': { scopes: decide, twoFactors: true },
  'deferral.read': { scopes: read },
  'city.request': { scopes: enter },
  'city.confirm': { scopes: decide, twoFactors: true },
  'graduation.operate': { scopes: enter },
  'admission.enter': { scopes: enter },
  'rollback.decide': { scopes: decide, twoFactors: true },
  'class.assign': { scopes: enter },
  'class.teacher': { scopes: enter },
  'batch.list': { scopes: enter },
  'batch.submit': { scopes: enter },
  'batch.check': { scopes: decide, twoFactors: true },
  'number.issue': { scopes: ['case:decide'], twoFactors: true },
  'guardian.link': { scopes: enter },
  ...informationDemands,
  'import.report': { scopes: [...read, 'student:identity', 'student:guardian', 'student:contact'] },
  'student.read': { scopes: read },
  'statistics.read': { scopes: ['statistics:read'] },
  'school.create': { scopes: ['case:decide'], twoFactors: true },
  'school.change': { scopes: ['case:decide'], twoFactors: true },
  'calendar.set': { scopes: ['case:decide'], twoFactors: true },
  'admission-area.set': { scopes: ['case:decide'], twoFactors: true },
  'exam-registration.announce': { scopes: ['case:decide'], twoFactors: true },
  'contacts.publish': { scopes: ['case:decide'], twoFactors: true },
  'contacts.read': { scopes: ['organization:read'] },
  'promotion.set': { scopes: ['case:decide'], twoFactors: true },
  'working-days.publish': { scopes: ['case:decide'], twoFactors: true },
  'grade-permission.set': { scopes: ['case:decide'], twoFactors: true },
  'registrar.read': { scopes: ['organization:read'] },
  'registrar.nominate': { scopes: oversee, twoFactors: true },
  'registrar.train': { scopes: oversee, twoFactors: true },
  'registrar.oversee': { scopes: oversee, twoFactors: true },
  'password.report': { scopes: ['account:report'] },
  'correction.read': { scopes: ['organization:read'] },
  'correction.order': { scopes: oversee, twoFactors: true },
  'correction.answer': { scopes: oversee, twoFactors: true },
  'term-duty.read': { scopes: ['organization:read'] },
  'term-duty.check': { scopes: oversee, twoFactors: true },
  'term-duty.notify': { scopes: oversee, twoFactors: true },
  'operations.read': { scopes: ['operations:read'] },
  'operations.act': { scopes: ['operations:read'], twoFactors: true },
};
/** Somebody who may do it, by level and roles. */
const standing = (action: Action): [Level, readonly Role[]] => {
  const [first] = Object.entries(matrix[action].may) as [Level, readonly Role[]][];
  if (first === undefined) throw new Error(`nobody may ${action}`);
  return first;
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

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

  test.each(actions)(holds('PRV-12', '%s is done with a token that brings just what it asks'), (action) => {
    const [level, roles] = standing(action);
    const { scopes, twoFactors } = asked[action];
    const actor = actorWith(level, roles, { scopes, acr: twoFactors ? 'two' : 'one' });
    expect(isGranted(actor, action)).toBe(true);
    expect(authorize(actor, action)).toBe(actor);
  });

  test.each(actions)(breaks('PRV-12', '%s is refused without any one of its scopes'), (action) => {
    const [level, roles] = standing(action);
    for (const left of asked[action].scopes) {
      const actor = actorWith(level, roles, { scopes: everyScope.filter((scope) => scope !== left) });
      expect({ left, granted: isGranted(actor, action) }).toEqual({ left, granted: false });
      expect(codeOf(() => authorize(actor, action))).toBe('OUT_OF_JURISDICTION');
    }
    expect(codeOf(() => authorize(actorWith(level, roles, { scopes: [] }), action))).toBe(
      'OUT_OF_JURISDICTION',
    );
  });

  test.each(actions.filter((action) => asked[action].twoFactors))(
    breaks('PRV-12', '%s is refused to who signed in with one factor, or in a way that nobody knows'),
    (action) => {
      const [level, roles] = standing(action);
      for (const acr of ['', 'one', 'Two', 'two two']) {
        const actor = actorWith(level, roles, { acr });
        expect({ acr, granted: isGranted(actor, action) }).toEqual({ acr, granted: false });
        expect(codeOf(() => authorize(actor, action))).toBe('OUT_OF_JURISDICTION');
      }
    },
  );

  test('a stranger hears nothing of scopes, and nobody is asked to sign in', () => {
    const refused = new AppError('OUT_OF_JURISDICTION', outOfJurisdiction().message);
    expect(() => authorize(actorWith('NONE', [], { scopes: [] }), 'registration.decide')).toThrow(refused);
    expect(codeOf(() => authorize(null, 'student.read'))).toBe('UNAUTHENTICATED');
  });

  test('no school decides what it entered itself, and no authority enters', () => {
    expect(isGranted(actorWith('SCHOOL', Role.options), 'registration.decide')).toBe(false);
    for (const level of ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const) {
      expect(isGranted(actorWith(level, Role.options), 'registration.enter')).toBe(false);
      expect(isGranted(actorWith(level, Role.options), 'registration.import')).toBe(false);
    }
  });
});
