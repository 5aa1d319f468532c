import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { type Bench, createBench, type Question } from './executors.ts';
import { kept } from './kept.ts';
import { operationOf, ownFieldsOf, plainOperationOf, variables, type Wish, wishes } from './operations.ts';
import { supergraphs } from './supergraphs.ts';

const isLong = process.env.TEST_SIZE === 'long';
const runs = (isLong ? 20_400 : 2_000) / Object.keys(supergraphs).length;
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20_260_901);

const worlds = fc.record({
  world: fc.record({ seed: fc.nat(1_000_000).map(String), failing: fc.constantFrom(0, 0, 3, 10) }),
  faults: fc.record({
    lies: fc.constantFrom(0, 0, 10, 40),
    dead: fc.constantFrom(0, 0, 20),
    broken: fc.constantFrom(0, 0, 0, 10),
  }),
});

describe.each(Object.entries(supergraphs))('over %s', (name, subgraphs) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await createBench(subgraphs);
  });

  const compare = async (question: Question): Promise<void> => {
    const { stock, compiled } = bench.graph.execute;
    const [expected, answered] = [await bench.ask(stock, question), await bench.ask(compiled, question)];
    expect({ ...question, seen: answered }).toEqual({ ...question, seen: expected });
  };

  test('the operations are valid', () => {
    fc.assert(
      fc.property(wishes, (list: readonly Wish[]) => {
        const text = operationOf(bench.schema, list);
        expect(validate(bench.schema, parse(text)).map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 200, seed },
    );
  });

  test('the compiled executor answers as the stock executor does, and asks the subgraphs the same', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, variables, worlds, async (list, given, world) => {
        await compare({ text: operationOf(bench.schema, list), variables: given, ...world });
      }),
      { numRuns: runs, seed, examples: kept[name] ?? [] },
    );
    expect(bench.left.count / runs).toBeLessThan(0.2);
  });

  test('answers that are passed on as one subgraph wrote them are those of the stock executor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...subgraphs),
        wishes,
        variables,
        worlds,
        async (one, list, given, world) => {
          const text = plainOperationOf(bench.schema, ownFieldsOf(one), list);
          await compare({ text, variables: given, ...world });
        },
      ),
      { numRuns: runs / 2, seed },
    );
    expect(bench.passed.count).toBeGreaterThan(runs / 100);
  });
});
