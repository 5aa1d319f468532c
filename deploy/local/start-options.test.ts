import fc from 'fast-check';
import { Failure } from '#deploy/local/failure.ts';
import { parseStartOptions } from '#deploy/local/start-options.ts';

test('without arguments the demo nation has 20,000 pupils behind port 4000, in one process', () => {
  expect(parseStartOptions([])).toEqual({ fresh: false, scale: 20_000, processes: false, port: 4000 });
});

test('every argument is taken', () => {
  const args = ['--fresh', '--scale', '500', '--processes', '--port=4100'];
  expect(parseStartOptions(args)).toEqual({ fresh: true, scale: 500, processes: true, port: 4100 });
});

test('every port from 1 to 65535 is taken and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 70_000 }), (port) => {
      const parse = () => parseStartOptions([`--port=${port}`]);
      if (port >= 1 && port <= 65_535) expect(parse().port).toBe(port);
      else expect(parse).toThrow(Failure);
    }),
  );
});

test.each([['--sclae', '3'], ['--scale', 'many'], ['--scale=1e3'], ['--port='], ['extra']])(
  'what is not understood (%s) is answered with the usage',
  (...args) => {
    expect(() => parseStartOptions(args)).toThrow(/npm start -- /);
  },
);
