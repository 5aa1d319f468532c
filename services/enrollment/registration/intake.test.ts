import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { idNumberBornOn } from '#libs/law/testing/registration.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { CollectedForm } from './collected-form.ts';
import { gradePlaceOf, type HandedIn, judgeIntake } from './intake.ts';

const nineYears: SchoolFact = {
  code: '2114000001',
  name: '样例学校',
  kind: 'JUNIOR',
  stages: [
    { stage: 'PRIMARY', firstYear: 1, lastYear: 5 },
    { stage: 'JUNIOR', firstYear: 6, lastYear: 9 },
  ],
  system: 'S54',
  ownership: 'PUBLIC',
  state: 'ACTIVE',
  authority: '440106',
  province: '440000',
  city: '440100',
  county: '440106',
  place: 1,
};

const formOf = (changes: Record<string, unknown> = {}): CollectedForm =>
  CollectedForm.parse({
    name: '样例',
    gender: 'FEMALE',
    nationalityOrRegion: '156',
    overseasCategory: 'NONE',
    ethnicGroup: '01',
    idDocumentType: 'RESIDENT_ID',
    idDocumentNumber: idNumberBornOn('2020-05-06'),
    birthDate: '2020-05-06',
    gradeName: '一年级',
    guardians: [],
    ...changes,
  });

const handedIn = (changes: Partial<HandedIn> = {}): HandedIn => ({
  form: formOf(),
  school: nineYears,
  channel: 'PRIMARY_GRADE_ONE',
  now: '2026-09-02T09:00:00+08:00',
  today: '2026-09-02',
  promotions: [],
  ...changes,
});

const codes = (changes: Partial<HandedIn>): string[] =>
  judgeIntake(handedIn(changes)).findings.map(({ code }) => code);

describe('where a grade lies in a school', () => {
  test.each([
    ['一年级', { stage: 'PRIMARY', grade: 1, lastGrade: 5 }],
    ['五年级', { stage: 'PRIMARY', grade: 5, lastGrade: 5 }],
    ['六年级', { stage: 'JUNIOR', grade: 1, lastGrade: 4 }],
    ['九年级', { stage: 'JUNIOR', grade: 4, lastGrade: 4 }],
  ])('%s of a school of five and four years', (name, place) => {
    expect(gradePlaceOf(nineYears, name)).toEqual(place);
  });

  test('a grade beyond it, or no grade at all, lies nowhere', () => {
    for (const name of ['高一', '十三年级', '', '大班'])
      expect(gradePlaceOf(nineYears, name)).toBeUndefined();
  });
});

describe('an intake', () => {
  test(holds('ENR-09', 'of grade one goes to the authority with the cohort that runs'), () => {
    const { facts, findings } = judgeIntake(handedIn());
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ stage: 'PRIMARY', entryYearAdj: 2026, lastGrade: 5, held: [] });
  });

  test('of the weeks before promotion belongs to the school year that runs, unless it says the coming one', () => {
    const summer = { now: '2026-08-10T23:59:59+08:00', today: '2026-08-10' };
    expect(judgeIntake(handedIn({ ...summer, entryYear: 2026 })).facts?.entryYearAdj).toBe(2026);
    const form = formOf({ birthDate: '2019-05-06', idDocumentNumber: idNumberBornOn('2019-05-06') });
    expect(judgeIntake(handedIn({ ...summer, form })).facts?.entryYearAdj).toBe(2025);
  });

  test(
    breaks('ENR-09', 'of another grade, by its name or by its entry year, goes on the monthly list'),
    () => {
      expect(codes({ form: formOf({ gradeName: '二年级' }) })).toEqual(['NON_GRADE_ONE_BATCH_REQUIRED']);
      expect(
        codes({
          entryYear: 2025,
          form: formOf({ birthDate: '2019-05-06', idDocumentNumber: idNumberBornOn('2019-05-06') }),
        }),
      ).toEqual(['NON_GRADE_ONE_BATCH_REQUIRED']);
    },
  );

  test(breaks('ENR-01', 'for a year to come is refused, whatever the age would be by then'), () => {
    expect(codes({ entryYear: 2027 })).toEqual(['ENTRY_YEAR_TO_COME']);
    expect(codes({ entryYear: 2027, now: '2027-01-01T00:00:00+08:00', today: '2027-01-01' })).toEqual([]);
  });

  test(breaks('ENR-01', 'of a younger child goes along with what holds it'), () => {
    const { facts } = judgeIntake(
      handedIn({ form: formOf({ birthDate: '2020-09-01', idDocumentNumber: idNumberBornOn('2020-09-01') }) }),
    );
    expect(facts?.held.map(({ ruleId, code }) => [ruleId, code])).toEqual([['ENR-01', 'UNDER_SIX']]);
  });

  test('holds nothing by which the child could be known', () => {
    const { facts } = judgeIntake(handedIn());
    const kept = JSON.stringify(facts);
    for (const secret of ['样例', '2020-05-06', idNumberBornOn('2020-05-06')])
      expect(kept).not.toContain(secret);
  });
});
