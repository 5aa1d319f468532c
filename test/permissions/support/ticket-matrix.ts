import { type Demand, decide, decides, enter, keeps, type Row, read, works } from './matrix-row.ts';

const everyAuthority = { COUNTY: works, CITY: works, PROVINCE: works };
const keepers = { COUNTY: keeps, CITY: keeps, PROVINCE: keeps };
const staff = ['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL'] as const;

/** Tickets in the capability matrix (domain: scopes, section 2). */
export const ticketMatrix = {
  'ticket.read': {
    capability: 'Complaint and slips: who takes part, those above, and who raised it',
    may: {
      ...{ SCHOOL: staff, COUNTY: works, CITY: works, PROVINCE: [...works, 'CALL_CENTRE'] },
      MINISTRY: [...works, 'INFORMATION_CENTRE', 'CALL_CENTRE'],
      NONE: ['GUARDIAN'],
    },
  },
  'ticket.file-own': { capability: 'Complaint: guardian raises', may: { NONE: ['GUARDIAN'] } },
  'ticket.file': { capability: 'Complaint: school raises for its pupils', may: { SCHOOL: staff } },
  'ticket.take': {
    capability: 'Complaint: call centres take, authorities take and find',
    may: {
      ...{ ...everyAuthority, PROVINCE: [...works, 'CALL_CENTRE'] },
      MINISTRY: [...works, 'CALL_CENTRE'],
    },
  },
  'ticket.handle': {
    capability: 'Complaint: county handles, and every level above what comes to it',
    may: { ...everyAuthority, MINISTRY: [...works, 'INFORMATION_CENTRE'] },
  },
  'ticket.assign': {
    capability: 'Complaint and slips: whoever handles them says who of its people does',
    may: { SCHOOL: works, ...everyAuthority, MINISTRY: [...works, 'INFORMATION_CENTRE'] },
  },
  'ticket.hand-over': {
    capability: 'Complaint and slips: the head passes the work of one on to another',
    may: {
      ...{ SCHOOL: decides, COUNTY: decides, CITY: decides, PROVINCE: decides },
      MINISTRY: [...decides, 'INFORMATION_CENTRE'],
    },
  },
  'ticket.decide': {
    capability: 'Complaint: the head of the unit that handles it ends it',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: [...decides, 'INFORMATION_CENTRE'] },
  },
  'ticket.issue': {
    capability: 'Slips: county, city, province and ministry issue; which department is the law’s matter',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: [...decides, 'INFORMATION_CENTRE'] },
  },
  'ticket.answer': {
    capability: 'Slips: school and the authorities below the issuer answer',
    may: { SCHOOL: works, COUNTY: works, CITY: works, PROVINCE: works },
  },
  'ticket.attach': {
    capability: 'Papers of a ticket: the school or authority that takes part in it',
    may: { SCHOOL: keeps, COUNTY: works, CITY: works, PROVINCE: works },
  },
  'ticket.report': {
    capability: 'Report slip: province reports; the law refuses the levels below it',
    may: { COUNTY: works, CITY: works, PROVINCE: works },
  },
  'ticket.policy': {
    capability: 'Late steps: province decides which open tickets (ID-20, ORG-13: detailed rules)',
    may: { PROVINCE: decides },
  },
  'ticket.seal': { capability: 'Report slip: province seals', may: { PROVINCE: decides } },
  'ticket.accept': {
    capability: 'Report slip: ministry accepts',
    may: { MINISTRY: [...decides, 'INFORMATION_CENTRE'] },
  },
  'number.enquire': {
    capability: 'Number enquiry: call centres answer (ID-29, section 4)',
    may: { PROVINCE: ['CALL_CENTRE'], MINISTRY: ['CALL_CENTRE'] },
  },
  'client.register': {
    capability: 'Other applications: registered by an authority (PRV-07)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'disclosure.request': {
    capability: 'Disclosure: the integrator asks, or the authority’s registrar for it',
    may: { ...keepers, NONE: ['INTEGRATOR'] },
  },
  'disclosure.read': {
    capability: 'Disclosure: the integrator its own, the authority what it holds',
    may: { ...everyAuthority, NONE: ['INTEGRATOR'] },
  },
  'disclosure.check': { capability: 'Disclosure: the holder’s registrar checks the basis', may: keepers },
  'disclosure.decide': {
    capability: 'Approve disclosure: the holder decides upon law or government approval',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'number-enquiry.read': {
    capability: 'Number enquiry: its log, for the call centre and the head of its unit',
    may: { PROVINCE: [...decides, 'CALL_CENTRE'], MINISTRY: [...decides, 'CALL_CENTRE'] },
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const ticketDemands: Record<keyof typeof ticketMatrix, Demand> = {
  'ticket.read': { scopes: read },
  'ticket.file-own': { scopes: read },
  'ticket.file': { scopes: read },
  'ticket.take': { scopes: read },
  'ticket.handle': { scopes: read },
  'ticket.assign': { scopes: read },
  'ticket.hand-over': { scopes: decide, twoFactors: true },
  'ticket.decide': { scopes: decide, twoFactors: true },
  'ticket.issue': { scopes: decide, twoFactors: true },
  'ticket.answer': { scopes: enter },
  'ticket.attach': { scopes: enter },
  'ticket.report': { scopes: enter },
  'ticket.policy': { scopes: ['case:decide'], twoFactors: true },
  'ticket.seal': { scopes: decide, twoFactors: true },
  'ticket.accept': { scopes: decide, twoFactors: true },
  'number.enquire': { scopes: [...read, 'student:identity'] },
  'client.register': { scopes: ['case:decide'], twoFactors: true },
  'disclosure.request': { scopes: read },
  'disclosure.read': { scopes: read },
  'disclosure.check': { scopes: read },
  'disclosure.decide': { scopes: ['case:decide'], twoFactors: true },
  'number-enquiry.read': { scopes: read },
};
