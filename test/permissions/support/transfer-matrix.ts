import { type Demand, decide, decides, enter, identify, keeps, type Row, read, works } from './matrix-row.ts';

/** Transfers in the capability matrix (domain: scopes, section 2). */
export const transferMatrix = {
  'transfer.read': {
    capability: 'In-province transfer: either side and those above it; the guardian follows',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: works,
      CITY: works,
      PROVINCE: works,
      NONE: ['GUARDIAN'],
    },
  },
  'transfer.enter': { capability: 'In-province transfer: the receiving school I', may: { SCHOOL: keeps } },
  'transfer.hand-in': {
    capability: 'In-province transfer: further papers by the receiving school',
    may: { SCHOOL: keeps },
  },
  'transfer.prefile': {
    capability: 'In-province transfer: the receiving school files with the district bureau (Beiguan)',
    may: { SCHOOL: keeps },
  },
  'transfer.discard': {
    capability: 'In-province transfer: the receiving school takes its own draft back',
    may: { SCHOOL: ['REGISTRAR', 'DECISION_MAKER'] },
  },
  'attendance.report': {
    capability: 'In-province transfer: who attends already, reported by the receiving school',
    may: { SCHOOL: keeps },
  },
  'fault.declare': {
    capability: 'Faults of the system, in which transfers may be handled outside first',
    may: {
      PROVINCE: ['DECISION_MAKER', 'INFORMATION_CENTRE'],
      MINISTRY: ['DECISION_MAKER', 'INFORMATION_CENTRE'],
    },
  },
  'fault.read': {
    capability: 'Faults of the system: known to everybody who handles transfers',
    may: {
      SCHOOL: ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'],
      COUNTY: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'],
      CITY: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'],
      PROVINCE: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'],
      MINISTRY: ['REGISTRAR', 'DECISION_MAKER', 'INFORMATION_CENTRE'],
    },
  },
  'transfer.handle': {
    capability: 'In-province transfer: handled by the registrar of the school or deciding authority',
    may: { SCHOOL: keeps, COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'transfer.decide': {
    capability: 'In-province transfer: heads of both schools, county D, city and province D direct',
    may: { SCHOOL: decides, COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'transfer.call-up': {
    capability: 'Cross-province transfer and study: the receiving school calls up the file',
    may: { SCHOOL: keeps },
  },
  'transfer.withdraw-own': {
    capability: 'In-province transfer: the guardian applies and takes back',
    may: { NONE: ['GUARDIAN'] },
  },
  'transfer.apply-own': {
    capability: 'In-province transfer: the guardian applies, and asks the county to arrange a school',
    may: { NONE: ['GUARDIAN'] },
  },
  'transfer.answer-application': {
    capability: 'In-province transfer: the head of the asked school answers the family',
    may: { SCHOOL: decides },
  },
  'transfer.propose': {
    capability:
      'In-province transfer: the registrar of the receiving county proposes a school where one is full',
    may: { COUNTY: keeps, CITY: keeps, PROVINCE: keeps },
  },
  'transfer.arrange': {
    capability: 'In-province transfer: the head of the receiving county arranges a school where one is full',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const transferDemands: Record<keyof typeof transferMatrix, Demand> = {
  'transfer.read': { scopes: read },
  'transfer.enter': { scopes: identify },
  'transfer.hand-in': { scopes: enter },
  'transfer.prefile': { scopes: enter },
  'transfer.discard': { scopes: enter },
  'attendance.report': { scopes: identify },
  'fault.declare': { scopes: ['case:decide'], twoFactors: true },
  'fault.read': { scopes: read },
  'transfer.handle': { scopes: enter },
  'transfer.decide': { scopes: decide, twoFactors: true },
  'transfer.call-up': { scopes: enter },
  'transfer.withdraw-own': { scopes: read },
  'transfer.apply-own': { scopes: read },
  'transfer.answer-application': { scopes: decide, twoFactors: true },
  'transfer.propose': { scopes: enter },
  'transfer.arrange': { scopes: decide, twoFactors: true },
};
