import { type Demand, decides, type Row } from './matrix-row.ts';

/** Early warnings and checks of terms in the capability matrix (domain: scopes, section 2). */
export const securityMatrix = {
  'alert.read': {
    capability: 'Early warnings: S of every level, of accounts in the own range (PRV-08)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'alert.settle': {
    capability: 'Early warnings: S settles those of units below (PRV-08, PRV-09)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'term-check.confirm': {
    capability: 'Term check: school D (STA-03)',
    may: { SCHOOL: ['DECISION_MAKER', 'PRINCIPAL'] },
  },
} satisfies Record<string, Row>;

export const securityDemands = {
  'alert.read': { scopes: ['organization:read'] },
  'alert.settle': { scopes: ['organization:read', 'case:decide'], twoFactors: true },
  'term-check.confirm': { scopes: ['statistics:read', 'case:decide'], twoFactors: true },
} satisfies Record<string, Demand>;
