import fc from 'fast-check';
import { serverAddress, whyNot } from '#deploy/local/addresses.ts';
import { Failure } from '#deploy/local/failure.ts';

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return '';
};

test.each([
  ['postgres', 'postgresql://user:secret@db.example:5432/xueji'],
  ['postgres', 'postgres://db.example'],
  ['nats', 'nats://user:secret@127.0.0.1:4222'],
  ['nats', 'tls://nats.example'],
] as const)('a %s address like %s is taken', (server, text) => {
  expect(serverAddress(server, 'URL', text).href).toContain(new URL(text).host);
});

test.each([
  ['postgres', 'hello'],
  ['postgres', 'http://db.example'],
  ['postgres', 'postgresql:///xueji'],
  ['postgres', 'postgresql://user:pa ss/word@db.example'],
  ['nats', 'hello'],
  ['nats', 'localhost:4222'],
] as const)('as a %s address %s is refused with what one looks like', (server, text) => {
  const message = messageOf(() => serverAddress(server, 'THE_URL', text));
  expect(message).toMatch(/^THE_URL is no address of a server: it looks like \w+:\/\/user:password@host/);
});

test('whatever is refused is never repeated: it may hold a password', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{12}$/), (password) => {
      for (const text of [password, `postgresql:/u:${password}@h/`, `mysql://u:${password}@h/`])
        expect(messageOf(() => serverAddress('postgres', 'URL', text))).not.toContain(password);
    }),
  );
});

test('a failure of several attempts is told by the first of them', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
  expect(whyNot(new AggregateError([refused, new Error('other')]))).toBe('connect ECONNREFUSED ::1:5432');
  expect(whyNot(Object.assign(new Error(''), { code: 'ETIMEDOUT' }))).toBe('ETIMEDOUT');
});
