import type { Actor } from '../actor/actor.ts';
import type { Role } from '../actor/claims.ts';

/** OAuth scopes that an action may ask of a token; the groups of fields that the schemas guard are among them. */
export type OAuthScope =
  | 'student:read'
  | 'student:identity'
  | 'student:contact'
  | 'student:guardian'
  | 'student:write'
  | 'case:decide'
  | 'statistics:read'
  | 'operations:read'
  | 'organization:read'
  | 'account:report';

/** What a token must bring for an action, beside the standing of who carries it. */
export type Demand = {
  /** All of them. */
  scopes: readonly OAuthScope[];
  /** The least that the sign-in must have been: decisions ask for a second factor. */
  assurance?: Actor['assurance'];
};

/** Who may do a thing at all; whose pupils it may be done to is decided by jurisdiction, in each command. */
export type Grant = {
  levels: readonly Actor['level'][];
  roles: readonly Role[];
  department?: 'ADMINISTRATIVE' | 'TECHNICAL';
};

/** Levels with schools of their own to decide about. */
export const authorities = ['COUNTY', 'CITY', 'PROVINCE'] as const;
export const everyAuthority = [...authorities, 'MINISTRY'] as const;
export const schoolStaff: readonly Role[] = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'];

/** Who reads of a child's cases and archive: the school, the authorities above it, the guardian. */
export const keepersAndKin = [
  { levels: ['SCHOOL'], roles: schoolStaff },
  { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  { levels: ['NONE'], roles: ['GUARDIAN'] },
] as const satisfies readonly Grant[];

/** Reading about a child. */
export const reading: Demand = { scopes: ['student:read'] };
export const writing: Demand = { scopes: ['student:read', 'student:write'] };
/** Writing what identifies a child. */
export const identifying: Demand = { scopes: ['student:read', 'student:identity', 'student:write'] };
/** Deciding about a child, whose record must be read for it. */
export const deciding: Demand = { scopes: ['student:read', 'case:decide'], assurance: 'TWO_FACTORS' };
/** Deciding about schools, calendars and the like. */
export const ruling: Demand = { scopes: ['case:decide'], assurance: 'TWO_FACTORS' };
/** Deciding about registrars, breaches and duties of the term, of which the record must be read for it. */
export const overseeing: Demand = { scopes: ['organization:read', 'case:decide'], assurance: 'TWO_FACTORS' };
