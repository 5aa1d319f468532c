import { joinedOn } from './joined-on.ts';

describe('the month in which somebody came to a school', () => {
  it('is September of the class for whoever enters with it, whenever that is entered', () => {
    for (const day of ['2023-07-20', '2023-08-28', '2023-09-01', '2023-10-30', '2024-02-01']) {
      expect(joinedOn(day, { entryYearAdj: 2023, channel: 'PRIMARY_GRADE_ONE' })).toBe('2023-09-01');
      expect(joinedOn(day, { entryYearAdj: 2023, reason: 'GOING_ON' })).toBe('2023-09-01');
    }
  });

  it('is that of coming for who transfers, in the first year too, or is registered in a later grade', () => {
    expect(joinedOn('2024-02-26', { entryYearAdj: 2023, reason: 'TRANSFER' })).toBe('2024-02-26');
    expect(joinedOn('2025-09-08', { entryYearAdj: 2023, reason: 'TRANSFER' })).toBe('2025-09-08');
    expect(joinedOn('2025-03-03', { entryYearAdj: 2023, channel: 'NON_GRADE_ONE_BATCH' })).toBe('2025-03-03');
  });

  it('is not known of who was there before the register', () => {
    expect(joinedOn('2026-07-06', { entryYearAdj: 2023, channel: 'PREVIOUS_RECORD_TRANSFER' })).toBeNull();
  });
});
