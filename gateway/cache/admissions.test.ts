import { actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { Admissions } from './admissions.ts';

const clerk = actorOf(Claims.parse({ sub: 'clerk', level: 'COUNTY', unit: '410503' }));
const other = actorOf(Claims.parse({ sub: 'other', level: 'COUNTY', unit: '410503' }));

const at = (now: number) => {
  const clock = { now };
  return { clock, admissions: new Admissions(() => clock.now) };
};

test('whom the services have answered is let in for a minute, and nobody else', () => {
  const { clock, admissions } = at(1_000);
  expect(admissions.has(clerk)).toBe(false);
  admissions.admit(clerk, 1_000);
  expect([admissions.has(clerk), admissions.has(other)]).toEqual([true, false]);
  clock.now += 59_999;
  expect(admissions.has(clerk)).toBe(true);
  clock.now += 1;
  expect(admissions.has(clerk)).toBe(false);
});

test('nobody at all has no account', () => {
  expect(at(0).admissions.has(null)).toBe(true);
});

test('whose account has changed is asked about anew, until every service has heard of it', () => {
  const { clock, admissions } = at(1_000);
  admissions.admit(clerk, 1_000);
  admissions.admit(other, 1_000);
  admissions.revoke('clerk');
  expect([admissions.has(clerk), admissions.has(other)]).toEqual([false, true]);
  clock.now += 9_999;
  admissions.admit(clerk, clock.now);
  expect(admissions.has(clerk)).toBe(false);
  clock.now += 1;
  admissions.admit(clerk, clock.now);
  expect(admissions.has(clerk)).toBe(true);
});

test('all are asked about anew where changes may have been missed', () => {
  const { admissions } = at(1_000);
  admissions.admit(clerk, 1_000);
  admissions.clear();
  expect(admissions.has(clerk)).toBe(false);
});
