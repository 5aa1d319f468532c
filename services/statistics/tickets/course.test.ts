import fc from 'fast-check';
import { type TicketDelta, type TicketDue, type TicketEvent, ticketAfterEvent } from './course.ts';

const ticket = '01990000-0000-7000-8000-000000000001';
const county = { unit: '140105', place: 14_010_500_000 };
const city = { unit: '140100', place: 14_010_000_000 };
const at = (day: string) => `${day}T02:00:00.000Z`;

const due = (more: Partial<TicketDue> = {}): TicketDue => ({
  ...{ ticket, kind: 'COMPLAINT', ...county, clock: 'HANDLE', dueOn: '2026-09-30' },
  ...{ provisional: false, missedOn: null },
  ...more,
});
const begins = (more: Partial<TicketDue> = {}, isNew = true): TicketEvent => ({
  ...{ does: 'BEGINS', ticket, at: at('2026-09-02'), isNew },
  due: due(more),
});
const missed = (clock: 'HANDLE' | 'ACKNOWLEDGE' | 'SLIP' = 'HANDLE'): TicketEvent => ({
  ...{ does: 'IS_MISSED', ticket, at: at('2026-10-01'), clock, dueOn: '2026-09-30' },
});
const answered = (day: string, goesOn = false): TicketEvent => ({
  ...{ does: 'IS_ANSWERED', ticket, at: at(day), goesOn, next: null },
});
const goesUp = (to: typeof city): TicketEvent => ({ does: 'GOES_UP', ticket, at: at('2026-10-01'), ...to });
const moved = (dueOn: string, provisional = false): TicketEvent => ({
  ...{ does: 'IS_MOVED', ticket, at: at('2026-09-20'), clock: 'HANDLE', dueOn, provisional },
});
const lapses: TicketEvent = { does: 'LAPSES', ticket, at: at('2026-10-05') };

const run = (events: readonly TicketEvent[]) => {
  let now: TicketDue | null = null;
  const deltas: TicketDelta[] = [];
  for (const event of events) {
    const after = ticketAfterEvent(now, event);
    now = after.due;
    deltas.push(...after.deltas);
  }
  const counts = deltas.map(({ place, measure, day, n }) => [place, measure, day, n].join(' '));
  return { now: now as TicketDue | null, deltas, counts };
};
const at105 = `${county.place}`;

describe('a ticket in the figures', () => {
  test('is filed in the month in which it came, and answered in that of the answer, in time on its last day', () => {
    const { now, counts } = run([begins(), answered('2026-09-30')]);
    expect(now).toBeNull();
    expect(counts).toEqual([
      `${at105} COUNTY:FILED:COMPLAINT 2026-09-01 1`,
      `${at105} COUNTY:IN_TIME:COMPLAINT 2026-09-01 1`,
    ]);
  });

  test('is overdue from the record of it until the answer, which is late', () => {
    const open = run([begins({ kind: 'SUPERVISION', clock: 'SLIP' }), missed('SLIP')]);
    expect(open.now?.missedOn).toBe('2026-09-30');
    expect(open.counts.slice(1)).toEqual([
      `${at105} COUNTY:MISSED:SLIP 2026-10-01 1`,
      `${at105} COUNTY:OVERDUE:SUPERVISION 2026-09-30 1`,
    ]);
    const { counts } = run([
      begins({ kind: 'SUPERVISION', clock: 'SLIP' }),
      missed('SLIP'),
      answered('2026-10-08'),
    ]);
    expect(counts.slice(3)).toEqual([
      `${at105} COUNTY:LATE:SUPERVISION 2026-10-01 1`,
      `${at105} COUNTY:OVERDUE:SUPERVISION 2026-09-30 -1`,
    ]);
  });

  test('answered late before anybody put that on record is late all the same, but not by a provisional day', () => {
    expect(run([begins(), answered('2026-10-01')]).counts[1]).toBe(
      `${at105} COUNTY:LATE:COMPLAINT 2026-10-01 1`,
    );
    expect(run([begins({ provisional: true }), answered('2026-10-01')]).counts[1]).toContain('IN_TIME');
  });

  test('that goes up is escalated by whom it leaves, overdue with nobody, and owed anew by whom it reaches', () => {
    const { now, counts } = run([begins(), missed(), goesUp(city), answered('2026-10-12')]);
    expect(now).toBeNull();
    expect(counts.slice(1)).toEqual([
      `${at105} COUNTY:MISSED:HANDLE 2026-10-01 1`,
      `${at105} COUNTY:OVERDUE:COMPLAINT 2026-09-30 1`,
      `${at105} COUNTY:ESCALATED:COMPLAINT 2026-10-01 1`,
      `${at105} COUNTY:OVERDUE:COMPLAINT 2026-09-30 -1`,
      `${city.place} CITY:IN_TIME:COMPLAINT 2026-10-01 1`,
    ]);
  });

  test('of which a slip is to be supervised stays where it is, and its time runs on', () => {
    expect(run([begins(), goesUp(county)]).now).toEqual(due());
    expect(run([begins(), goesUp(county)]).counts[1]).toBe(
      `${at105} COUNTY:ESCALATED:COMPLAINT 2026-10-01 1`,
    );
  });

  test('that is given more time is overdue no longer; one whose answer goes on is answered once', () => {
    expect(run([begins(), missed(), moved('2026-10-20')]).now).toEqual(due({ dueOn: '2026-10-20' }));
    const { counts } = run([begins(), answered('2026-09-10', true), answered('2026-09-20')]);
    expect(counts.slice(1)).toEqual([`${at105} COUNTY:IN_TIME:COMPLAINT 2026-09-01 1`]);
  });

  test('that nobody has to answer any more counts as answered neither in time nor late', () => {
    expect(run([begins(), lapses, answered('2026-10-08'), missed()]).counts).toEqual([
      `${at105} COUNTY:FILED:COMPLAINT 2026-09-01 1`,
    ]);
  });

  test('another clock of it that is missed is counted, and leaves it as it was', () => {
    const { now, counts } = run([begins(), missed('ACKNOWLEDGE')]);
    expect(now).toEqual(due());
    expect(counts.slice(1)).toEqual([`${at105} COUNTY:MISSED:ACKNOWLEDGE 2026-10-01 1`]);
  });

  test('in whatever order things happen, it is overdue where it is missed and open, and nowhere else', () => {
    const one = fc.constantFrom(
      ...[begins(), begins({}, false), missed(), missed('ACKNOWLEDGE'), goesUp(city), goesUp(county)],
      ...[answered('2026-10-08', true), answered('2026-10-08'), moved('2026-10-20'), lapses],
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (after) => {
        const { now, deltas } = run([begins(), ...after.filter(({ does }) => does !== 'BEGINS')]);
        const overdue = new Map<number, number>();
        for (const { place, measure, n } of deltas)
          if (measure.includes('OVERDUE')) overdue.set(place, (overdue.get(place) ?? 0) + n);
        const expected = now?.missedOn ? [[now.place, 1]] : [];
        expect([...overdue].filter(([, n]) => n !== 0)).toEqual(expected);
      }),
    );
  });
});
