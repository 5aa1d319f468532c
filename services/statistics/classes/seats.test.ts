import fc from 'fast-check';
import { bandOf } from '#libs/contracts/class-sizes.ts';
import type { Envelope } from '#libs/contracts/envelope.ts';
import { ClassAssigned } from '#libs/contracts/events/enrollment.ts';
import { envelope, idOf, type TestPupil, told } from '#test/service/statistics/events.ts';
import { classDeltas } from './class-cells.ts';
import { readSeatEvent, Seating } from './seats.ts';

const pupilOf = (n: number): TestPupil => ({
  ...{ name: `pupil ${n}`, place: 14_010_500_001, school: '2114000001' },
  entryYearAdj: 2025 + (n % 2),
});

const seated = (pupil: TestPupil, schoolClass: string, version: number): Envelope =>
  envelope(ClassAssigned, idOf(pupil.name), version, {
    ...{ person: idOf(pupil.name), place: pupil.place, province: '140000', school: pupil.school },
    ...{ enrollment: idOf(`${pupil.name} enrollment 1`), schoolClass: idOf(schoolClass) },
  });

const seatingAfter = (events: readonly Envelope[], size: number): Seating => {
  let [members, classes] = [new Seating([], []).members, new Seating([], []).classes];
  for (let at = 0; at < events.length; at += size) {
    const run = new Seating([...members.values()], [...classes.values()]);
    for (const event of events.slice(at, at + size)) {
      const read = readSeatEvent(event);
      if (read !== undefined) run.apply(read);
    }
    [members, classes] = [run.members, run.classes];
  }
  return new Seating([...members.values()], [...classes.values()]);
};

type Act = { pupil: number; act: 'seat one' | 'seat two' | 'refuse' };

const lives = fc.array(
  fc.record({
    pupil: fc.integer({ min: 0, max: 5 }),
    act: fc.constantFrom<Act['act']>('seat one', 'seat two', 'refuse'),
  }),
  { maxLength: 40 },
);

const eventsOf = (acts: readonly Act[]): Envelope[] => [
  ...Array.from({ length: 6 }, (_, n) => told.registered(pupilOf(n))),
  ...acts.map(({ pupil, act }, at) =>
    act === 'refuse'
      ? told.rejected(pupilOf(pupil), true, at + 2)
      : seated(pupilOf(pupil), act === 'seat one' ? 'one' : 'two', at + 2),
  ),
];

describe('classes', () => {
  test.each([
    [0, undefined],
    [1, 'UP_TO_25'],
    [25, 'UP_TO_25'],
    [26, 'FROM_26_TO_35'],
    [35, 'FROM_26_TO_35'],
    [36, 'FROM_36_TO_45'],
    [45, 'FROM_36_TO_45'],
    [46, 'FROM_46_TO_55'],
    [55, 'FROM_46_TO_55'],
    [56, 'FROM_56_TO_65'],
    [65, 'FROM_56_TO_65'],
    [66, 'FROM_66'],
  ])('with %i pupils are of the band %s', (size, band) => {
    expect(bandOf(size)).toBe(band);
  });

  test('are as large as there are pupils who sit in them, in whatever runs their events come', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 1, max: 9 }), (acts, size) => {
        const { members, classes } = seatingAfter(eventsOf(acts), size);
        for (const { id, size: known } of classes.values()) {
          expect(known).toBe([...members.values()].filter(({ schoolClass }) => schoolClass === id).length);
        }
        expect({ members, classes }).toEqual({ ...seatingAfter(eventsOf(acts), 1_000) });
      }),
    );
  });

  test('lose those who leave, and those who join another cohort', () => {
    const [one, two] = [pupilOf(0), pupilOf(2)];
    const events = [told.registered(one), told.registered(two), seated(one, 'one', 2), seated(two, 'one', 2)];
    expect(seatingAfter(events, 9).classes.get(idOf('one'))?.size).toBe(2);
    expect(seatingAfter([...events, told.rejected(two, true, 3)], 9).classes.get(idOf('one'))?.size).toBe(1);
  });

  test('are counted in every block of the tree, and no more where they were', () => {
    const { classes } = seatingAfter([told.registered(pupilOf(0)), seated(pupilOf(0), 'one', 2)], 9);
    const after = classes.get(idOf('one'));
    if (after === undefined) throw new Error('no class');
    const cells = classDeltas([{ before: undefined, after: { ...after, size: 66 } }]);
    expect(cells.map(({ width }) => width)).toEqual([1, 100_000, 10_000_000, 1_000_000_000, 100_000_000_000]);
    expect(
      cells.every(({ band, classes: n, pupils }) => band === 'FROM_66' && n === 1 && pupils === 66),
    ).toBe(true);
    const shrunk = classDeltas([{ before: { ...after, size: 66 }, after: { ...after, size: 65 } }]);
    expect(shrunk.filter(({ width }) => width === 1)).toMatchObject([
      { band: 'FROM_66', classes: -1, pupils: -66 },
      { band: 'FROM_56_TO_65', classes: 1, pupils: 65 },
    ]);
  });
});
