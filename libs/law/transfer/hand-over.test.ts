import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  classDue,
  judgeCallUp,
  judgeClassPlacement,
  judgeHandOver,
  statusAfterHandOver,
} from './hand-over.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const at = (text: string): Date => new Date(`${text}+08:00`);
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the call-up', () => {
  const clock = { dueAt: at('2026-09-22T00:00:00'), provisional: false };
  const now = at('2026-09-21T23:59:59');

  it(holds('TRF-32', 'is made for a pupil who has reported'), () => {
    for (const place of PLACES) expect(judgeCallUp({ reported: true, clock }, now, place)).toEqual([]);
    expect(judgeCallUp({ reported: true }, at('2030-01-01T00:00:00'), ELSEWHERE)).toEqual([]);
  });

  it(breaks('TRF-32', 'is made for nobody else'), () => {
    for (const place of PLACES) {
      expect(codes(judgeCallUp({ reported: false, clock }, now, place))).toEqual([
        'TRF-32 REJECT CALL_UP_WITHOUT_REPORTING',
      ]);
    }
  });

  it(
    breaks(
      'TRF-33',
      'is too late from the instant on at which the case is cancelled, though no timer has run',
    ),
    () => {
      expect(codes(judgeCallUp({ reported: true, clock }, at('2026-09-22T00:00:00'), SHANXI))).toEqual([
        'TRF-33 REJECT CALL_UP_EXPIRED',
      ]);
      expect(codes(judgeCallUp({ reported: false, clock }, at('2026-09-22T00:00:00'), SHANXI))).toEqual([
        'TRF-32 REJECT CALL_UP_WITHOUT_REPORTING',
        'TRF-33 REJECT CALL_UP_EXPIRED',
      ]);
    },
  );
});

describe('the hand-over', () => {
  it(holds('TRF-40', 'follows the backup at the sending school'), () => {
    for (const place of PLACES) expect(judgeHandOver({ sourceBackedUp: true }, ON, place)).toEqual([]);
  });

  it(breaks('TRF-40', 'waits for it'), () => {
    for (const place of PLACES) {
      expect(codes(judgeHandOver({ sourceBackedUp: false }, ON, place))).toEqual([
        'TRF-40 HOLD SOURCE_BACKUP_MISSING',
      ]);
    }
  });

  const statusOf = (kind: 'CROSS_PROVINCE_TRANSFER' | 'CROSS_PROVINCE_STUDY', status: EnrollmentStatus) =>
    statusAfterHandOver({ kind, status, stage: 'JUNIOR' });

  it(holds('TRF-21', 'leaves the status as it is, until formalities at the receiving school'), () => {
    for (const status of ['IN_SCHOOL', 'ABROAD', 'LEFT_OTHER'] as const) {
      expect(statusOf('CROSS_PROVINCE_TRANSFER', status)).toBe(status);
    }
  });

  it('makes a graduate admitted, and nobody who is none any more', () => {
    expect(statusOf('CROSS_PROVINCE_STUDY', 'GRADUATED')).toBe('ADMITTED');
    expect(statusOf('CROSS_PROVINCE_STUDY', 'ADMITTED')).toBeUndefined();
    expect(statusOf('CROSS_PROVINCE_STUDY', 'CANCELLED')).toBeUndefined();
  });
});

describe('the class of a pupil from another province', () => {
  const placed = (
    today: string,
    place: LawPlace,
    changes: { doneOn?: string; acrossProvinces?: boolean } = {},
  ) =>
    codes(
      judgeClassPlacement(
        {
          acrossProvinces: true,
          stage: 'PRIMARY',
          dueDate: '2026-09-21',
          provisional: false,
          today,
          ...changes,
        },
        place,
      ),
    );

  it(holds('TRF-48', 'is chosen promptly'), () => {
    expect(classDue(at('2026-09-04T10:00:00'), BEIGUAN, workingDayCalendar()).dueDate).toBe('2026-09-18');
    expect(placed('2026-09-21', BEIGUAN)).toEqual([]);
    expect(placed('2026-12-01', BEIGUAN, { doneOn: '2026-09-21' })).toEqual([]);
    expect(placed('2026-12-01', BEIGUAN, { acrossProvinces: false })).toEqual([]);
    for (const place of [SHANXI, ELSEWHERE]) expect(placed('2026-12-01', place)).toEqual([]);
  });

  it(breaks('TRF-48', 'is on record in Beiguan when it is not'), () => {
    expect(placed('2026-09-22', BEIGUAN)).toEqual(['TRF-48 RECORD CLASS_NOT_ASSIGNED']);
  });
});
