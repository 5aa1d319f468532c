import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeAttendance } from './without-registration.ts';

const ON = '2026-09-01';

describe('studying without a registration', () => {
  it(holds('ORG-10', 'who is registered, or does not attend, gives no reason for an entry'), () => {
    expect(judgeAttendance({ attends: true, registered: true }, ON, SHANXI)).toEqual([]);
    expect(judgeAttendance({ attends: false, registered: false }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ORG-10', 'who attends without one is on record everywhere, and nowhere kept out'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judgeAttendance({ attends: true, registered: false }, ON, place)).toMatchObject([
        { ruleId: 'ORG-10', outcome: 'RECORD', code: 'STUDENT_WITHOUT_REGISTRATION' },
      ]);
    }
  });
});
