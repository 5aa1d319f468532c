import { isWithinGrant, treatmentsOf } from '#libs/law/privacy/disclosed-fields.ts';
import type { Disclosed } from '#libs/platform/disclosure/disclosed.ts';

const always = () => true;

/** By what a list may be narrowed: whatever else is asked for would tell of each who is in it. */
const places: ReadonlySet<string> = new Set(['school', 'unit']);
const byPlaceAlone = ({ filter }: Record<string, unknown>): boolean =>
  Object.entries(filter ?? {}).every(([name, value]) => places.has(name) || value === null);

/** What enrollment tells other systems of a registration, under a grant (PRV-04, PRV-05). */
export const disclosed: Disclosed = {
  passages: {
    'Query.enrollments': byPlaceAlone,
    'Query._entities': always,
    'EnrollmentConnection.edges': always,
    'EnrollmentConnection.pageInfo': always,
    'EnrollmentEdge.cursor': always,
    'EnrollmentEdge.node': always,
    'PageInfo.hasNextPage': always,
    'PageInfo.hasPreviousPage': always,
    'PageInfo.startCursor': always,
    'PageInfo.endCursor': always,
    'Student.id': always,
    'Student.enrollment': ({ asOf }) => asOf === undefined || asOf === null,
    'Enrollment.id': always,
    'Enrollment.student': always,
    'School.id': always,
  },
  fields: treatmentsOf([
    'Enrollment.school',
    'Enrollment.stage',
    'Enrollment.grade',
    'Enrollment.cohort',
    'Enrollment.status',
  ]),
  mayRead: isWithinGrant,
  personOf: (parent) => (parent as { personId?: string }).personId,
};
