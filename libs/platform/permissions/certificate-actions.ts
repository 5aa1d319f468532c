import {
  authorities,
  type Demand,
  deciding,
  type Grant,
  identifying,
  reading,
  ruling,
  schoolStaff,
  writing,
} from './grant.ts';

/** Rows of the closed table about outcomes and certificates. */
export const certificatePermissions = {
  'certificate.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: ['NONE'], roles: ['GUARDIAN'] },
  ],
  'outcome.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'outcome.upload': [{ levels: ['SCHOOL'], roles: ['REGISTRAR'] }],
  'outcome.handle': [{ levels: authorities, roles: ['REGISTRAR'] }],
  'outcome.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'certificate.issue': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'certificate.decide': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'certificate.draft': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'certificate.print': [{ levels: ['SCHOOL', ...authorities], roles: ['REGISTRAR'] }],
  'certificate.seal': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'certificate.revoke': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'certificate.electronic': [{ levels: ['SCHOOL', ...authorities], roles: ['DECISION_MAKER'] }],
  'certificate.plan': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
} as const satisfies Record<string, readonly Grant[]>;

/** What a token must bring for them. */
export const certificateDemands = {
  'certificate.read': reading,
  'outcome.read': reading,
  'outcome.upload': writing,
  'outcome.handle': writing,
  'outcome.decide': deciding,
  'certificate.issue': writing,
  'certificate.decide': deciding,
  'certificate.draft': writing,
  'certificate.print': identifying,
  'certificate.seal': deciding,
  'certificate.revoke': deciding,
  'certificate.electronic': deciding,
  'certificate.plan': ruling,
} as const satisfies Record<keyof typeof certificatePermissions, Demand>;
