import fc from 'fast-check';
import { addDays } from '#libs/law/dates.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type DutyFacts, judgeDuty } from './judge-duty.ts';

const PLACE = { province: '140000', city: '140100', county: '140105' };
const TERM = {
  schoolYear: 2026,
  season: 'AUTUMN',
  opensOn: '2026-09-01',
  closesOn: '2027-01-15',
} as const;
const AFTER = '2027-03-01';
const NONE = { transferredIn: 0, transferredOut: 0 };

/** Done on a day, in the term as it stood then. */
const doneOn = (day: string, changes: Partial<NonNullable<DutyFacts['done']>> = {}): DutyFacts['done'] => ({
  ...{ schoolYear: 2026, term: 1, opensOn: TERM.opensOn, closesOn: TERM.closesOn },
  ...{ doneAt: new Date(`${day}T12:00:00+08:00`), transferredIn: null, transferredOut: null },
  ...changes,
});
const judge = (facts: Partial<DutyFacts>, on = AFTER) =>
  judgeDuty({ managedBy: null, term: TERM, done: null, onRecord: NONE, ...facts }, on, PLACE).map(
    ({ code }) => code,
  );

describe('a county’s check', () => {
  it(holds('ORG-05', 'that was in time stays so when the calendar is set anew, and may become so'), () => {
    expect(judge({ done: doneOn('2027-01-15'), term: { ...TERM, closesOn: '2027-01-08' } })).toEqual([]);
    expect(judge({ done: doneOn('2026-09-01'), term: { ...TERM, opensOn: '2026-09-07' } })).toEqual([]);
    expect(judge({ done: doneOn('2027-01-20'), term: { ...TERM, closesOn: '2027-01-22' } })).toEqual([]);
  });

  it(breaks('ORG-05', 'is missing from the day after the term, however late it then comes'), () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: -130, max: 400 }), (later, ahead) => {
        const missing = ['COUNTY_CHECK_MISSING'];
        const late = doneOn(addDays(TERM.closesOn, later));
        const on = addDays(TERM.closesOn, ahead);
        expect(judge({ done: late }, addDays(TERM.closesOn, later))).toEqual(missing);
        expect(judge({}, on)).toEqual(ahead > 0 ? missing : []);
      }),
    );
  });
});

describe('a school’s notice', () => {
  const direct = { managedBy: 'CITY' } as const;
  const moved = { onRecord: { transferredIn: 0, transferredOut: 1 } };

  it(holds('ORG-12', 'is in time by the term as it was, and not owed without a transfer'), () => {
    const done = doneOn('2027-01-15', { transferredIn: 3, transferredOut: 0 });
    expect(judge({ ...direct, ...moved, done, term: { ...TERM, closesOn: '2027-01-08' } })).toEqual([]);
    expect(judge({ ...direct })).toEqual([]);
    expect(judge({ ...direct, done: doneOn('2027-02-01', NONE) })).toEqual([]);
    expect(judge({ managedBy: 'COUNTY', ...moved })).toEqual([]);
  });

  it(breaks('ORG-12', 'is missing where a transfer is on record here, or was told too late'), () => {
    const missing = ['DIRECT_SCHOOL_NOTICE_MISSING'];
    expect(judge({ ...direct, ...moved })).toEqual(missing);
    expect(judge({ ...direct, ...moved, done: doneOn('2027-01-16', NONE) })).toEqual(missing);
    const told = doneOn('2027-01-16', { transferredIn: 0, transferredOut: 2 });
    expect(judge({ managedBy: 'PROVINCE', done: told })).toEqual(missing);
  });
});
