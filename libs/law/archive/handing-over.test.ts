import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, startOfDay } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { judgeCalledForArchive } from './called-for.ts';
import {
  goesToAuthorityAbroad,
  type HandOverReason,
  handOverDue,
  judgeAcceptance,
  judgeBackup,
  judgeHandingOver,
  needsBackup,
  passOnDue,
} from './handing-over.ts';
import { custodianAfterEnd, judgeClosureOfArchives, judgeMergerOfArchives } from './school-end.ts';

const calendar = workingDayCalendar();
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const OWED_AT = new Date('2026-09-07T10:00:00+08:00');
const ON = '2026-09-07';

const judge = (
  reason: HandOverReason,
  passedOnOn: string | null,
  { place = SHANXI, today = '2026-12-01', owedAt = OWED_AT } = {},
) => said(judgeHandingOver({ reason, owedAt, passedOnOn, stage: 'JUNIOR' }, today, place, calendar));

const OVERDUE = 'ARC-10 RECORD ARCHIVE_TRANSFER_OVERDUE';
const NOT_PASSED_ON = 'ARC-08 RECORD ARCHIVE_NOT_TRANSFERRED';

describe('the hand-over of an archive', () => {
  it(holds('ARC-10', 'is in time up to the same day of the next month'), () => {
    for (const place of PLACES) {
      for (const reason of ['TRANSFER', 'GOING_ON'] as const) {
        expect(judge(reason, '2026-10-07', { place })).toEqual([]);
        expect(judge(reason, null, { place, today: '2026-10-07' })).toEqual([]);
      }
    }
  });

  it(breaks('ARC-10', 'is on record when it comes a day later'), () => {
    for (const place of PLACES) expect(judge('TRANSFER', '2026-10-08', { place })).toEqual([OVERDUE]);
  });

  it(breaks('ARC-08', 'that did not come at all is on record for that too'), () => {
    for (const place of PLACES) {
      expect(judge('GOING_ON', null, { place, today: '2026-10-08' })).toEqual([OVERDUE, NOT_PASSED_ON]);
    }
  });

  it('that was sent back is in time while what is done promptly is, and never before its month is over', () => {
    const dueOn = (sentBackOn: string | null) =>
      passOnDue({ owedAt: OWED_AT, sentBackOn }, SHANXI, calendar).dueDate;
    expect(dueOn(null)).toBe('2026-10-07');
    expect(dueOn('2026-09-10')).toBe('2026-10-07');
    expect(dueOn('2026-10-12')).toBe('2026-10-26');
    const facts = { reason: 'TRANSFER', owedAt: OWED_AT, stage: 'JUNIOR', sentBackOn: '2026-10-12' } as const;
    const late = (passedOnOn: string) =>
      said(judgeHandingOver({ ...facts, passedOnOn }, '2026-12-01', SHANXI, calendar));
    expect(late('2026-10-26')).toEqual([]);
    expect(late('2026-10-27')).toEqual([OVERDUE]);
  });

  it(breaks('ARC-08', 'that is not accepted promptly is on record, from the next day on'), () => {
    const accepted = (reason: HandOverReason, today: string, passedOnOn: string | null = '2026-10-12') =>
      said(judgeAcceptance({ reason, passedOnOn, stage: 'JUNIOR' }, today, SHANXI, calendar));
    expect(accepted('TRANSFER', '2026-10-26')).toEqual([]);
    expect(accepted('TRANSFER', '2026-10-27')).toEqual([NOT_PASSED_ON]);
    expect(accepted('ABROAD', '2026-10-27')).toEqual(['ARC-20 RECORD ARCHIVE_NOT_TRANSFERRED']);
    expect(accepted('TRANSFER', '2026-12-01', null)).toEqual([]);
  });

  it('has the month of the day on which the registration moved, in Shanghai', () => {
    const lateEvening = new Date('2026-01-31T15:59:59Z');
    const midnight = new Date('2026-01-31T16:00:00Z');
    expect(handOverDue(lateEvening, SHANXI, calendar).dueDate).toBe('2026-02-28');
    expect(handOverDue(midnight, SHANXI, calendar).dueDate).toBe('2026-03-01');
  });

  it('is judged on either side of its last day, whatever the day it started', () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2025-02-01', n));
    fc.assert(
      fc.property(day, fc.integer({ min: -35, max: 35 }), (owedOn, away) => {
        const owedAt = startOfDay(owedOn);
        const last = handOverDue(owedAt, ELSEWHERE, calendar).dueDate;
        expect(judge('TRANSFER', addDays(last, away), { place: ELSEWHERE, owedAt })).toEqual(
          away > 0 ? [OVERDUE] : [],
        );
      }),
    );
  });
});

