import { type Demand, decide, decides, enter, keeps, type Row, read, works } from './matrix-row.ts';

/** Archives in the capability matrix (domain: scopes, section 2). */
export const archiveMatrix = {
  'archive.read': {
    capability: 'Archive: custodian, school and those above it; the guardian sees',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: works,
      CITY: works,
      PROVINCE: works,
      NONE: ['GUARDIAN'],
    },
  },
  'archive.paper': {
    capability: 'Archive: who sees an archive fetches the papers in it',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: works,
      CITY: works,
      PROVINCE: works,
      NONE: ['GUARDIAN'],
    },
  },
  'archive.enter': { capability: 'Archive: the school keeps', may: { SCHOOL: keeps } },
  'archive.print': {
    capability: 'Archive: whoever keeps it puts a print on record',
    may: { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'archive.discipline': {
    capability: 'Archive: the head of the school enters and revokes measures',
    may: { SCHOOL: decides },
  },
  'archive.hand-over': {
    capability: 'Archive: school passes on; authority as custodian of those abroad or of closed schools',
    may: { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'archive.designate': {
    capability: 'Archive: the competent authority names who keeps those of a closed school',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'archive.call': {
    capability: 'Archive: the county of the household calls for that of a dropout',
    may: { COUNTY: keeps },
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const archiveDemands: Record<keyof typeof archiveMatrix, Demand> = {
  'archive.read': { scopes: read },
  'archive.paper': { scopes: ['student:read', 'student:identity'] },
  'archive.enter': { scopes: enter },
  'archive.print': { scopes: enter },
  'archive.discipline': { scopes: decide, twoFactors: true },
  'archive.hand-over': { scopes: enter },
  'archive.call': { scopes: enter },
  'archive.designate': { scopes: decide, twoFactors: true },
};
