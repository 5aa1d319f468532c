import { Failure } from '#deploy/local/failure.ts';
import type { Bench } from './bench.ts';
import { atLeast, below } from './bench.ts';
import { parseBenchCommand } from './options.ts';

const bench = (name: string): Bench => ({ name, summary: `summary of ${name}`, run: async () => [] });
const benches = [bench('import'), bench('start')];

describe('npm run bench', () => {
  test('runs the named benchmarks in the order of the list, each once', () => {
    const { chosen, json, options } = parseBenchCommand(
      ['start', 'import', 'start', '--rows', '100'],
      benches,
    );
    expect(chosen.map(({ name }) => name)).toEqual(['import', 'start']);
    expect(json).toBe(false);
    expect(options).toEqual({ rows: 100, scale: undefined, seconds: undefined, processes: false });
  });

  test('runs all of them when asked for all', () => {
    expect(parseBenchCommand(['all', '--json'], benches).chosen).toHaveLength(2);
  });

  test.each([[[]], [['nothing']], [['import', '--rows', 'many']], [['import', '--colour']]])(
    'shows what there is for %j',
    (args) => {
      expect(() => parseBenchCommand(args, benches)).toThrow(Failure);
      expect(() => parseBenchCommand(args, benches)).toThrow('summary of start');
    },
  );
});

describe('a measure', () => {
  test('holds at its aim where it is to reach it, and not where it is to stay below', () => {
    expect(atLeast('rate', 500, '1/s', 500)).toMatchObject({ aim: '>= 500', holds: true });
    expect(atLeast('rate', 499.9, '1/s', 500).holds).toBe(false);
    expect(below('lag', 1000, 'ms', 1000)).toMatchObject({ aim: '< 1000', holds: false });
    expect(below('lag', 999, 'ms', 1000).holds).toBe(true);
    expect(below('lag', Number.NaN, 'ms', 1000).holds).toBe(false);
  });
});
