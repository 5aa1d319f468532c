import fc from 'fast-check';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, counterOf, type Registration, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

type Listed = { enrollments: { edges: { node: { id: string; grade: number } }[] } };

const school = taiyuanPrimary;
/** Around the promotions of 2026, standing, and 2027, entered for 21 August; the last is still to come. */
const instants = [
  '2025-10-01T00:00:00+08:00',
  '2026-08-10T23:59:59+08:00',
  '2026-08-11T00:00:00+08:00',
  '2027-08-20T23:59:59+08:00',
  '2027-08-21T00:00:00+08:00',
  '2028-09-01T00:00:00+08:00',
];
const cohorts = [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026];

/** The nationwide promotion of 10 August 24:00: a dated fact, no row of a pupil (ENR-28). */
describe('promotion', () => {
  let registry: Registry;
  let counter: Counter;
  const pupils: Registration[] = [];

  const person = (id: string): string => id.slice(0, 36);

  const listed = async (filter: Record<string, unknown> = {}): Promise<Map<string, number>> => {
    const answer = await counter.ask<Listed>(
      'registrar',
      `query ($filter: EnrollmentFilter) { enrollments(filter: $filter, first: 200) { edges { node { id grade } } } }`,
      { filter },
    );
    return new Map(counter.answered(answer).enrollments.edges.map(({ node }) => [node.id, node.grade]));
  };

  /** Number of pupils in each grade, as the statistics count them for the school. */
  const counted = async (): Promise<Record<string, number>> => {
    await registry.settled();
    const answer = await counter.ask<{
      enrollmentStatistics: { rows: { keys: { value: string }[]; count: number }[] };
    }>('registrar', `{ enrollmentStatistics(by: [GRADE]) { rows { keys { value } count } } }`);
    return Object.fromEntries(
      counter
        .answered(answer)
        .enrollmentStatistics.rows.filter(({ count }) => count > 0)
        .map(({ keys, count }) => [keys[0]?.value ?? '', count]),
    );
  };

  /** Where every row about a pupil lies in its table, and which transaction wrote it. */
  const physicalRows = async (): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const table of ['pupil', 'enrollment']) {
      found.push(
        await counter.rows(
          'enrollment',
          `select ctid::text, xmin::text, person_id from ${table} order by ctid`,
        ),
      );
    }
    return found;
  };

  const setPromotion = (who: string, schoolYear: number, effectiveAt: string) =>
    counter.ask<{ setPromotion: { findings: { code: string }[] } }>(
      who,
      `mutation ($input: SetPromotionInput!) { setPromotion(input: $input) { findings { code } } }`,
      { input: { idempotencyKey: `${who} ${effectiveAt}`, schoolYear, effectiveAt } },
    );

  beforeAll(async () => {
    registry = await startRegistry({ start: '2025-09-02T09:00:00+08:00' });
    counter = counterOf(registry);
    for (const [at] of cohorts.entries()) {
      pupils.push(await counter.registered(school, girl(at, { birthDate: '2019-05-06' })));
    }
    await counter.decide('xiaodian', 'APPROVE', pupils, { reason: '材料齐全' });
  });
  afterAll(() => registry?.stop());

  test(
    holds(
      'ENR-28',
      'a pupil of grade one is in grade one until 10 August 23:59:59 and in grade two from 24:00',
    ),
    async () => {
      const before = await physicalRows();
      registry.clock.moveTo('2026-08-10T23:59:59+08:00');
      expect(new Set((await listed()).values())).toEqual(new Set([1]));
      expect(await listed({ grade: 2 })).toEqual(new Map());
      registry.clock.moveTo('2026-08-11T00:00:00+08:00');
      expect(new Set((await listed()).values())).toEqual(new Set([2]));
      expect((await listed({ grade: 2 })).size).toBe(pupils.length);
      expect(await counted()).toEqual({ 2: pupils.length });
      expect(await physicalRows()).toEqual(before);
    },
  );

  test(
    breaks('ENR-28', 'no school, county or province sets the instant, and nobody sets one that has passed'),
    async () => {
      for (const who of ['registrar', 'xiaodian', 'shanxi']) {
        const { errors } = await setPromotion(who, 2027, '2027-08-20T00:00:00+08:00');
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      }
      const late = await setPromotion('ministry', 2026, '2026-08-20T00:00:00+08:00');
      expect(late.data?.setPromotion.findings.map(({ code }) => code)).toContain(
        'PROMOTION_ALREADY_EFFECTIVE',
      );
    },
  );

  test(
    holds('ENR-28', 'an instant that the ministry enters weeks ahead is followed by lists and statistics'),
    async () => {
      const answer = await setPromotion('ministry', 2027, '2027-08-21T00:00:00+08:00');
      expect(counter.answered(answer).setPromotion.findings).toEqual([]);
      await registry.settled();
      const before = await physicalRows();
      registry.clock.moveTo('2027-08-20T23:59:59+08:00');
      await counter.until('the new instant is known', async () => (await counted())[2] === pupils.length);
      expect(await listed({ grade: 3 })).toEqual(new Map());
      registry.clock.moveTo('2027-08-21T00:00:00+08:00');
      expect((await listed({ grade: 3 })).size).toBe(pupils.length);
      expect(await counted()).toEqual({ 3: pupils.length });
      expect(await physicalRows()).toEqual(before);
    },
  );

  test(
    holds('ENR-28', 'who is frozen keeps the grade of that day, and promotion leaves the row alone'),
    async () => {
      const [frozen] = pupils;
      await counter.change('enrollment', 'update enrollment set frozen_at = $2 where person_id = $1', [
        person(frozen?.id ?? ''),
        '2027-10-01T00:00:00+08:00',
      ]);
      const before = await physicalRows();
      registry.clock.moveTo('2028-08-11T00:00:00+08:00');
      expect((await listed()).get(frozen?.id ?? '')).toBe(3);
      expect([...(await listed({ grade: 3 })).keys()]).toEqual([frozen?.id]);
      expect((await listed({ grade: 4 })).size).toBe(pupils.length - 1);
      expect(await physicalRows()).toEqual(before);
    },
  );

  test(
    holds('ENR-28', 'whatever the year of entry, the filter by grade finds exactly who is in that grade'),
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              cohort: fc.constantFrom(...cohorts),
              lastGrade: fc.constantFrom(5, 6),
              frozenAt: fc.constantFrom(null, ...instants),
            }),
            {
              minLength: cohorts.length,
              maxLength: cohorts.length,
            },
          ),
          async (drawn) => {
            await counter.change(
              'enrollment',
              `update enrollment e set entry_year_adj = d.cohort, last_grade = d.last, frozen_at = d.frozen
             from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[]) as d (person, cohort, last, frozen)
             where e.person_id = d.person`,
              [
                pupils.map(({ id }) => person(id)),
                drawn.map(({ cohort }) => cohort),
                drawn.map(({ lastGrade }) => lastGrade),
                drawn.map(({ frozenAt }) => frozenAt),
              ],
            );
            const grades = await listed();
            expect(grades.size).toBe(pupils.length);
            for (const grade of [1, 2, 3, 4, 5, 6]) {
              const expected = [...grades].filter(([, of]) => of === grade).map(([id]) => id);
              expect([...(await listed({ grade })).keys()].sort()).toEqual(expected.sort());
            }
          },
        ),
        { numRuns: 8, seed: 20_260_811 },
      );
    },
  );
});
