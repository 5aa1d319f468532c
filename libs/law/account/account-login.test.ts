import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { accountSealsAt, judgeLogin, passwordExpiresAt } from './account-login.ts';

const at = (text: string) => new Date(`${text}+08:00`);
const judge = (lastUsed: string, changed: string, now: string, place: LawPlace = SHANXI) =>
  judgeLogin({ lastUsedAt: at(lastUsed), passwordChangedAt: at(changed) }, at(now), place);

describe('a login', () => {
  it(
    holds('ACC-12', 'a password serves until 24:00 of its ninetieth day in Shanxi, elsewhere for ever'),
    () => {
      expect(judge('2026-08-01T08:00:00', '2026-05-31T08:00:00', '2026-08-29T23:59:59.999')).toEqual([]);
      for (const place of [BEIGUAN, ELSEWHERE]) {
        expect(judge('2026-08-01T08:00:00', '2020-01-01T08:00:00', '2026-08-30T00:00:00', place)).toEqual([]);
      }
      expect(passwordExpiresAt(at('2026-01-01T00:00:00'), at('2026-02-09T12:00:00'), SHANXI)).toBeUndefined();
    },
  );

  it(breaks('ACC-12', 'after that it is changed first'), () => {
    expect(judge('2026-08-01T08:00:00', '2026-05-31T08:00:00', '2026-08-30T00:00:00')).toMatchObject([
      { ruleId: 'ACC-12', outcome: 'REJECT', code: 'PASSWORD_EXPIRED' },
    ]);
  });

  it(holds('ACC-13', 'an account is open on the last day before half a year is full'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judge('2026-03-05T20:00:00', '2026-08-01T00:00:00', '2026-09-04T23:59:59.999', place)).toEqual(
        [],
      );
    }
  });

  it(breaks('ACC-13', 'from the day on which half a year is full it is sealed'), () => {
    expect(judge('2026-03-05T20:00:00', '2026-08-01T00:00:00', '2026-09-05T00:00:00')).toMatchObject([
      { ruleId: 'ACC-13', outcome: 'REJECT', code: 'ACCOUNT_SEALED' },
    ]);
    expect(accountSealsAt(at('2026-08-31T23:59:59'), at('2026-09-01T00:00:00'), SHANXI)).toEqual(
      at('2027-02-28T00:00:00'),
    );
  });

  it('to an account sealed elsewhere is refused by default of the system', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judge('2026-03-05T20:00:00', '2026-08-01T00:00:00', '2026-09-05T00:00:00', place)).toMatchObject(
        [{ ruleId: 'ORG-27', code: 'ACCOUNT_SEALED', basis: [{ layer: 'OURS' }] }],
      );
    }
  });

  it('is told both at once', () => {
    expect(judge('2026-03-01T08:00:00', '2026-03-01T08:00:00', '2026-10-01T00:00:00')).toHaveLength(2);
  });
});
