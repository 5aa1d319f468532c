import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSealing } from '../crypto/sealing.ts';
import { linkToken, openLink } from './links.ts';

const key = () => randomBytes(32).toString('base64');
const sealing = createSealing({ current: 'a', keys: { a: key() } }, key());
const id = '018f0000-0000-7000-8000-000000000001';
const bearer = { subject: 'someone', place: 12, expiresAt: '2026-03-02T09:15:00.000+08:00' };
const before = '2026-03-02T09:14:59.999+08:00';
const token = linkToken(sealing, 'upload', id, bearer);
const codeOf = (open: () => unknown): string => {
  try {
    open();
    return 'opened';
  } catch (error) {
    return (error as { problem: { code: string } }).problem.code;
  }
};

describe('a short-lived address', () => {
  it('is good until its time has come', () => {
    expect(openLink(sealing, 'upload', id, token, before)).toEqual(bearer);
    expect(codeOf(() => openLink(sealing, 'upload', id, token, bearer.expiresAt))).toBe('LINK_EXPIRED');
  });

  it('tells nobody whose it is', () => {
    expect(Buffer.from(token, 'base64url').includes(bearer.subject)).toBe(false);
  });

  it('is good for one thing only', () => {
    expect(codeOf(() => openLink(sealing, 'report', id, token, before))).toBe('LINK_INVALID');
    expect(codeOf(() => openLink(sealing, 'upload', id.replace('1', '2'), token, before))).toBe(
      'LINK_INVALID',
    );
  });

  it('cannot be made up or changed', () => {
    for (const made of [null, '', 'x', token.slice(0, 40)])
      expect(codeOf(() => openLink(sealing, 'upload', id, made, before))).toBe('LINK_INVALID');
    const bytes = Buffer.from(token, 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const attempt = () => openLink(sealing, 'upload', id, changed.toString('base64url'), before);
        expect(codeOf(attempt)).toBe('LINK_INVALID');
      }),
    );
  });
});
