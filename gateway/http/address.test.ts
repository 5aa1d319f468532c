import type { IncomingMessage } from 'node:http';
import { addressOf } from './address.ts';

const request = (remoteAddress: string | undefined, forwarded?: string | string[]): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the address of a caller', () => {
  test('is that of the connection, whatever a header says', () => {
    expect(addressOf(request('10.0.0.1', '192.0.2.7'), 0)).toBe('10.0.0.1');
    expect(addressOf(request('10.0.0.1'), 0)).toBe('10.0.0.1');
  });

  test('is what the outermost trusted proxy saw, and never what the caller wrote before it', () => {
    expect(addressOf(request('10.0.0.1', '203.0.113.9, 192.0.2.7'), 1)).toBe('192.0.2.7');
    expect(addressOf(request('10.0.0.1', '203.0.113.9, 192.0.2.7, 10.0.0.2'), 2)).toBe('192.0.2.7');
    expect(addressOf(request('10.0.0.1', ['203.0.113.9', '2001:db8::7']), 1)).toBe('2001:db8::7');
  });

  test('is that of the connection where the header is missing or holds no address', () => {
    expect(addressOf(request('10.0.0.1'), 1)).toBe('10.0.0.1');
    expect(addressOf(request('10.0.0.1', 'nonsense'), 1)).toBe('10.0.0.1');
    expect(addressOf(request(undefined), 1)).toBe('unknown');
  });
});
