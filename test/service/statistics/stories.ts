import fc from 'fast-check';
import {
  EnrollmentStatus,
  EthnicGroupClass,
  Gender,
  IdDocumentType,
  Stage,
  StudentNumberKind,
} from '#libs/contracts/vocabulary.ts';
import type { Dated } from '#services/statistics/stock/course.ts';
import type { StockEvent } from '#services/statistics/stock/pupil.ts';

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

const anyDay = fc.integer({ min: 0, max: 120 }).map((nth) => {
  const at = new Date(Date.UTC(2026, 5, 20 + nth));
  return at.toISOString().slice(0, 10);
});

/** The events with days that mostly go forward, as those of one service do. */
const dated = (events: readonly StockEvent[]): fc.Arbitrary<Dated[]> =>
  fc
    .tuple(
      fc.array(anyDay, { minLength: events.length, maxLength: events.length }),
      fc.array(fc.boolean(), { minLength: events.length, maxLength: events.length }),
    )
    .map(([days, strays]) => {
      const inOrder = days.toSorted();
      return events.map((event, at) => ({ event, day: (strays[at] ? days : inOrder)[at] ?? '' }));
    });

/** What enrollment and what identity tell of some persons, each in its own order. */
export type Story = { enrollment: Dated[]; identity: Dated[] };

export const anyStory: fc.Arbitrary<Story> = fc
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
  .chain((told) =>
    fc.record({
      enrollment: dated(told.flatMap(([own]) => own)),
      identity: dated(told.flatMap(([, own]) => own)),
    }),
  );

/** Which source is heard next, and how much of it in one batch. */
export type Order = { fromIdentity: boolean; size: number };

export const anyOrder: fc.Arbitrary<Order[]> = fc.array(
  fc.record({ fromIdentity: fc.boolean(), size: fc.integer({ min: 1, max: 5 }) }),
  { maxLength: 40 },
);

/** The batches in which a story is heard: taken from one source or the other, and then what is left of each. */
export const batchesOf = (story: Story, order: readonly Order[]): Dated[][] => {
  const left = { enrollment: [...story.enrollment], identity: [...story.identity] };
  const taken = order.map(({ fromIdentity, size }) =>
    left[fromIdentity ? 'identity' : 'enrollment'].splice(0, size),
  );
  return [...taken, left.enrollment, left.identity];
};
