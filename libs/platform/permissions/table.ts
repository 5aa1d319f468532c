import type { Actor } from '../actor/actor.ts';
import type { Role } from '../actor/claims.ts';

/** Who may do a thing at all; whose pupils it may be done to is decided by jurisdiction, in each command. */
type Grant = {
  levels: readonly Actor['level'][];
  roles: readonly Role[];
  department?: 'ADMINISTRATIVE' | 'TECHNICAL';
};

const authorities = ['COUNTY', 'CITY', 'PROVINCE'] as const;
const schoolStaff: readonly Role[] = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'];

/**
 * The closed table of actions. What is not in it is not allowed to anybody; the schema, the commands and the
 * permission tests read the same rows (domain: scopes, section 2).
 */
export const permissions = {
  'registration.enter': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'registration.import': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'registration.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
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
  'promotion.set': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER'] }],
  'operations.read': [{ levels: ['MINISTRY', 'PROVINCE'], roles: ['INFORMATION_CENTRE', 'DECISION_MAKER'] }],
  'operations.act': [{ levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] }],
} as const satisfies Record<string, readonly Grant[]>;

export type Action = keyof typeof permissions;

/** True where the table grants the action to the actor's level, role and department. */
export const isGranted = (actor: Actor, action: Action): boolean =>
  (permissions[action] as readonly Grant[]).some(
    (grant) =>
      grant.levels.includes(actor.level) &&
      grant.roles.some((role) => actor.roles.has(role)) &&
      (grant.department === undefined || grant.department === actor.department),
  );
