import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { LawPlace } from '../finding.ts';
import type { Term } from '../organization/term-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { accountUseFigures, judgeAccountUse } from './account-use.ts';
import { calendarWeekOf, judgeWeeklyLogin, type WeeklyLoginFacts } from './weekly-login.ts';

const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();
const TERMS: Term[] = [{ schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-01', closesOn: '2027-01-22' }];
const judge = (
  changes: Partial<WeeklyLoginFacts>,
  place: LawPlace = ELSEWHERE,
  week = '2026-09-09',
  on = '2026-09-14',
) =>
  judgeWeeklyLogin(
    {
      level: 'SCHOOL',
      role: 'REGISTRAR',
      activeFrom: '2026-09-07',
      loggedInOn: [],
      terms: TERMS,
      ...changes,
    },
    week,
    on,
    place,
    calendar,
  );

describe('the weekly login', () => {
  it('is asked of weeks from Monday to Sunday', () => {
    expect(calendarWeekOf('2026-09-07')).toEqual({ from: '2026-09-07', to: '2026-09-13' });
    expect(calendarWeekOf('2026-09-13')).toEqual({ from: '2026-09-07', to: '2026-09-13' });
  });

  it(
    holds('ACC-10', 'one login on any day of the week is enough, and nothing is said before it is over'),
    () => {
      for (const place of PLACES) {
        for (const day of ['2026-09-07', '2026-09-13'])
          expect(judge({ loggedInOn: [day] }, place)).toEqual([]);
        expect(judge({}, place, '2026-09-09', '2026-09-13')).toEqual([]);
      }
    },
  );

  it(
    breaks('ACC-10', 'a week without one is on record for registrars and heads of schools and counties'),
    () => {
      for (const place of PLACES) {
        for (const level of ['SCHOOL', 'COUNTY'] as const) {
          for (const role of ['REGISTRAR', 'DECISION_MAKER'] as const) {
            const loggedInOn = ['2026-09-06', '2026-09-14'];
            expect(judge({ level, role, loggedInOn }, place)).toMatchObject([
              { ruleId: 'ACC-10', outcome: 'RECORD', code: 'WEEKLY_LOGIN_MISSING', ownerLevel: level },
            ]);
          }
        }
      }
    },
  );

  it('exempts vacations, new accounts, other roles and other levels', () => {
    expect(judge({ activeFrom: '2026-01-01' }, ELSEWHERE, '2026-08-26', '2026-08-31')).toEqual([]);
    expect(judge({ activeFrom: '2026-01-01' }, ELSEWHERE, '2026-08-31', '2026-09-07')).toHaveLength(1);
    expect(judge({}, ELSEWHERE, '2027-01-27', '2027-03-01')).toEqual([]);
    expect(judge({ activeFrom: '2026-09-08' })).toEqual([]);
    expect(judge({ role: 'PRINCIPAL' })).toEqual([]);
    expect(judge({ level: 'CITY' })).toEqual([]);
    expect(judge({ terms: [] })).toEqual([]);
    const opensOnSaturday: Term[] = [
      { schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-12', closesOn: '2027-01-22' },
    ];
    expect(judge({ terms: opensOnSaturday })).toEqual([]);
    expect(judge({ terms: opensOnSaturday }, ELSEWHERE, '2026-09-14', '2026-09-21')).toHaveLength(1);
  });

  it('was asked of nobody before the notice of 2016', () => {
    const terms: Term[] = [
      { schoolYear: 2015, season: 'SPRING', opensOn: '2016-02-22', closesOn: '2016-07-08' },
    ];
    const early = { activeFrom: '2014-01-01', terms };
    expect(judge(early, ELSEWHERE, '2016-05-30', '2016-06-06')).toEqual([]);
    expect(judge(early, ELSEWHERE, '2016-06-06', '2016-06-13')).toHaveLength(1);
  });
});

describe('the use of accounts in a month', () => {
  const used = { loginDays: 3, weeksDue: 4, weeksMissed: 0, sealed: false };

  it(holds('ACC-11', 'is added up for each place, and good use is no finding'), () => {
    const figures = accountUseFigures([used, { ...used, loginDays: 9 }]);
    expect(figures).toEqual({ accounts: 2, used: 2, unused: 0, sealed: 0, weeksDue: 8, weeksMissed: 0 });
    for (const place of PLACES) expect(judgeAccountUse(figures, '2026-10-09', place)).toEqual([]);
    const sealed = accountUseFigures([{ loginDays: 0, weeksDue: 0, weeksMissed: 0, sealed: true }]);
    expect(sealed).toMatchObject({ accounts: 1, used: 0, unused: 0, sealed: 1 });
    expect(judgeAccountUse(sealed, '2026-10-09', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ACC-11', 'unused accounts and missed weeks are in the report'), () => {
    for (const place of PLACES) {
      for (const account of [
        { ...used, weeksMissed: 1 },
        { ...used, loginDays: 0 },
      ]) {
        expect(judgeAccountUse(accountUseFigures([used, account]), '2026-10-09', place)).toMatchObject([
          { ruleId: 'ACC-11', outcome: 'RECORD' },
        ]);
      }
    }
  });
});