describe('the archive of a student abroad', () => {
  it(holds('ARC-20', 'goes up to the authority within its month, and comes back'), () => {
    for (const place of PLACES) {
      for (const reason of ['ABROAD', 'RETURN'] as const) {
        expect(judge(reason, '2026-10-07', { place })).toEqual([]);
      }
    }
    expect(goesToAuthorityAbroad('2025-01-03', ELSEWHERE, 'JUNIOR')).toBe(true);
  });

  it(breaks('ARC-20', 'is on record where it still lies at the school afterwards'), () => {
    for (const place of PLACES) {
      for (const reason of ['ABROAD', 'RETURN'] as const) {
        expect(judge(reason, null, { place, today: '2026-10-08' })).toEqual([
          'ARC-20 RECORD ARCHIVE_NOT_TRANSFERRED',
        ]);
      }
    }
  });

  it('stays with the school before the measure of 2025', () => {
    expect(goesToAuthorityAbroad('2025-01-02', ELSEWHERE, 'JUNIOR')).toBe(false);
    const owedAt = startOfDay('2024-09-01');
    expect(judge('ABROAD', null, { place: ELSEWHERE, owedAt })).toEqual([]);
  });
});

describe('the archive of a migrant dropout', () => {
  const called = (calledForAt: Date | null, passedOnOn: string | null, place = SHANXI) =>
    said(judgeCalledForArchive({ calledForAt, passedOnOn, stage: 'JUNIOR' }, '2026-12-01', place, calendar));

  it(
    holds('ARC-22', 'stays at the school, or goes to the county of the household when that calls for it'),
    () => {
      for (const place of PLACES) {
        expect(called(null, null, place)).toEqual([]);
        expect(called(OWED_AT, '2026-10-07', place)).toEqual([]);
      }
    },
  );

  it(breaks('ARC-22', 'is on record when it was called for and came late or not at all'), () => {
    for (const place of PLACES) {
      for (const passedOnOn of [null, '2026-10-08']) {
        expect(called(OWED_AT, passedOnOn, place)).toEqual(['ARC-22 RECORD MIGRANT_DROPOUT_NOT_HANDED_OVER']);
      }
    }
  });
});

describe('the backup of whoever passes an archive on', () => {
  const backup = (reason: HandOverReason, backedUp: boolean, place = SHANXI, on = ON) =>
    said(judgeBackup({ reason, stage: 'JUNIOR', backedUp }, on, place));

  it(holds('ARC-09', 'exists before it goes'), () => {
    for (const place of PLACES) {
      expect(backup('TRANSFER', true, place)).toEqual([]);
      expect(backup('GOING_ON', true, place)).toEqual([]);
      expect(needsBackup(ON, place, 'JUNIOR')).toBe(true);
    }
    expect(backup('ABROAD', false)).toEqual([]);
  });

  it(
    breaks(
      'ARC-09',
      'is waited for: on a transfer everywhere, on going on where the graduating school is bound',
    ),
    () => {
      const MISSING = ['ARC-09 HOLD SOURCE_BACKUP_MISSING'];
      for (const place of PLACES) expect(backup('TRANSFER', false, place)).toEqual(MISSING);
      expect(backup('GOING_ON', false, BEIGUAN)).toEqual(MISSING);
      expect(backup('GOING_ON', false, SHANXI)).toEqual([]);
      expect(backup('GOING_ON', false, ELSEWHERE, '2025-01-02')).toEqual(MISSING);
      expect(backup('GOING_ON', false, ELSEWHERE, '2025-01-03')).toEqual([]);
    },
  );
});

describe('the archives of a school that ends', () => {
  const end = { mergedInto: null, designatedUnit: null, competentAuthority: '140105' };

  it(holds('ARC-13', 'are all with the school after the merger'), () => {
    for (const place of PLACES) {
      expect(judgeMergerOfArchives({ archivesLeft: 0, stage: 'PRIMARY' }, ON, place)).toEqual([]);
    }
    expect(custodianAfterEnd({ ...end, mergedInto: 'M' })).toEqual({ kind: 'SCHOOL', code: 'M' });
  });

  it(breaks('ARC-13', 'keep the merged school open while a single one is left'), () => {
    for (const place of PLACES) {
      expect(said(judgeMergerOfArchives({ archivesLeft: 1, stage: 'PRIMARY' }, ON, place))).toEqual([
        'ARC-13 REJECT MERGER_ARCHIVES_PENDING',
      ]);
    }
  });

  it(holds('ARC-14', 'are with the authority of a closed school, or the unit it named'), () => {
    expect(judgeClosureOfArchives({ archivesLeft: 0, stage: 'PRIMARY' }, ON, SHANXI)).toEqual([]);
    expect(custodianAfterEnd(end)).toEqual({ kind: 'AUTHORITY', code: '140105' });
    expect(custodianAfterEnd({ ...end, designatedUnit: 'U' })).toEqual({
      kind: 'DESIGNATED_UNIT',
      code: 'U',
    });
  });

  it(breaks('ARC-14', 'keep the closed school open while a single one is left'), () => {
    for (const place of PLACES) {
      expect(said(judgeClosureOfArchives({ archivesLeft: 1, stage: 'SENIOR' }, ON, place))).toEqual([
        'ARC-14 REJECT CLOSURE_ARCHIVES_PENDING',
      ]);
    }
  });
});
