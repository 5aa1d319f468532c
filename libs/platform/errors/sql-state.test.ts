import { isConnectionLost, isOverload, isTransient, sqlStateOf } from './sql-state.ts';

const withCode = (code: string, message = ''): Error => Object.assign(new Error(message), { code });
const within = (cause: unknown): Error => new Error('wrapped', { cause });

describe('failures of the database', () => {
  test.each([
    '40001',
    '40P01',
    '55P03',
    '0A000',
    '57P01',
    '08006',
    '53300',
    'ECONNRESET',
    'EPIPE',
    'ECONNREFUSED',
  ])('%s is worth another try, however deep it is wrapped', (code) => {
    expect(isTransient(withCode(code))).toBe(true);
    expect(isTransient(within(within(withCode(code))))).toBe(true);
  });

  test.each(['08P01', '23505', '22P02', '42P01', '57014', 'ENOENT'])('%s is not', (code) => {
    expect(isTransient(withCode(code))).toBe(false);
  });

  test('a system error with five capitals is no SQLSTATE', () => {
    expect(sqlStateOf(withCode('EPIPE'))).toBeUndefined();
    expect(sqlStateOf(withCode('XX000'))).toBe('XX000');
  });

  test('a text that only sounds like a lost connection is not one', () => {
    expect(isTransient(new SyntaxError('Unterminated string in JSON at position 3'))).toBe(false);
    expect(isTransient(new Error('the run ended early'))).toBe(false);
    expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  test('timeouts and full disks say nothing about the statement', () => {
    for (const code of ['57014', '25P04', '53100', '58030']) expect(isOverload(withCode(code))).toBe(true);
    expect(isOverload(withCode('23505'))).toBe(false);
  });
});
