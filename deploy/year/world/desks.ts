import { ONE_FACTOR, SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { OrgLevel } from '#libs/contracts/vocabulary.ts';
import type { Role } from '#libs/platform/actor/claims.ts';

/** Somebody who signs in: claims of the access token. */
export type Desk = {
  sub: string;
  name: string;
  level: OrgLevel | 'NONE';
  unit?: string;
  school?: string;
  township?: string;
  department?: 'ADMINISTRATIVE' | 'TECHNICAL';
  roles: readonly Role[];
  scope: string;
  acr: string;
};

/** Those who handle and those who decide, at one school or unit. */
export type Desks = { registrar: Desk; head: Desk };

const everyScope = Object.values(SCOPES).join(' ');
const signedIn = { name: '', scope: everyScope, acr: TWO_FACTORS };

/** Login of a post: the same that the registers of accounts are filled with. */
export const loginOf = (workplace: string, role: 'registrar' | 'decision-maker' | 'principal'): string =>
  `demo-${workplace}-${role}`;

export const schoolDesks = (school: string): Desks & { principal: Desk } => {
  const desk = (role: Role, sub: string): Desk => ({
    ...signedIn,
    sub,
    level: 'SCHOOL',
    school,
    roles: [role],
  });
  return {
    registrar: desk('REGISTRAR', loginOf(school, 'registrar')),
    head: desk('DECISION_MAKER', loginOf(school, 'decision-maker')),
    principal: desk('PRINCIPAL', loginOf(school, 'principal')),
  };
};

export const unitDesks = (unit: string, level: OrgLevel): Desks => {
  const desk = (role: Role, sub: string): Desk => ({
    ...signedIn,
    sub,
    level,
    unit,
    department: 'ADMINISTRATIVE',
    roles: [role],
  });
  return {
    registrar: desk('REGISTRAR', loginOf(unit, 'registrar')),
    head: desk('DECISION_MAKER', loginOf(unit, 'decision-maker')),
  };
};

const MINISTRY = '000000';

export const ministry: Desk = {
  ...signedIn,
  sub: 'year-ministry',
  level: 'MINISTRY',
  unit: MINISTRY,
  department: 'ADMINISTRATIVE',
  roles: ['DECISION_MAKER'],
};

export const informationCentre: Desk = {
  ...signedIn,
  sub: 'year-information-centre',
  level: 'MINISTRY',
  unit: MINISTRY,
  department: 'TECHNICAL',
  roles: ['INFORMATION_CENTRE'],
};

/** Whoever takes calls for a province, and handles nothing. */
export const callCentre = (province: string): Desk => ({
  ...signedIn,
  sub: `year-call-centre-${province}`,
  level: 'PROVINCE',
  unit: province,
  department: 'TECHNICAL',
  roles: ['CALL_CENTRE'],
});

/** A parent who signs in; the subject is the login's. */
export const guardianDesk = (subject: string): Desk => ({
  ...signedIn,
  sub: subject,
  level: 'NONE',
  roles: ['GUARDIAN'],
  acr: ONE_FACTOR,
});
