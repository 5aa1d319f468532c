import { type Demand, decide, decides, enter, identify, keeps, type Row, read, works } from './matrix-row.ts';

const everyKeeper = { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps };
const everyDecider = { SCHOOL: decides, COUNTY: decides, CITY: decides, PROVINCE: decides };
const staff: Row['may'] = {
  SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
  ...{ COUNTY: works, CITY: works, PROVINCE: works },
};

/** Certificates in the capability matrix (domain: scopes, section 2). */
export const certificateMatrix = {
  'certificate.read': {
    capability: 'Certificates: the school of the studies and those above it; the guardian sees',
    may: { ...staff, NONE: ['GUARDIAN'] },
  },
  'outcome.read': { capability: 'Graduation, completion: school and those above it', may: staff },
  'outcome.upload': { capability: 'Graduation, completion: school E', may: { SCHOOL: keeps } },
  'outcome.handle': {
    capability: 'Graduation, completion: county reviews, city and province for their direct schools',
    may: { COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'outcome.decide': {
    capability: 'Graduation, completion: county D review, city and province D direct',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'certificate.issue': {
    capability: 'Certificates: prepared by the issuer, a school or an authority',
    may: everyKeeper,
  },
  'certificate.decide': { capability: 'Certificates: the issuer decides', may: everyDecider },
  'certificate.draft': {
    capability: 'Certificate of schooling: the school, or the custodian of its archives, issues',
    may: everyKeeper,
  },
  'certificate.print': {
    capability: 'Certificates: the issuer and the school of the studies print the paper',
    may: everyKeeper,
  },
  'certificate.seal': {
    capability: 'Certificate of schooling: the competent authority seals',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'certificate.revoke': { capability: 'Certificates: the issuer revokes', may: everyDecider },
  'certificate.electronic': {
    capability: 'Electronic certificates: the issuer gives them',
    may: everyDecider,
  },
  'certificate.plan': {
    capability: 'Electronic certificates: the province plans',
    may: { PROVINCE: decides },
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const certificateDemands: Record<keyof typeof certificateMatrix, Demand> = {
  'certificate.read': { scopes: read },
  'outcome.read': { scopes: read },
  'outcome.upload': { scopes: enter },
  'outcome.handle': { scopes: enter },
  'outcome.decide': { scopes: decide, twoFactors: true },
  'certificate.issue': { scopes: enter },
  'certificate.decide': { scopes: decide, twoFactors: true },
  'certificate.draft': { scopes: enter },
  'certificate.print': { scopes: identify },
  'certificate.seal': { scopes: decide, twoFactors: true },
  'certificate.revoke': { scopes: decide, twoFactors: true },
  'certificate.electronic': { scopes: decide, twoFactors: true },
  'certificate.plan': { scopes: ['case:decide'], twoFactors: true },
};
