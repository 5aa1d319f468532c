import { createRateKeys, networkOf } from './rate-keys.ts';

test('a key does not show the name, and differs by kind, system and secret', () => {
  const names = [createRateKeys('one', 'a'), createRateKeys('one', 'b'), createRateKeys('other', 'a')];
  const keys = names.flatMap((keyOf) => [keyOf('caller', 'somebody'), keyOf('unit', 'somebody')]);
  expect(new Set(keys).size).toBe(6);
  for (const key of keys) expect(key).toMatch(/^[\w-]{22}$/);
  expect(createRateKeys('one', 'a')('caller', 'somebody')).toBe(keys[0]);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:7::1', '2001:db8:0:7'],
  ['2001:0db8:0000:0007:ffff:ffff:ffff:ffff', '2001:db8:0:7'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
])('the address %s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
