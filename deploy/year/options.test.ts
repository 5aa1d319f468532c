import { Failure, Help } from '#deploy/local/failure.ts';
import { monthsOfYear } from './days.ts';
import { parseYearCommand } from './options.ts';

test('by default Shanxi, 20,000 pupils and the whole year are lived', () => {
  expect(parseYearCommand([])).toEqual({
    province: '14',
    students: 20_000,
    seed: 7,
    months: monthsOfYear().length,
    json: false,
  });
});

test('every argument is taken as given', () => {
  const args = ['--province', '41', '--students', '150', '--seed', '3', '--months', '2', '--json'];
  expect(parseYearCommand(args)).toEqual({ province: '41', students: 150, seed: 3, months: 2, json: true });
});

test.each([
  ['--students', '149'],
  ['--students', 'many'],
  ['--months', '0'],
  ['--months', '14'],
  ['--seed', '-1'],
  ['--province', 'SX'],
  ['--weeks', '3'],
])('%s %s is refused with the usage', (name, value) => {
  expect(() => parseYearCommand([name, value])).toThrow(Failure);
});

test('help is told', () => {
  expect(() => parseYearCommand(['--help'])).toThrow(Help);
});
