import type { StudentCasesQuery } from './generated/student-cases.ts';
import { caseOfValue, casesOf, namedCase, pageOfCase, type Ticket, valueOfCase } from './ticket-case.ts';

type Case = NonNullable<Ticket['case']>;

test.each([
  [{ __typename: 'TransferCase', id: 'a.b' }, 'TRANSFER', '/work/transfers/a.b'],
  [{ __typename: 'EnrollmentCase', id: 'c' }, 'ENROLLMENT', '/work/changes/c'],
  [{ __typename: 'KeyInformationChange', id: 'd' }, 'KEY_CHANGE', '/work/key-changes/d'],
  [{ __typename: 'StudentArchive', id: 'e', student: { id: 'f' } }, 'ARCHIVE_HANDOVER', '/work/hand-overs/f'],
] as const)('%j is named as %s and stands on %s', (told, kind, page) => {
  const about = told as Case;
  expect(namedCase(about)).toEqual({ kind, id: about.id });
  expect(pageOfCase(about)).toBe(page);
});

test('a case survives being the value of a choice; no choice is no case', () => {
  const named = { kind: 'TRANSFER', id: 'a.b' } as const;
  expect(caseOfValue(valueOfCase(named))).toEqual(named);
  expect(caseOfValue(undefined)).toBeNull();
});

test('the cases of a pupil are gathered from all who have one; what is not told is left out', () => {
  const answer = {
    student: {
      transfers: [{ id: '1', state: 'COMPLETED', openedAt: '2026-09-02T09:00:00+08:00' }],
      archive: null,
    },
    enrollmentCases: {
      edges: [{ node: { id: '2', kind: 'SUSPENSION', openedAt: '2026-09-03T09:00:00+08:00' } }],
    },
    keyInformationChanges: null,
  } as unknown as StudentCasesQuery;
  expect(casesOf(answer).map(({ named }) => valueOfCase(named))).toEqual(['TRANSFER 1', 'ENROLLMENT 2']);
});
