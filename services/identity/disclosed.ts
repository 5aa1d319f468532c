import { isWithinGrant, treatmentsOf } from '#libs/law/privacy/disclosed-fields.ts';
import type { Disclosed } from '#libs/platform/disclosure/disclosed.ts';

const always = () => true;

/** What identity tells other systems of a student, under a grant and masked (PRV-04, PRV-05). */
export const disclosed: Disclosed = {
  passages: { 'Query.student': always, 'Query._entities': always, 'Student.id': always },
  fields: treatmentsOf([
    'Student.name',
    'Student.studentNumber',
    'Student.numberKind',
    'Student.gender',
    'Student.birthDate',
    'Student.nationality',
    'Student.ethnicity',
  ]),
  mayRead: isWithinGrant,
  personOf: (parent) => (parent as { personId?: string }).personId,
};
