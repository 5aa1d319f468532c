import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { ELSEWHERE, SHANXI } from '../testing/places.ts';
import { approvalDue, judgeAdmissionToSchool } from './approval.ts';
import { judgeClassPlacement } from './class-placement.ts';

const ON = '2026-09-01';

describe('the approval of a new registration', () => {
  it(holds('ENR-08', 'a pupil is in school once the authority has approved'), () => {
    expect(judgeAdmissionToSchool({ approvedByRegistryAuthority: true }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-08', 'before that NEW_REGISTRATION_NOT_APPROVED stands'), () => {
    expect(judgeAdmissionToSchool({ approvedByRegistryAuthority: false }, ON, ELSEWHERE)).toMatchObject([
      { code: 'NEW_REGISTRATION_NOT_APPROVED', outcome: 'REJECT' },
    ]);
  });

  it('is due on the tenth working day after it was asked for', () => {
    const due = approvalDue(new Date('2026-09-01T23:59:59+08:00'), SHANXI, workingDayCalendar());
    expect(due.dueDate).toBe('2026-09-15');
    expect(due.dueAt.toISOString()).toBe('2026-09-15T16:00:00.000Z');
  });
});

describe('the placement in classes', () => {
  const facts = { capacity: 45, size: 40, adding: 5, parallelSizes: [44, 45] };

  it(holds('ENR-16', 'a class is filled up to its prescribed size, evenly with the others'), () => {
    expect(judgeClassPlacement(facts, ON, SHANXI)).toEqual([]);
    expect(judgeClassPlacement({ ...facts, parallelSizes: [40] }, ON, SHANXI)).toEqual([]);
    expect(judgeClassPlacement({ ...facts, parallelSizes: [] }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-16', 'one pupil more is refused, and an uneven filling is warned of'), () => {
    expect(judgeClassPlacement({ ...facts, adding: 6, parallelSizes: [41] }, ON, SHANXI)).toMatchObject([
      { code: 'CLASS_CAPACITY_EXCEEDED', outcome: 'REJECT' },
    ]);
    expect(judgeClassPlacement({ ...facts, parallelSizes: [39] }, ON, SHANXI)).toMatchObject([
      { code: 'UNBALANCED_CLASSES', outcome: 'WARN' },
    ]);
  });

  it('is a rule of Shanxi', () => {
    expect(judgeClassPlacement({ ...facts, adding: 60 }, ON, ELSEWHERE)).toEqual([]);
    expect(judgeClassPlacement({ ...facts, adding: 60 }, '2026-02-09', SHANXI)).toEqual([]);
  });
});
