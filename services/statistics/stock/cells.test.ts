import fc from 'fast-check';
import {
  EnrollmentStatus,
  EthnicGroupClass,
  Gender,
  IdDocumentType,
  Stage,
  StudentNumberKind,
} from '#libs/contracts/vocabulary.ts';
import { MEASURES } from './attributes.ts';
import { WIDTHS } from './blocks.ts';
import { type Cell, cellsOf, deltasOf, nameOf } from './cells.ts';
import { type Pupil, pupilAfter, type StockEvent, UnknownRegistration } from './pupil.ts';

const places = [14_010_500_001, 14_010_500_002, 14_010_000_007, 41_050_300_001];

const anyMarks = fc.record({
  gender: fc.constantFrom(...Gender.options),
  documentType: fc.constantFrom(...IdDocumentType.options),
  boarder: fc.boolean(),
  leftBehind: fc.boolean(),
  migrant: fc.boolean(),
  residencePermit: fc.boolean(),
  disabled: fc.boolean(),
  ethnicGroup: fc.constantFrom(...EthnicGroupClass.options),
});

const where = fc
  .constantFrom(...places)
  .map((place) => ({ place, province: `${Math.floor(place / 1e9)}0000`, school: String(place) }));

/** A registration and what becomes of it. */
const anyAttempt = (person: string, attempt: number): fc.Arbitrary<StockEvent[]> =>
  fc
    .record({
      where,
      marks: anyMarks,
      stage: fc.constantFrom(...Stage.options),
      entryYearAdj: fc.integer({ min: 2021, max: 2026 }),
      frozenAt: fc.constantFrom(null, '2025-03-01T00:00:00.000Z'),
      later: fc.array(fc.constantFrom(...EnrollmentStatus.options), { maxLength: 4 }),
    })
    .map(({ where: { school, ...at }, later, ...facts }) => {
      const enrollment = `${person} ${attempt}`;
      const first: StockEvent = {
        kind: 'REGISTERED',
        person,
        ...at,
        registration: { ...facts, enrollment, school, lastGrade: 6, status: 'PENDING_APPROVAL' },
      };
      return [
        first,
        ...later.map((status): StockEvent => ({ kind: 'STATUS', person, ...at, enrollment, school, status })),
      ];
    });

const anyTold = fc.record(
  {
    identity: fc.record({
      gender: fc.constantFrom(...Gender.options),
      documentType: fc.constantFrom(...IdDocumentType.options),
    }),
    living: fc.record({
      ...{ boarder: fc.boolean(), leftBehind: fc.boolean(), migrant: fc.boolean() },
      ...{ residencePermit: fc.boolean(), disabled: fc.boolean() },
      ethnicGroup: fc.constantFrom(...EthnicGroupClass.options),
    }),
  },
  { requiredKeys: [] },
);

/** What identity tells of a person: numbers, and who the person is by now. */
const anyNumbers = (person: string): fc.Arbitrary<StockEvent[]> =>
  fc.array(
    fc.oneof(
      fc
        .tuple(where, fc.constantFrom(null, ...StudentNumberKind.options), anyTold)
        .map(([{ place, province }, numberKind, told]) => ({
          kind: 'NUMBER' as const,
          person,
          place,
          province,
          numberKind,
          told,
        })),
      fc
        .tuple(where, anyTold)
        .map(([{ place, province }, told]) => ({ kind: 'IDENTITY' as const, person, place, province, told })),
    ),
    { maxLength: 4 },
  );

/** What enrollment and what identity tell of some persons, each in its own order. */
const anyStory = fc
  .integer({ min: 1, max: 6 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, at) => `p${at}`).map((person) =>
        fc.tuple(
          fc.tuple(anyAttempt(person, 1), anyAttempt(person, 2)).map((attempts) => attempts.flat()),
          anyNumbers(person),
        ),
      ),
    ),
  )
  .map((told) => ({ enrollment: told.flatMap(([own]) => own), identity: told.flatMap(([, own]) => own) }));

type Order = { fromIdentity: boolean; size: number };
const anyOrder = fc.array(fc.record({ fromIdentity: fc.boolean(), size: fc.integer({ min: 1, max: 5 }) }), {
  maxLength: 40,
});

type World = { pupils: Map<string, Pupil>; cells: Map<string, Cell> };

const plus = (one: readonly number[] | undefined, other: readonly number[]): number[] =>
  other.map((n, at) => n + (one?.[at] ?? 0));

const applyBatch = (world: World, events: readonly StockEvent[]): void => {
  const after = new Map<string, Pupil>();
  for (const event of events) {
    after.set(event.person, pupilAfter(after.get(event.person) ?? world.pupils.get(event.person), event));
  }
  const changes = [...after.values()].map((pupil) => ({
    before: world.pupils.get(pupil.person),
    after: pupil,
  }));
  for (const delta of deltasOf(changes)) {
    const name = nameOf(delta);
    const counts = plus(world.cells.get(name)?.counts, delta.counts);
    if (counts[0] === 0) world.cells.delete(name);
    else world.cells.set(name, { ...delta, counts });
  }
  for (const pupil of after.values()) world.pupils.set(pupil.person, pupil);
};

/** Applies both sources in batches taken from one or the other, and then what is left of each. */
const live = (
  story: { enrollment: StockEvent[]; identity: StockEvent[] },
  order: readonly Order[],
): World => {
  const world: World = { pupils: new Map(), cells: new Map() };
  const left = { enrollment: [...story.enrollment], identity: [...story.identity] };
  for (const { fromIdentity, size } of order) {
    applyBatch(world, left[fromIdentity ? 'identity' : 'enrollment'].splice(0, size));
  }
  applyBatch(world, left.enrollment);
  applyBatch(world, left.identity);
  return world;
};

const naive = (pupils: Iterable<Pupil>): Map<string, number[]> => {
  const cells = new Map<string, number[]>();
  for (const pupil of pupils)
    for (const cell of cellsOf(pupil)) cells.set(nameOf(cell), plus(cells.get(nameOf(cell)), cell.counts));
  return cells;
};

describe('counts kept by events', () => {
  test('are those of a recount, however the two sources are interleaved and cut into batches', () => {
    fc.assert(
      fc.property(anyStory, anyOrder, (story, order) => {
        const world = live(story, order);
        const kept = new Map([...world.cells].map(([name, cell]) => [name, cell.counts]));
        expect(kept).toEqual(naive(world.pupils.values()));
      }),
      { numRuns: 300 },
    );
  });

  test('and the pupils behind them do not depend on the interleaving', () => {
    fc.assert(
      fc.property(anyStory, anyOrder, anyOrder, (story, one, other) => {
        expect(live(story, one)).toEqual(live(story, other));
      }),
      { numRuns: 300 },
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
