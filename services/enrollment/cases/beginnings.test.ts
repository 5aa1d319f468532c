import type { Actor } from '#libs/platform/actor/actor.ts';
import { beginningsOf } from './beginnings.ts';

const registrar = {
  level: 'SCHOOL',
  roles: new Set(['REGISTRAR']),
  scopes: new Set(['student:read', 'student:write']),
  school: '2114010001',
} as unknown as Actor;
const pupil = { school: '2114010001', status: 'IN_SCHOOL', stage: 'PRIMARY' } as const;

test('nobody but a registrar of the pupil’s own school begins a change', () => {
  expect(beginningsOf({ ...pupil, school: '2114010002' }, registrar)).toEqual([]);
  expect(beginningsOf(pupil, { ...registrar, roles: new Set(['DECISION_MAKER']) })).toEqual([]);
  expect(beginningsOf(pupil, registrar)).not.toEqual([]);
});

test('withdrawal and expulsion exist in the senior stage alone (W-02)', () => {
  const ends = ['BEGIN_WITHDRAWAL', 'BEGIN_EXPULSION'];
  expect(beginningsOf(pupil, registrar)).not.toEqual(expect.arrayContaining([ends[0]]));
  expect(beginningsOf({ ...pupil, stage: 'SENIOR' }, registrar)).toEqual(expect.arrayContaining(ends));
});

test.each([
  ['SUSPENDED', ['BEGIN_SUSPENSION', 'BEGIN_RESUMPTION', 'BEGIN_DEATH']],
  ['ABROAD', ['BEGIN_RETURN', 'BEGIN_DEATH']],
  ['LEFT_OTHER', ['BEGIN_DEATH', 'BEGIN_COME_BACK']],
  ['CANCELLED', []],
] as const)('a registration that is %s can be asked for its own changes alone', (status, offered) =>
  expect(beginningsOf({ ...pupil, status }, registrar).toSorted()).toEqual([...offered].toSorted()),
);

test('a child at kindergarten neither changes grade nor is suspended (PRE-01)', () => {
  expect(beginningsOf({ ...pupil, stage: 'PRESCHOOL' }, registrar)).toEqual(['BEGIN_DEATH']);
});
