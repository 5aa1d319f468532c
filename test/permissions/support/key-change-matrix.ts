import { type Demand, decide, decides, identify, keeps, type Row, read, works } from './matrix-row.ts';

/** Changes of key information and the deletion of numbers, in the capability matrix (domain: scopes, section 2). */
export const keyChangeMatrix = {
  'key-change.read': {
    capability: 'Key-information change: school and authorities their own, the guardian the own child’s',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: works,
      CITY: works,
      PROVINCE: works,
      NONE: ['GUARDIAN'],
    },
  },
  'key-change.enter': { capability: 'Key-information change: school I, E', may: { SCHOOL: keeps } },
  'key-change.withdraw-own': {
    capability: 'Mobile update: the guardian takes back a proposal that the school has not handed in',
    may: { NONE: ['GUARDIAN'] },
  },
  'key-change.handle': {
    capability: 'Key-information change: E; D handled by the registrar of the deciding unit',
    may: { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'key-change.decide': {
    capability: 'Key-information change: school confirms, county D, city and province D direct',
    may: { SCHOOL: decides, COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'number-deletion.request': {
    capability: 'Delete a G-number: province I with evidence',
    may: { PROVINCE: works },
  },
  'number-deletion.decide': { capability: 'Delete a G-number: ministry D', may: { MINISTRY: decides } },
  'number-deletion.read': {
    capability: 'Delete a G-number: who asks and who decides',
    may: { PROVINCE: works, MINISTRY: works },
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const keyChangeDemands: Record<keyof typeof keyChangeMatrix, Demand> = {
  'key-change.read': { scopes: read },
  'key-change.enter': { scopes: identify },
  'key-change.withdraw-own': { scopes: read },
  'key-change.handle': { scopes: identify },
  'key-change.decide': { scopes: decide, twoFactors: true },
  'number-deletion.request': { scopes: identify },
  'number-deletion.decide': { scopes: decide, twoFactors: true },
  'number-deletion.read': { scopes: read },
};
