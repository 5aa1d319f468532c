import { digestOf } from './sent-file.ts';

test('a file is announced by its SHA-256, in hexadecimal signs (the example of FIPS 180-2)', async () => {
  const { buffer } = new TextEncoder().encode('abc');
  expect(await digestOf(buffer)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
