import fc from 'fast-check';
import { attack, quantityOf, type Told } from '#test/service/statistics/attack.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { cellsOf, nameOf, type Outline } from './cells.ts';
import type { Shown } from './pattern.ts';
import { protect } from './protect.ts';
import { dimensionsOf, linesOf, OWN, type TableName } from './tables.ts';

const threshold = 10;

/** A nation of a few provinces in the shape of the real one, with two stages and two attributes. */
const outlineOf = (provinces: number): Outline => {
  const codes = Array.from({ length: provinces }, (_, at) => `${11 + at}0000`);
  return {
    units: [
      { id: '000000', parent: null, detail: 'ALL' },
      { id: `000000${OWN}`, parent: '000000', detail: 'STAGES' },
      ...codes.flatMap((code): Outline['units'] => [
        { id: code, parent: '000000', detail: 'ALL' },
        { id: `${code.slice(0, 2)}0100`, parent: code, detail: 'STAGES' },
        { id: `${code.slice(0, 2)}0200`, parent: code, detail: 'STAGES' },
        { id: `${code}${OWN}`, parent: code, detail: 'STAGES' },
      ]),
    ],
    vocabulary: {
      grades: { PRIMARY: ['1', '2'], JUNIOR: ['1', '2'] },
      genders: ['MALE', 'FEMALE'],
      attributes: { BOARDER: ['true', 'false'], ETHNIC_GROUP: ['HAN', 'MINORITY', 'NOT_APPLICABLE'] },
    },
  };
};

/** Pupils alike: of a leaf of the tree, a stage, a grade, a gender and one value of each attribute. */
type Alike = {
  leaf: string;
  stage: string;
  grade: string;
  gender: string;
  values: Record<string, string>;
  n: number;
};

const populationIn = ({ units, vocabulary }: Outline): fc.Arbitrary<Alike[]> =>
  fc.array(
    fc.record({
      leaf: fc.constantFrom(...units.filter(({ detail }) => detail === 'STAGES').map(({ id }) => id)),
      stage: fc.constantFrom(...Object.keys(vocabulary.grades)),
      grade: fc.constantFrom('1', '2'),
      gender: fc.constantFrom(...vocabulary.genders),
      values: fc.record(
        Object.fromEntries(
          Object.entries(vocabulary.attributes).map(([name, values]) => [name, fc.constantFrom(...values)]),
        ),
      ),
      n: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3_000 })),
    }),
    { maxLength: 30 },
  );

const countsOf = (outline: Outline, population: readonly Alike[]): Map<string, number> => {
  const parents = new Map(outline.units.map(({ id, parent }) => [id, parent]));
  const isWithin = (leaf: string, unit: string): boolean => {
    for (let at: string | null | undefined = leaf; at; at = parents.get(at)) if (at === unit) return true;
    return false;
  };
  return new Map(
    cellsOf(outline).map((cell) => [
      nameOf(cell),
      population
        .filter(
          (alike) =>
            isWithin(alike.leaf, cell.unit) &&
            ['', alike.stage].includes(cell.stage) &&
            ['', alike.grade].includes(cell.grade) &&
            ['', alike.gender].includes(cell.gender) &&
            (cell.attribute === '' || alike.values[cell.attribute] === cell.value),
        )
        .reduce((sum, { n }) => sum + n, 0),
    ]),
  );
};

const tables: TableName[] = [
  'UNITS_BY_STAGE',
  'GRADES_BY_GENDER',
  'STAGES_BY_BOARDER',
  'STAGES_BY_ETHNIC_GROUP',
];

type Publication = { told: Told[]; truth: Map<string, number> };

const published = (
  outline: Outline,
  counts: ReadonlyMap<string, number>,
  shown: (name: string) => Shown,
): Publication => {
  const truth = new Map<string, number>();
  const told = outline.units
    .filter(({ detail }) => detail === 'ALL')
    .flatMap((unit) =>
      tables.map((table): Told => {
        const lines = linesOf(outline, table, unit);
        return {
          ...{ table, scope: unit.id, dimensions: dimensionsOf(table) },
          rows: lines.map(({ keys, cell }) => {
            const row = {
              keys: keys.map(([dimension, value]) => ({ dimension, value })),
              ...shown(nameOf(cell)),
            };
            truth.set(quantityOf(unit.id, row.keys), counts.get(nameOf(cell)) ?? 0);
            return row;
          }),
        };
      }),
    );
  return { told, truth };
};

/** Counts under the threshold that an attacker bounds to less than a threshold's width, or knows to be under it. */
const recovered = async (
  { told, truth }: Publication,
  known?: ReadonlyMap<string, number>,
): Promise<string[]> => {
  const isSmall = (quantity: string) =>
    (truth.get(quantity) ?? threshold) < threshold && !known?.has(quantity);
  const bounds = await attack(told, isSmall, known);
  return bounds
    .filter(({ least, most }) => most - least < threshold - 1e-6 || most < threshold - 1e-6)
    .map(({ quantity }) => quantity);
};

const outline = outlineOf(2);

