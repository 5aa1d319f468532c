import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  compulsoryYearsOver,
  type DropoutRecipient,
  dropoutMarkDue,
  dropoutReportDue,
  judgeDropoutMark,
  judgeDropoutReport,
  judgeMigrantDropout,
  type MigrantDropoutFacts,
} from './dropout.ts';
import { judgeLedgerEntry, ledgerActionDue } from './dropout-ledger.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();
const at = new Date('2026-09-01T10:00:00+08:00');

describe('a dropout of compulsory education', () => {
  const { dueDate, provisional } = dropoutMarkDue(at, SHANXI, calendar);
  const clock = { stage: 'JUNIOR', dueDate, provisional } as const;

  it(holds('ENR-57', 'is marked within ten working days of the clue'), () => {
    expect(dueDate).toBe('2026-09-15');
    for (const place of PLACES) {
      expect(judgeDropoutMark({ ...clock, today: '2026-09-15' }, ON, place)).toEqual([]);
      expect(judgeDropoutMark({ ...clock, doneOn: '2026-09-15', today: '2026-12-01' }, ON, place)).toEqual(
        [],
      );
    }
    expect(judgeDropoutMark({ ...clock, stage: 'SENIOR', today: '2026-12-01' }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-57', 'is on record the day after when neither marked nor cleared up'), () => {
    for (const place of PLACES) {
      expect(judgeDropoutMark({ ...clock, today: '2026-09-16' }, ON, place)).toMatchObject([
        { outcome: 'RECORD', code: 'DROPOUT_NOT_MARKED' },
      ]);
    }
  });

  const all: DropoutRecipient[] = ['TOWNSHIP_OR_SUBDISTRICT', 'COUNTY_EDUCATION', 'REGISTRY_AUTHORITY'];
  const report = (reportedTo: DropoutRecipient[], today: string, place: LawPlace = SHANXI) => {
    const due = dropoutReportDue(at, calendar);
    return judgeDropoutReport(
      { stage: 'PRIMARY', reportedTo, dueDate: due.dueDate, provisional: due.provisional, today },
      ON,
      place,
    );
  };

  it(holds('ENR-56', 'is reported in writing to all three bodies within three working days'), () => {
    expect(dropoutReportDue(at, calendar).dueDate).toBe('2026-09-04');
    expect(report([], '2026-09-04')).toEqual([]);
    expect(report(all, '2026-10-01')).toEqual([]);
    const senior = { stage: 'SENIOR', reportedTo: [], dueDate: '2026-09-04', provisional: false } as const;
    expect(judgeDropoutReport({ ...senior, today: '2026-10-01' }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-56', 'is on record with the bodies that were not told'), () => {
    for (const place of PLACES) {
      for (const untold of all) {
        const findings = report(
          all.filter((recipient) => recipient !== untold),
          '2026-09-05',
          place,
        );
        expect(findings).toMatchObject([{ outcome: 'RECORD', code: 'DROPOUT_NOT_REPORTED' }]);
        expect(findings[0]?.messageEn).toContain(untold);
      }
      expect(report([], '2026-09-05', place)).toHaveLength(1);
    }
  });

  it('is kept registered until nine school years have passed', () => {
    expect(compulsoryYearsOver(2020, '2029-08-10')).toBe(false);
    expect(compulsoryYearsOver(2020, '2029-08-11')).toBe(true);
  });
});

describe("a migrant worker's child who dropped out", () => {
  const judge = (changes: Partial<MigrantDropoutFacts>, place: LawPlace = SHANXI) =>
    judgeMigrantDropout(
      {
        stage: 'PRIMARY',
        migrant: true,
        termClosesOn: '2026-07-10',
        householdCountyNotified: false,
        archiveCalledFor: false,
        archiveHandedOver: false,
        today: '2026-07-11',
        ...changes,
      },
      ON,
      place,
    );

  it(holds('ENR-59', 'is made known to the county of the household by the end of the term'), () => {
    for (const place of PLACES) {
      expect(judge({ today: '2026-07-10' }, place)).toEqual([]);
      expect(judge({ householdCountyNotified: true }, place)).toEqual([]);
      expect(judge({ archiveCalledFor: true, archiveHandedOver: true }, place)).toEqual([]);
    }
    expect(judge({ migrant: false })).toEqual([]);
    expect(judge({ stage: 'SENIOR' })).toEqual([]);
  });

  it(
    breaks('ENR-59', 'is on record from the next day on, and when the archive was called for in vain'),
    () => {
      for (const place of PLACES) {
        for (const facts of [{}, { householdCountyNotified: true, archiveCalledFor: true }]) {
          expect(judge(facts, place)).toMatchObject([
            { outcome: 'RECORD', code: 'MIGRANT_DROPOUT_NOT_HANDED_OVER' },
          ]);
        }
      }
    },
  );
});

describe('the dropout-control ledger', () => {
  const entry = { stage: 'PRIMARY', closed: false, lastActionOn: '2026-09-01' } as const;

  it(holds('ENR-60', 'sees an action on every open entry within thirty days'), () => {
    expect(ledgerActionDue('2026-09-01')).toBe('2026-10-01');
    for (const today of ['2026-09-30', '2026-10-01']) {
      expect(judgeLedgerEntry({ ...entry, today }, ON, ELSEWHERE)).toEqual([]);
    }
    expect(judgeLedgerEntry({ ...entry, closed: true, today: '2027-09-01' }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('ENR-60', 'is stale on the thirty-first day'), () => {
    for (const place of PLACES) {
      expect(judgeLedgerEntry({ ...entry, today: '2026-10-02' }, ON, place)).toMatchObject([
        { outcome: 'RECORD', code: 'LEDGER_ENTRY_STALE' },
      ]);
    }
  });
});
