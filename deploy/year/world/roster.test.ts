import { type Pupil, Roster } from './roster.ts';

const pupil = (changes: Partial<Pupil> = {}): Pupil => ({
  key: 'a',
  person: 'p',
  name: '',
  school: 'one',
  stage: 'PRIMARY',
  entryYearAdj: 2025,
  status: 'IN_SCHOOL',
  isDisabled: false,
  isMigrant: false,
  days: {},
  ...changes,
});

describe('the roster', () => {
  test('keeps the balance of each school: opening, in, out', () => {
    const roster = new Roster();
    const [stayed, left, moved] = ['a', 'b', 'c'].map((key) => pupil({ key, person: key })) as [
      Pupil,
      Pupil,
      Pupil,
    ];
    for (const each of [stayed, left, moved]) roster.found(each);
    roster.entered(pupil({ key: 'd', person: 'd', status: 'PENDING_APPROVAL' }));
    roster.changed(left, { status: 'WITHDRAWN' });
    roster.changed(moved, { status: 'GRADUATED' });
    roster.changed(moved, { status: 'IN_SCHOOL', school: 'two' });
    expect(Object.fromEntries(roster.flows())).toEqual({
      one: { opening: 3, in: 1, out: 2 },
      two: { opening: 0, in: 1, out: 0 },
    });
    expect(roster.at('two').map(({ key }) => key)).toEqual(['c']);
    expect(roster.at('one').map(({ key }) => key)).toEqual(['a', 'b', 'd']);
  });

  test('moves nobody in or out where a change stays within the registers', () => {
    const roster = new Roster();
    const one = pupil();
    roster.found(one);
    roster.changed(one, { status: 'SUSPENDED' });
    roster.changed(one, { status: 'IN_SCHOOL' });
    expect(roster.flows().get('one')).toEqual({ opening: 1, in: 0, out: 0 });
  });

  test('counts a move between schools at both', () => {
    const roster = new Roster();
    const one = pupil();
    roster.found(one);
    roster.changed(one, { school: 'two' });
    expect(Object.fromEntries(roster.flows())).toEqual({
      one: { opening: 1, in: 0, out: 1 },
      two: { opening: 0, in: 1, out: 0 },
    });
  });

  test('counts who goes from one province to another at both, whatever the status', () => {
    const roster = new Roster();
    const one = pupil({ school: '2114000001', status: 'GRADUATED' });
    roster.found(one);
    roster.entered(pupil({ key: 'b', person: 'b', school: '2141000001' }));
    roster.changed(one, { school: '2141000002', status: 'IN_SCHOOL' });
    roster.changed(one, { school: '2141000003' });
    expect(Object.fromEntries(roster.provinces())).toEqual({
      14: { found: 1, entered: 0, came: 0, went: 1 },
      41: { found: 0, entered: 1, came: 1, went: 0 },
    });
    expect([...roster.crossings()]).toEqual([['14>41', 1]]);
  });
});
