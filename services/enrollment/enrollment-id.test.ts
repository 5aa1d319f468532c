import { v7 as uuidv7 } from 'uuid';
import { enrollmentIdOf, readEnrollmentId } from './enrollment-id.ts';

describe('the id of a registration', () => {
  const key = { person: uuidv7(), enrollment: uuidv7() };

  test('reads back as it was handed out', () => {
    expect(readEnrollmentId(enrollmentIdOf(key))).toEqual(key);
  });

  test.each([
    ['nothing', ''],
    ['a person alone', key.person],
    ['a person and a dot', `${key.person}.`],
    ['three parts', `${key.person}.${key.enrollment}.${key.person}`],
    ['capitals', enrollmentIdOf(key).toUpperCase()],
    ['a line after it', `${enrollmentIdOf(key)}\n`],
    ['a quote', `${key.person}.${key.enrollment.slice(0, -1)}'`],
  ])('%s is answered as if it lay elsewhere', (_, text) => {
    expect(() => readEnrollmentId(text)).toThrow(expect.objectContaining({ code: 'OUT_OF_JURISDICTION' }));
  });
});
