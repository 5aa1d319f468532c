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
  entryYear: 2026,
  now: '2026-09-02T09:00:00+08:00',
  today: '2026-09-02',
  promotions: [],
  regions: { knows: () => true },
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

  test('of the weeks before promotion belongs to the school year that it says, the running or the coming one', () => {
    const summer = { now: '2026-08-10T23:59:59+08:00', today: '2026-08-10' };
    expect(judgeIntake(handedIn({ ...summer, entryYear: 2026 })).facts?.entryYearAdj).toBe(2026);
    const form = formOf({ birthDate: '2019-05-06', idDocumentNumber: idNumberBornOn('2019-05-06') });
    expect(judgeIntake(handedIn({ ...summer, form, entryYear: 2025 })).facts?.entryYearAdj).toBe(2025);
  });

  describe('in Beiguan, of a child who is six in the coming autumn only,', () => {
    const beiguan = {
      ...nineYears,
      province: '410000',
      city: '410500',
      county: '410503',
      authority: '410503',
    };
    const form = formOf({ birthDate: '2021-08-31', idDocumentNumber: idNumberBornOn('2021-08-31') });
    /** Beside the word that the text of Henan is not at hand, which every form gets. */
    const on = (today: string, entryYear = 2027) =>
      codes({ school: beiguan, form, entryYear, now: `${today}T09:00:00+08:00`, today }).filter(
        (code) => code !== 'LAYER_TEXT_UNKNOWN',
      );

    test.each(['2027-01-01', '2027-01-04', '2027-03-01', '2027-06-30'])(
      breaks('ENR-03', 'is not taken on %s by naming that autumn'),
      (today) => {
        expect(on(today)).toContain('ENTRY_YEAR_TO_COME');
        expect(on(today, 2026)).toContain('UNDER_SIX');
      },
    );

    test.each(['2027-07-01', '2027-08-10', '2027-08-11'])(
      holds('ENR-03', 'is taken on %s for that autumn'),
      (today) => expect(on(today)).toEqual([]),
    );

    test(breaks('ENR-03', 'is not taken into the school year that ends, up to its last day'), () => {
      for (const today of ['2027-02-01', '2027-07-31', '2027-08-10'])
        expect(on(today, 2026)).toEqual(['ENTRY_SEASON_CLOSED', 'UNDER_SIX']);
      expect(on('2027-01-31', 2026)).toEqual(['UNDER_SIX']);
    });
  });

  test.each(['北京市海淀区样例路1号', '北京海淀区样例路1号', '(110108)样例路1号'])(
    breaks('ENR-04', 'of a younger child is held for the household in another province at %s'),
    (householdAddress) => {
      const form = { birthDate: '2020-09-01', idDocumentNumber: idNumberBornOn('2020-09-01') };
      expect(codes({ form: formOf({ ...form, householdAddress }) })).toEqual(['UNDER_AGE_CROSS_PROVINCE']);
    },
  );

  test(breaks('ID-18', 'in a grade that the school does not have is refused'), () => {
    const { facts, findings } = judgeIntake(handedIn({ form: formOf({ gradeName: '高一' }) }));
    expect(facts).toBeNull();
    expect(findings).toMatchObject([{ ruleId: 'ID-18', code: 'GRADE_NOT_IN_SCHOOL' }]);
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

  test(breaks('ENR-05', 'for a year to come is refused, whatever the age would be by then'), () => {
    expect(codes({ entryYear: 2027 })).toEqual(['ENTRY_YEAR_TO_COME']);
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