describe('all published tables of a month together', () => {
  test(breaks('STA-08', 'linear bounds recover no count under ten, whatever the population'), async () => {
    await fc.assert(
      fc.asyncProperty(populationIn(outline), async (population) => {
        const counts = countsOf(outline, population);
        const publication = published(outline, counts, await protect(outline, counts, threshold));
        expect(await recovered(publication)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('nor does somebody who knows every figure of all other provinces exactly', async () => {
    await fc.assert(
      fc.asyncProperty(populationIn(outline), async (population) => {
        const counts = countsOf(outline, population);
        const publication = published(outline, counts, await protect(outline, counts, threshold));
        const others = [...publication.truth].filter(([quantity]) => /^(12|rest of 12)/.test(quantity));
        const found = await recovered(publication, new Map(others));
        expect(found.filter((quantity) => /^(11|rest of 11)/.test(quantity))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  test(
    holds(
      'STA-08',
      'what is shown is true: exact, or rounded to the multiple that is named, and never under ten',
    ),
    async () => {
      await fc.assert(
        fc.asyncProperty(populationIn(outline), async (population) => {
          const counts = countsOf(outline, population);
          const shown = await protect(outline, counts, threshold);
          for (const [name, count] of counts) {
            const { count: told, roundedTo } = shown(name);
            if (told === null) continue;
            expect(count).toBeGreaterThanOrEqual(threshold);
            expect(Math.abs(told - count)).toBeLessThanOrEqual((roundedTo ?? 0) / 2);
            expect(told % (roundedTo ?? 1)).toBe(0);
          }
        }),
        { numRuns: 30 },
      );
    },
  );

  test('of a nation without small counts everything is shown as it is', async () => {
    const everybody = outline.units
      .filter(({ detail }) => detail === 'STAGES')
      .flatMap(({ id }) =>
        Object.keys(outline.vocabulary.grades).flatMap((stage) =>
          ['1', '2'].flatMap((grade) =>
            outline.vocabulary.genders.flatMap((gender) =>
              ['true', 'false'].flatMap((BOARDER) =>
                ['HAN', 'MINORITY', 'NOT_APPLICABLE'].map((ETHNIC_GROUP) => ({
                  ...{ leaf: id, stage, grade, gender, n: 10 },
                  values: { BOARDER, ETHNIC_GROUP },
                })),
              ),
            ),
          ),
        ),
      );
    const counts = countsOf(outline, everybody);
    const shown = await protect(outline, counts, threshold);
    for (const [name, count] of counts) expect(shown(name)).toEqual({ count, roundedTo: null });
  });

  test('one small count among large ones costs one neighbour and the last digits of larger figures, no totals', async () => {
    const wide = (n: number, over: Partial<Alike['values']> = {}) =>
      ['110100', '110200', `110000${OWN}`, '120100', '120200', `120000${OWN}`, `000000${OWN}`].flatMap(
        (leaf) =>
          Object.keys(outline.vocabulary.grades).flatMap((stage) =>
            ['1', '2'].flatMap((grade) =>
              outline.vocabulary.genders.flatMap((gender) =>
                ['HAN', 'MINORITY', 'NOT_APPLICABLE'].map((ETHNIC_GROUP) => ({
                  ...{ leaf, stage, grade, gender, n },
                  values: { BOARDER: 'false', ETHNIC_GROUP, ...over },
                })),
              ),
            ),
          ),
      );
    const population = [...wide(1_000), ...wide(400, { BOARDER: 'true' })].filter(
      ({ leaf, stage, values }) =>
        !(leaf.startsWith('11') && stage === 'JUNIOR' && values.BOARDER === 'true'),
    );
    population.push({
      ...{ leaf: '110100', stage: 'JUNIOR', grade: '1', gender: 'MALE', n: 3 },
      values: { BOARDER: 'true', ETHNIC_GROUP: 'HAN' },
    });
    const counts = countsOf(outline, population);
    const shown = await protect(outline, counts, threshold);
    const hidden = [...counts.keys()].filter((name) => shown(name).count === null);
    expect(hidden).toEqual(['110000|JUNIOR|||BOARDER|true']);
    const changed = [...counts.keys()].filter((name) => shown(name).roundedTo !== null);
    expect(changed.every((name) => name.includes('|BOARDER|'))).toBe(true);
    for (const name of changed) expect(shown(name).roundedTo).toBeLessThanOrEqual(200);
  });
});

describe('the attacker', () => {
  const population: Alike[] = ['110100', '110200', '120100', '120200'].flatMap((leaf) =>
    ['PRIMARY', 'JUNIOR'].flatMap((stage) =>
      ['1', '2'].flatMap((grade) =>
        ['MALE', 'FEMALE'].map((gender, at) => ({
          ...{ leaf, stage, grade, gender, n: 200 + 7 * at },
          values: { BOARDER: at === 0 ? 'true' : 'false', ETHNIC_GROUP: 'HAN' },
        })),
      ),
    ),
  );
  const weak = [...population, { ...(population[0] as Alike), leaf: `110000${OWN}`, n: 4 }];

  test('catches a publisher that hides the small counts and nothing else', async () => {
    const counts = countsOf(outline, weak);
    const publication = published(outline, counts, (name) => {
      const count = counts.get(name) ?? 0;
      return { count: count < threshold ? null : count, roundedTo: null };
    });
    expect(await recovered(publication)).toContain('rest of 110000|STAGE=PRIMARY');
  });

  test('catches one that rounds where it should, and shows one of its totals after all', async () => {
    const counts = countsOf(outline, weak);
    const shown = await protect(outline, counts, threshold);
    expect(await recovered(published(outline, counts, shown))).toEqual([]);
    const total = '110000|PRIMARY||||';
    const careless = published(outline, counts, (name) =>
      name === total ? { count: counts.get(name) ?? 0, roundedTo: null } : shown(name),
    );
    expect(await recovered(careless)).toContain('rest of 110000|STAGE=PRIMARY');
  });
});
