import type { Role } from '#libs/platform/actor/claims.ts';
import { type Demand, decide, decides, enter, keeps, type Row, read, works } from './matrix-row.ts';

const everywhere = (roles: readonly Role[]): Row['may'] => ({
  SCHOOL: roles,
  COUNTY: roles,
  CITY: roles,
  PROVINCE: roles,
});

/** Changes of information, problem records and the duplicate list, in the capability matrix (domain: scopes, section 2). */
export const informationMatrix = {
  'information.propose': {
    capability: 'Basic-information correction: school E; class teacher, changeable fields (section 1)',
    may: { SCHOOL: ['REGISTRAR', 'CLASS_TEACHER'] },
  },
  'information.propose-own': {
    capability: 'Basic-information correction, mobile update: guardian I',
    may: { NONE: ['GUARDIAN'] },
  },
  'information.handle': {
    capability: 'Basic-information correction: E; D handled by the registrar of the deciding unit',
    may: everywhere(keeps),
  },
  'information.take-over': {
    capability: 'Changeable fields: the registrar updates them (ID-24)',
    may: { SCHOOL: keeps },
  },
  'information.decide': {
    capability:
      'Basic-information correction: school confirm, county D where needed, city and province D direct',
    may: everywhere(decides),
  },
  'provincial-field.file': {
    capability: 'Set non-basic fields: province D, ministry F',
    may: { PROVINCE: decides },
  },
  'problem.report': {
    capability: 'Term check: county D, school D (STA-03, STA-04); found by school or authority (W-22)',
    may: { SCHOOL: keeps, COUNTY: works, CITY: works, PROVINCE: works },
  },
  'problem.handle': {
    capability: 'Problem record: verified by school and superior authority (ID-19)',
    may: everywhere(works),
  },
  'problem.resolve': {
    capability: 'Problem record: settled by school and superior authority (ID-19, ACC-18)',
    may: everywhere(decides),
  },
  'problem.merge': {
    capability:
      'Problem record, duplicate: settled by the superior authority, across provinces by the ministry (ID-18, ID-19)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides, MINISTRY: decides },
  },
  'number.give-anew': {
    capability: 'Number after a deletion: registry authority D (ID-01)',
    may: { COUNTY: decides, CITY: decides, PROVINCE: decides },
  },
  'duplicate.look': {
    capability: 'Duplicate check: registry authorities and schools (ID-17), in own scope (PRV-15)',
    may: everywhere(works),
  },
} satisfies Record<string, Row>;

/** What a token must bring for them. */
export const informationDemands: Record<keyof typeof informationMatrix, Demand> = {
  'information.propose': { scopes: enter },
  'information.propose-own': { scopes: read },
  'information.handle': { scopes: enter },
  'information.take-over': { scopes: enter },
  'information.decide': { scopes: decide, twoFactors: true },
  'provincial-field.file': { scopes: ['case:decide'], twoFactors: true },
  'problem.report': { scopes: enter },
  'problem.handle': { scopes: enter },
  'problem.resolve': { scopes: decide, twoFactors: true },
  'problem.merge': { scopes: decide, twoFactors: true },
  'number.give-anew': { scopes: decide, twoFactors: true },
  'duplicate.look': { scopes: [...read, 'student:identity'] },
};
