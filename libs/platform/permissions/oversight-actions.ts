import {
  authorities,
  type Demand,
  everyAuthority,
  type Grant,
  overseeing,
  ruling,
  schoolStaff,
} from './grant.ts';

/** What authorities see to in the units below them: early warnings, breaches, contacts for complaints. */
export const oversightPermissions = {
  'alert.read': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'alert.settle': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'contacts.publish': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'contacts.read': [{ levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'correction.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'correction.order': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'correction.answer': [
    { levels: ['SCHOOL'], roles: ['DECISION_MAKER', 'PRINCIPAL'] },
    { levels: authorities, roles: ['DECISION_MAKER'] },
  ],
  'term-check.confirm': [{ levels: ['SCHOOL'], roles: ['DECISION_MAKER', 'PRINCIPAL'] }],
} as const satisfies Record<string, readonly Grant[]>;

const told: Demand = { scopes: ['organization:read'] };

export const oversightDemands: Readonly<Record<keyof typeof oversightPermissions, Demand>> = {
  'alert.read': told,
  'alert.settle': overseeing,
  'contacts.publish': ruling,
  'contacts.read': told,
  'correction.read': told,
  'correction.order': overseeing,
  'correction.answer': overseeing,
  'term-check.confirm': { scopes: ['statistics:read', 'case:decide'], assurance: 'TWO_FACTORS' },
};
