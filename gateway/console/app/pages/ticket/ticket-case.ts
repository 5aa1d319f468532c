import type { StudentCasesQuery } from './generated/student-cases.ts';
import type { TicketPageQuery } from './generated/ticket.ts';

export type Ticket = NonNullable<TicketPageQuery['ticket']>;
type Case = NonNullable<Ticket['case']>;

/** A case as an order names it. */
export type NamedCase = { kind: 'TRANSFER' | 'ENROLLMENT' | 'KEY_CHANGE' | 'ARCHIVE_HANDOVER'; id: string };

const kinds = {
  TransferCase: 'TRANSFER',
  EnrollmentCase: 'ENROLLMENT',
  KeyInformationChange: 'KEY_CHANGE',
  StudentArchive: 'ARCHIVE_HANDOVER',
} as const;

/** The case that a ticket is about, as an order names it. */
export const namedCase = ({ __typename, id }: Case): NamedCase => ({ kind: kinds[__typename], id });

/** Page of a case. */
export const pageOfCase = (about: Case): string => {
  switch (about.__typename) {
    case 'TransferCase':
      return `/work/transfers/${about.id}`;
    case 'EnrollmentCase':
      return `/work/changes/${about.id}`;
    case 'KeyInformationChange':
      return `/work/key-changes/${about.id}`;
    case 'StudentArchive':
      return `/work/hand-overs/${about.student.id}`;
  }
};

/** A case as the value of a choice, and back; ids have no blanks. */
export const valueOfCase = ({ kind, id }: NamedCase): string => `${kind} ${id}`;

export const caseOfValue = (value: string | undefined): NamedCase | null => {
  const [kind, id] = value?.split(' ') ?? [];
  return kind && id ? { kind: kind as NamedCase['kind'], id } : null;
};

/** A case of a pupil, by what it is and since when. */
export type StudentCase = {
  named: NamedCase;
  word: readonly [kind: WordOfCase, code: string];
  since?: string;
};
type WordOfCase = 'TransferState' | 'EnrollmentCaseKind' | 'KeyInformationChangeKind' | 'ArchiveCustodyState';

/** States of an archive in which somebody is waited for. */
const handedOver: readonly string[] = ['OWED', 'ON_ITS_WAY'];

/** Everything that is under way or was done about a pupil; of an archive only that it is handed over. */
export const casesOf = ({
  student,
  enrollmentCases,
  keyInformationChanges,
}: StudentCasesQuery): StudentCase[] => [
  ...(student?.transfers ?? []).map(
    ({ id, state, openedAt }): StudentCase => ({
      ...{ named: { kind: 'TRANSFER', id }, word: ['TransferState', state], since: openedAt },
    }),
  ),
  ...(enrollmentCases?.edges ?? []).map(
    ({ node: { id, kind, openedAt } }): StudentCase => ({
      ...{ named: { kind: 'ENROLLMENT', id }, word: ['EnrollmentCaseKind', kind], since: openedAt },
    }),
  ),
  ...(keyInformationChanges?.edges ?? []).map(
    ({ node: { id, kind, openedAt } }): StudentCase => ({
      ...{ named: { kind: 'KEY_CHANGE', id }, word: ['KeyInformationChangeKind', kind], since: openedAt },
    }),
  ),
  ...(student?.archive && handedOver.includes(student.archive.state)
    ? [
        {
          named: { kind: 'ARCHIVE_HANDOVER', id: student.archive.id } as const,
          word: ['ArchiveCustodyState', student.archive.state] as const,
        },
      ]
    : []),
];
