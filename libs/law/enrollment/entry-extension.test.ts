import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays, daysBetween } from '../dates.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { entryDue, extensionEnd, judgeExtension } from './entry-extension.ts';

const calendar = workingDayCalendar();
const OPENS = '2026-09-01';
const judge = (on: string, until: string, place: LawPlace = SHANXI) =>
  judgeExtension({ opensOn: OPENS, until }, on, place, calendar);

describe('more time for the entry formalities', () => {
  it('ends ten working days after the opening, an extension two weeks after that', () => {
    expect(entryDue(OPENS, SHANXI, calendar)?.dueAt.toISOString()).toBe('2026-09-15T16:00:00.000Z');
    expect(extensionEnd(OPENS, SHANXI, calendar)?.dueDate).toBe('2026-09-29');
    expect(entryDue('2026-02-09', SHANXI, calendar)).toBeUndefined();
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(entryDue(OPENS, place, calendar)).toBeUndefined();
      expect(extensionEnd(OPENS, place, calendar)).toBeUndefined();
    }
  });

  it(holds('ENR-13', 'asked for by the tenth working day and for two weeks at most it is granted'), () => {
    expect(judge('2026-09-14', '2026-09-29')).toEqual([]);
    expect(judge('2026-09-15', '2026-09-28')).toEqual([]);
  });

  it(
    breaks('ENR-13', 'a day later it is out of time, and a day longer it is too long; both are told'),
    () => {
      expect(judge('2026-09-16', '2026-09-29')).toMatchObject([
        { ruleId: 'ENR-13', outcome: 'REJECT', code: 'EXTENSION_OUT_OF_TIME' },
      ]);
      expect(judge('2026-09-15', '2026-09-30')).toMatchObject([
        { ruleId: 'ENR-13', outcome: 'REJECT', code: 'EXTENSION_TOO_LONG', path: ['until'] },
      ]);
      expect(judge('2026-09-16', '2026-09-30').map(({ code }) => code)).toEqual([
        'EXTENSION_OUT_OF_TIME',
        'EXTENSION_TOO_LONG',
      ]);
    },
  );

  it('is without limit elsewhere, and Henan’s own text is named as unknown', () => {
    expect(judge('2026-12-01', '2027-02-01', ELSEWHERE)).toEqual([]);
    expect(judge('2026-12-01', '2027-02-01', BEIGUAN)).toMatchObject([
      { outcome: 'WARN', code: 'LAYER_TEXT_UNKNOWN', message: expect.stringContaining('河南') },
    ]);
  });

  it('is refused to nobody while the working days of the year are not published', () => {
    const far = { opensOn: '2030-09-02', until: '2031-01-31' };
    expect(entryDue(far.opensOn, SHANXI, calendar)?.provisional).toBe(true);
    expect(extensionEnd(far.opensOn, SHANXI, calendar)?.provisional).toBe(true);
    expect(judgeExtension(far, '2030-12-01', SHANXI, calendar)).toEqual([]);
  });

  it('ends exactly fourteen days after the time to ask for it, whenever term opens', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (n) => {
        const opensOn = addDays('2026-02-10', n);
        const due = entryDue(opensOn, SHANXI, calendar)?.dueDate ?? '';
        expect(daysBetween(due, extensionEnd(opensOn, SHANXI, calendar)?.dueDate ?? '')).toBe(14);
      }),
    );
  });
});
