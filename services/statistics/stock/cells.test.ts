import fc from 'fast-check';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { anyOrder, anyStory, batchesOf, type Order, type Story } from '#test/service/statistics/stories.ts';
import { MEASURES } from './attributes.ts';
import { WIDTHS } from './blocks.ts';
import { cellsOf, nameOf } from './cells.ts';
import { type Course, courseAfter, pupilOf, pupilOn } from './course.ts';
import { type DayCell, dayDeltasOf, overDays } from './day-cells.ts';
import { type Pupil, pupilAfter, type StockEvent, UnknownRegistration } from './pupil.ts';

type World = { courses: Map<string, Course>; cells: Map<string, number[]>; days: Map<string, DayCell> };

const plus = (one: readonly number[] | undefined, other: readonly number[]): number[] =>
  other.map((n, at) => n + (one?.[at] ?? 0));

const live = (story: Story, order: readonly Order[]): World => {
  const world: World = { courses: new Map(), cells: new Map(), days: new Map() };
  for (const batch of batchesOf(story, order)) {
    const after = new Map<string, Course>();
    for (const told of batch) {
      const { person } = told.event;
      after.set(person, courseAfter(after.get(person) ?? world.courses.get(person), told));
    }
    const deltas = dayDeltasOf(
      [...after].map(([person, course]) => ({ before: world.courses.get(person), after: course })),
    );
    for (const cell of overDays(deltas)) {
      const counts = plus(world.cells.get(nameOf(cell)), cell.counts);
      if (counts.some((n) => n !== 0)) world.cells.set(nameOf(cell), counts);
      else world.cells.delete(nameOf(cell));
    }
    for (const delta of deltas) {
      const name = `${delta.day} ${nameOf(delta)}`;
      const counts = plus(world.days.get(name)?.counts, delta.counts);
      if (counts.some((n) => n !== 0)) world.days.set(name, { ...delta, counts });
      else world.days.delete(name);
    }
    for (const [person, course] of after) world.courses.set(person, course);
  }
  return world;
};

const naive = (pupils: Iterable<Pupil | undefined>): Map<string, number[]> => {
  const cells = new Map<string, number[]>();
  for (const pupil of pupils)
    for (const cell of pupil ? cellsOf(pupil) : [])
      cells.set(nameOf(cell), plus(cells.get(nameOf(cell)), cell.counts));
  return cells;
};

/** What the days up to one add up to. */
const upTo = (days: Iterable<DayCell>, last: string): Map<string, number[]> => {
  const sums = new Map<string, number[]>();
  for (const cell of days)
    if (cell.day <= last) sums.set(nameOf(cell), plus(sums.get(nameOf(cell)), cell.counts));
  return new Map([...sums].filter(([, counts]) => counts.some((n) => n !== 0)));
};

/** Every person as each source had told of it by the end of a day, worked out from all events of all time. */
const peopleOn = ({ enrollment, identity }: Story, last: string): (Pupil | undefined)[] => {
  const pupils = new Map<string, Pupil>();
  for (const source of [identity, enrollment]) {
    const reached = new Map<string, string>();
    for (const { day, event } of source) {
      const before = reached.get(event.person) ?? '';
      const own = day > before ? day : before;
      const known = pupils.get(event.person);
      if (event.kind === 'STATUS' && known?.registration?.enrollment !== event.enrollment) continue;
      reached.set(event.person, own);
      if (own <= last) pupils.set(event.person, pupilAfter(known, event));
    }
  }
  return [...pupils.values()];
};

describe('counts kept by events', () => {
  test('are those of a recount, however the two sources are interleaved and cut into batches', () => {
    fc.assert(
      fc.property(anyStory, anyOrder, (story, order) => {
        const world = live(story, order);
        expect(world.cells).toEqual(naive([...world.courses.values()].map(pupilOf)));
        expect(world.cells).toEqual(naive(peopleOn(story, '9999-12-31')));
      }),
      { numRuns: 200 },
    );
  });

  test('and the courses and changes by day behind them do not depend on the interleaving', () => {
    fc.assert(
      fc.property(anyStory, anyOrder, anyOrder, (story, one, other) => {
        expect(live(story, one)).toEqual(live(story, other));
      }),
      { numRuns: 200 },
    );
  });

  test('add up, day by day, to who counted at the end of each day and in the end to now', () => {
    fc.assert(
      fc.property(anyStory, anyOrder, (story, order) => {
        const { courses, cells, days } = live(story, order);
        const told = [...story.enrollment, ...story.identity].map(({ day }) => day);
        for (const day of new Set(told)) {
          expect(upTo(days.values(), day)).toEqual(naive(peopleOn(story, day)));
          expect(upTo(days.values(), day)).toEqual(
            naive([...courses.values()].map((each) => pupilOn(each, day))),
          );
        }
        expect(upTo(days.values(), '9999-12-31')).toEqual(cells);
      }),
      { numRuns: 200 },
    );
  });
});

const registration: StockEvent = {
  kind: 'REGISTERED',
  person: 'p',
  place: 14_010_500_001,
  province: '140000',
  registration: {
    enrollment: 'e1',
    school: '2114000001',
    stage: 'PRIMARY',
    entryYearAdj: 2026,
    lastGrade: 6,
    frozenAt: null,
    status: 'PENDING_APPROVAL',
    marks: {
      gender: 'FEMALE',
      documentType: 'RESIDENT_ID',
      boarder: true,
      leftBehind: false,
      migrant: false,
      residencePermit: false,
      disabled: false,
      ethnicGroup: 'HAN',
    },
  },
};

const decided = (status: EnrollmentStatus, enrollment = 'e1'): StockEvent => ({
  kind: 'STATUS',
  person: 'p',
  place: 14_010_500_001,
  province: '140000',
  school: '2114000001',
  enrollment,
  status,
});

describe('a pupil', () => {
  test('counts once in all and once in each attribute, in its school and every level above', () => {
    const cells = cellsOf(pupilAfter(undefined, registration));
    expect(cells.map((cell) => cell.width)).toEqual([...WIDTHS]);
    for (const cell of cells) {
      const counted = MEASURES.filter((_, at) => cell.counts[at] !== 0);
      expect(counted.map(({ attribute, value }) => [attribute, value])).toEqual([
        ['', ''],
        ['STATUS', 'PENDING_APPROVAL'],
        ['NUMBER_KIND', 'NONE'],
        ['DOCUMENT_TYPE', 'RESIDENT_ID'],
        ['ETHNIC_GROUP', 'HAN'],
        ['BOARDER', 'true'],
      ]);
    }
  });

  test.each(['PENDING_APPROVAL', 'RETURNED_TO_SCHOOL', 'IN_SCHOOL', 'SUSPENDED'] as const)(
    'counts while the registration is %s',
    (status) => {
      expect(cellsOf(pupilAfter(pupilAfter(undefined, registration), decided(status)))).not.toEqual([]);
    },
  );

  test.each(['REFUSED', 'GRADUATED', 'WITHDRAWN', 'CANCELLED'] as const)(
    'counts nowhere when it is %s',
    (status) => {
      expect(cellsOf(pupilAfter(pupilAfter(undefined, registration), decided(status)))).toEqual([]);
    },
  );

  test('is not changed by a decision on an earlier registration', () => {
    const pupil = pupilAfter(undefined, registration);
    expect(pupilAfter(pupil, decided('REFUSED', 'e0'))).toBe(pupil);
  });

  test('cannot be decided on before it is registered', () => {
    expect(() => pupilAfter(undefined, decided('IN_SCHOOL'))).toThrow(UnknownRegistration);
  });
});
