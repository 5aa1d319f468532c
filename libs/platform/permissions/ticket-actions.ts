import {
  authorities,
  type Demand,
  deciding,
  everyAuthority,
  type Grant,
  reading,
  schoolStaff,
  writing,
} from './grant.ts';

const bothAtAuthority = { levels: everyAuthority, roles: ['REGISTRAR', 'DECISION_MAKER'] } as const;
/** The technical side of the ministry. */
const centre = { levels: ['MINISTRY'], roles: ['INFORMATION_CENTRE'] } as const;
const callCentres = { levels: ['MINISTRY', 'PROVINCE'], roles: ['CALL_CENTRE'] } as const;

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
  'ticket.decide': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }, centre],
  'ticket.issue': [{ levels: everyAuthority, roles: ['DECISION_MAKER'] }, centre],
  'ticket.answer': [
    { levels: ['SCHOOL'], roles: ['REGISTRAR', 'DECISION_MAKER'] },
    { levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] },
  ],
  'ticket.report': [{ levels: authorities, roles: ['REGISTRAR', 'DECISION_MAKER'] }],
  'ticket.seal': [{ levels: ['PROVINCE'], roles: ['DECISION_MAKER'] }],
  'ticket.accept': [{ levels: ['MINISTRY'], roles: ['DECISION_MAKER', 'INFORMATION_CENTRE'] }],
  'number.enquire': [callCentres],
  'number-enquiry.read': [callCentres, { levels: ['MINISTRY', 'PROVINCE'], roles: ['DECISION_MAKER'] }],
} as const satisfies Record<string, readonly Grant[]>;

export const ticketDemands: Readonly<Record<keyof typeof ticketPermissions, Demand>> = {
  'ticket.read': reading,
  'ticket.file-own': reading,
  'ticket.file': reading,
  'ticket.take': reading,
  'ticket.handle': reading,
  'ticket.decide': deciding,
  'ticket.issue': deciding,
  'ticket.answer': writing,
  'ticket.report': writing,
  'ticket.seal': deciding,
  'ticket.accept': deciding,
  'number.enquire': { scopes: ['student:read', 'student:identity'] },
  'number-enquiry.read': reading,
};
