import type { UnitFact } from '#libs/contracts/events/organization.ts';
import { type Actor, actorOf } from './actor.ts';
import type { Claims } from './claims.ts';
import { withOwnUnit } from './own-unit.ts';

const province = { code: '140000', level: 'PROVINCE' } as UnitFact;

const seenAs = async (level: Actor['level'], unit: string): Promise<string | undefined> => {
  const claims = { sub: 's', name: 'n', level, unit, roles: [], scope: '' };
  const tokens = { actorFrom: async () => actorOf(claims as unknown as Claims) };
  const directory = { unit: async (code: string) => (code === province.code ? province : undefined) };
  return (await withOwnUnit(tokens, directory).actorFrom(undefined))?.unit;
};

test('who names a unit of the own level acts for it', async () => {
  expect(await seenAs('PROVINCE', '140000')).toBe('140000');
});

test.each(['COUNTY', 'CITY', 'MINISTRY'] as const)(
  'a %s clerk who names a province acts for nobody',
  async (level) => {
    expect(await seenAs(level, '140000')).toBeUndefined();
  },
);

test('who works at no authority, or names a unit that is not known, is left as the token says', async () => {
  expect(await seenAs('NONE', '140000')).toBe('140000');
  expect(await seenAs('COUNTY', '999999')).toBe('999999');
});
