import { type Demand, everyAuthority, type Grant, overseeing } from './grant.ts';

/** Early warnings of registration security (PRV-08): looked into by authorities, of accounts below them. */
export const securityPermissions = {
  'alert.read': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
  'alert.settle': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }],
} as const satisfies Record<string, readonly Grant[]>;

export const securityDemands: Readonly<Record<keyof typeof securityPermissions, Demand>> = {
  'alert.read': { scopes: ['organization:read'] },
  'alert.settle': overseeing,
};
