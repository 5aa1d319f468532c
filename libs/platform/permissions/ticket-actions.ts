import {
  authorities,
  type Demand,
  deciding,
  everyAuthority,
  type Grant,
  reading,
  ruling,
  schoolStaff,
  writing,
} from './grant.ts';

const bothAtAuthority = { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] } as const;
/** The technical side of the ministry. */
const centre = { levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] } as const;
const callCentres = { levels: ['MINISTRY', 'PROVINCE'], roles: ['CALL_CENTRE'] } as const;

/** Other systems, each a client of its own (PRV-07). */
const integrators = { levels: ['NONE'], roles: ['INTEGRATOR'] } as const;

/** What may be done with tickets, and by whom (domain: scopes, section 2, complaint and slips). */
export const ticketPermissions = {
  'ticket.read': [
    { levels: ['SCHOOL'], roles: schoolStaff },
    bothAtAuthority,
    centre,
    callCentres,
    { levels: ['NONE'], roles: ['GUARDIAN'] },
  ],
  'ticket.file-own': [{ levels: ['NONE'], roles: ['GUARDIAN'] }],
  'ticket.file': [{ levels: ['SCHOOL'], roles: schoolStaff }],
  'ticket.take': [bothAtAuthority, callCentres],
  'ticket.handle': [bothAtAuthority, centre],
  'ticket.assign': [{ levels: ['SCHOOL'], roles: ['REGISTRAR', 'DECISION_MAKER'] }, bothAtAuthority, centre],
  'ticket.hand-over': [{ levels: ['SCHOOL', ...everyAuthority], roles: ['DECISION_MAKER'] }, centre],
  'ticket.decide': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }, centre],
  'ticket.issue': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }, centre],
  'ticket.answer': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'ticket.attach': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'ticket.report': [{ levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'ticket.policy': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
  'ticket.seal': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
  'ticket.accept': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER', 'INFORMATION_CENTRE'] }],
  'number.enquire': [callCentres],
  'client.register': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'disclosure.request': [integrators, { levels: authorities, roles: ['REGISTRAR'] }],
  'disclosure.read': [integrators, { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'disclosure.check': [{ levels: authorities, roles: ['REGISTRAR'] }],
  'disclosure.decide': [{ levels: authorities, roles: ['DECISION_MAKER'] }],
  'number-enquiry.read': [callCentres, { levels: ['MINISTRY', 'PROVINCE'], roles: ['DECISION_MAKER'] }],
} as const satisfies Record<string, readonly Grant[]>;

export const ticketDemands: Readonly<Record<keyof typeof ticketPermissions, Demand>> = {
  'ticket.read': reading,
  'ticket.file-own': reading,
  'ticket.file': reading,
  'ticket.take': reading,
  'ticket.handle': reading,
  'ticket.assign': reading,
  'ticket.hand-over': deciding,
  'ticket.decide': deciding,
  'ticket.issue': deciding,
  'ticket.answer': writing,
  'ticket.attach': writing,
  'ticket.report': writing,
  'ticket.policy': ruling,
  'ticket.seal': deciding,
  'ticket.accept': deciding,
  'number.enquire': { scopes: ['student:read', 'student:identity'] },
  'client.register': ruling,
  'disclosure.request': reading,
  'disclosure.read': reading,
  'disclosure.check': reading,
  'disclosure.decide': ruling,
  'number-enquiry.read': reading,
};
