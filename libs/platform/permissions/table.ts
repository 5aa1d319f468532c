import type { Actor } from '../actor/actor.ts';
import {
  authorities,
  type Demand,
  deciding,
  everyAuthority,
  type Grant,
  identifying,
  type OAuthScope,
  overseeing,
  reading,
  ruling,
  schoolStaff,
  writing,
} from './grant.ts';

/**
 * The closed table of actions. What is not in it is not allowed to anybody; the schema, the commands and the
 * permission tests read the same rows (domain: scopes, section 2).
 */
export const permissions = {
  'registration.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'registration.import': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'registration.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'evidence.hand-in': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'key-change.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: ['NONE'], roles: ['GUARDIAN'] },
  ],
  'key-change.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'key-change.withdraw-own': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'key-change.handle': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'key-change.decide': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'number-deletion.request': [{ levels: ['PROVINCE'], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'number-deletion.decide': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER'] }],
  'number-deletion.read': [{ levels: ['PROVINCE', 'MINISTRY'], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'number.give-anew': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'case.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'case.handle': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'case.decide': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'transfer.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: ['NONE'], roles: ['GUARDIAN'] },
  ],
  'transfer.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'transfer.hand-in': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'transfer.prefile': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'transfer.discard': [{ levels: ['SCHOOL'], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'attendance.report': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'fault.declare': [{ levels: ['PROVINCE', 'MINISTRY'], roles: ['DECISION_MAKER', 'INFORMATION_CENTRE'] }],
  'fault.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'] },
  ],
  'transfer.handle': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'transfer.decide': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'transfer.call-up': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'transfer.withdraw-own': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'transfer.apply-own': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'transfer.answer-application': [{ levels: ['SCHOOL'], roles: ['DECISION_MAKER'] }],
  'transfer.arrange': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'notice.read': [{ levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'notice.read-as-township': [{ levels: ['COUNTY'], roles: ['TOWNSHIP', 'SUBDISTRICT'] }],
  'dropout.enter': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'dropout.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'deferral.apply': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'deferral.decide': [{ levels: ['COUNTY'], roles: ['DECISION_MAKER'] }],
  'deferral.read': [
    { levels: ['COUNTY'], roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: ['NONE'], roles: ['GUARDIAN'] },
  ],
  'city.request': [{ levels: ['SCHOOL', 'COUNTY'], roles: ['REGISTRAR'] }],
  'city.confirm': [{ levels: ['CITY', 'PROVINCE'], roles: ['DECISION_MAKER'] }],
  'graduation.operate': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'admission.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'rollback.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'class.assign': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'class.teacher': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'batch.list': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'batch.submit': [{ levels: ['PROVINCE'], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'batch.check': [{ levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] }],
  'number.issue': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER', 'INFORMATION_CENTRE'] }],
  'guardian.link': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'information.propose': [{ levels: ['SCHOOL'], roles: ['REGISTRAR', 'CLASS_TEACHER'] }],
  'information.propose-own': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'information.handle': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'information.take-over': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'information.decide': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'provincial-field.file': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
  'problem.report': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'problem.handle': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'problem.resolve': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'problem.merge': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'duplicate.look': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'import.report': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'student.read': [
    { levels: ['SCHOOL'], roles: [...schoolStaff, 'CLASS_TEACHER'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: ['NONE'], roles: ['GUARDIAN', 'INTEGRATOR'] },
    { levels: ['MINISTRY'], roles: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE', 'CALL_CENTRE'] },
  ],
  'statistics.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: [...authorities, 'MINISTRY'], roles: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'] },
  ],
  'school.create': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'school.change': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'calendar.set': [{ levels: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'], roles: ['DECISION_MAKER'] }],
  'admission-area.set': [{ levels: ['CITY', 'PROVINCE'], roles: ['DECISION_MAKER'] }],
  'exam-registration.announce': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'promotion.set': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER'] }],
  'working-days.publish': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER'] }],
  'grade-permission.set': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
  'registrar.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'registrar.nominate': [
    { levels: ['SCHOOL'], roles: ['DECISION_MAKER', 'PRINCIPAL'] },
    { levels: everyAuthority, roles: ['DECISION_MAKER'] },
  ],
  'registrar.train': [{ levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'registrar.oversee': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'password.report': [
    { levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] },
    { levels: ['NONE'], roles: ['EXTERNAL_CLIENT'] },
  ],
  'correction.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'correction.order': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'correction.answer': [
    { levels: ['SCHOOL'], roles: ['DECISION_MAKER', 'PRINCIPAL'] },
    { levels: authorities, roles: ['DECISION_MAKER'] },
  ],
  'term-duty.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'term-duty.check': [{ levels: ['COUNTY'], roles: ['DECISION_MAKER'] }],
  'term-duty.notify': [{ levels: ['SCHOOL'], roles: ['DECISION_MAKER', 'PRINCIPAL'] }],
  'operations.read': [{ levels: ['MINISTRY', 'PROVINCE'], roles: ['INFORMATION_CENTRE', 'DECISION_MAKER'] }],
  'operations.act': [{ levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] }],
} as const satisfies Record<string, readonly Grant[]>;

export type Action = keyof typeof permissions;

/**
 * The token's side of the same closed table: an application that somebody signed in to does no more in their name
 * than it was given, and nobody decides by a password alone.
 */
export const demands: Readonly<Record<Action, Demand>> = {
  'registration.enter': writing,
  'registration.import': writing,
  'registration.decide': deciding,
  'evidence.hand-in': writing,
  'key-change.read': reading,
  'key-change.enter': identifying,
  'key-change.withdraw-own': reading,
  'key-change.handle': identifying,
  'key-change.decide': deciding,
  'number-deletion.request': identifying,
  'number-deletion.decide': deciding,
  'number-deletion.read': reading,
  'number.give-anew': deciding,
  'case.enter': writing,
  'case.handle': writing,
  'case.decide': deciding,
  'transfer.read': reading,
  'transfer.enter': identifying,
  'transfer.hand-in': writing,
  'transfer.prefile': writing,
  'transfer.discard': writing,
  'attendance.report': identifying,
  'fault.declare': ruling,
  'fault.read': reading,
  'transfer.handle': writing,
  'transfer.decide': deciding,
  'transfer.call-up': writing,
  'transfer.withdraw-own': reading,
  'transfer.apply-own': reading,
  'transfer.answer-application': deciding,
  'transfer.arrange': deciding,
  'notice.read': reading,
  'notice.read-as-township': reading,
  'dropout.enter': writing,
  'dropout.decide': deciding,
  'deferral.apply': reading,
  'deferral.decide': deciding,
  'deferral.read': reading,
  'city.request': writing,
  'city.confirm': deciding,
  'graduation.operate': writing,
  'admission.enter': writing,
  'rollback.decide': deciding,
  'class.assign': writing,
  'class.teacher': writing,
  'batch.list': writing,
  'batch.submit': writing,
  'batch.check': deciding,
  'number.issue': ruling,
  'guardian.link': writing,
  'information.propose': writing,
  'information.propose-own': reading,
  'information.handle': writing,
  'information.take-over': writing,
  'information.decide': deciding,
  'provincial-field.file': ruling,
  'problem.report': writing,
  'problem.handle': writing,
  'problem.resolve': deciding,
  'problem.merge': deciding,
  'duplicate.look': { scopes: ['student:read', 'student:identity'] },
  'import.report': { scopes: ['student:read', 'student:identity', 'student:guardian', 'student:contact'] },
  'student.read': reading,
  'statistics.read': { scopes: ['statistics:read'] },
  'school.create': ruling,
  'school.change': ruling,
  'calendar.set': ruling,
  'admission-area.set': ruling,
  'exam-registration.announce': ruling,
  'promotion.set': ruling,
  'working-days.publish': ruling,
  'grade-permission.set': ruling,
  'registrar.read': { scopes: ['organization:read'] },
  'registrar.nominate': overseeing,
  'registrar.train': overseeing,
  'registrar.oversee': overseeing,
  'password.report': { scopes: ['account:report'] },
  'correction.read': { scopes: ['organization:read'] },
  'correction.order': overseeing,
  'correction.answer': overseeing,
  'term-duty.read': { scopes: ['organization:read'] },
  'term-duty.check': overseeing,
  'term-duty.notify': overseeing,
  'operations.read': { scopes: ['operations:read'] },
  'operations.act': { scopes: ['operations:read'], assurance: 'TWO_FACTORS' },
};

/** True where the table grants the action to the actor's level, role and department, whatever the token brings. */
export const hasStanding = (actor: Actor, action: Action): boolean =>
  (permissions[action] as readonly Grant[]).some(
    (grant) =>
      grant.levels.includes(actor.level) &&
      grant.roles.some((role) => actor.roles.has(role)) &&
      (grant.department === undefined || grant.department === actor.department),
  );

/** Scopes of an action that the actor's token lacks. */
export const missingScopes = (actor: Actor, action: Action): OAuthScope[] =>
  demands[action].scopes.filter((scope) => !actor.scopes.has(scope));

/** True where the sign-in was as strong as the action asks for. */
export const isAssured = (actor: Actor, action: Action): boolean =>
  demands[action].assurance !== 'TWO_FACTORS' || actor.assurance === 'TWO_FACTORS';

/** True where the table grants the action to the actor and the token brings what the action demands. */
export const isGranted = (actor: Actor, action: Action): boolean =>
  hasStanding(actor, action) && missingScopes(actor, action).length === 0 && isAssured(actor, action);
