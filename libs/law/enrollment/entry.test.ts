import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { completeForm, idNumberBornOn, lawfulRegistration } from '../testing/registration.ts';
import { batchDay, channelOf, judgeNationalCheck } from './channel.ts';
import { judgeUnenrolled } from './entry.ts';
import { judgeRegistration, type RegistrationFacts } from './registration.ts';

const ON = '2026-09-01';
const judge = (changes: Partial<RegistrationFacts> = {}, place: LawPlace = SHANXI) =>
  judgeRegistration(lawfulRegistration(changes), ON, place);
const bornOn = (birthDate: string): Partial<RegistrationFacts> => ({
  form: completeForm({ birthDate, idDocumentNumber: idNumberBornOn(birthDate) }),
});
const codes = (findings: ReturnType<typeof judge>) => findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('the age of entry', () => {
  it(holds('ENR-03', 'a child who is six on 31 August is admitted in Beiguan'), () => {
    expect(judge(bornOn('2020-08-30'), BEIGUAN)).toEqual([]);
    expect(judge(bornOn('2020-08-31'), BEIGUAN)).toEqual([]);
  });

  it(
    breaks('ENR-03', 'a child who turns six on 1 September is refused UNDER_SIX, and spring admits nobody'),
    () => {
      expect(judge(bornOn('2020-09-01'), BEIGUAN)).toMatchObject([
        { ruleId: 'ENR-03', outcome: 'REJECT', code: 'UNDER_SIX', path: ['form', 'birthDate'] },
      ]);
      expect(codes(judge({ season: 'SPRING' }, BEIGUAN))).toEqual(['ENR-03 ENTRY_SEASON_CLOSED']);
      expect(judge({ season: 'SPRING' }, SHANXI)).toEqual([]);
    },
  );

  it(holds('ENR-04', 'a child of six from another province is admitted as any other'), () => {
    expect(judge({ ...bornOn('2020-08-31'), householdProvince: '410000' }, ELSEWHERE)).toEqual([]);
  });

  it(
    breaks('ENR-04', 'a younger child from another province waits for the county, also where it is refused'),
    () => {
      const under = { ...bornOn('2020-09-01'), householdProvince: '500000' };
      expect(judge(under, ELSEWHERE)).toMatchObject([
        { ruleId: 'ENR-04', outcome: 'HOLD', code: 'UNDER_AGE_CROSS_PROVINCE', ownerLevel: 'COUNTY' },
      ]);
      expect(codes(judge(under, BEIGUAN))).toEqual(['ENR-03 UNDER_SIX', 'ENR-04 UNDER_AGE_CROSS_PROVINCE']);
    },
  );

  it(holds('ENR-01', 'a child of six enters, and one registered or deferred is no clue'), () => {
    expect(judge(bornOn('2020-08-31'), SHANXI)).toEqual([]);
    const child = { birthDate: '2020-08-31', schoolYear: 2026 };
    expect(judgeUnenrolled({ ...child, registered: true, deferred: false }, ON, SHANXI)).toEqual([]);
    expect(judgeUnenrolled({ ...child, registered: false, deferred: true }, ON, SHANXI)).toEqual([]);
    expect(
      judgeUnenrolled(
        { birthDate: '2020-09-01', schoolYear: 2026, registered: false, deferred: false },
        ON,
        SHANXI,
      ),
    ).toEqual([]);
  });

  it(
    breaks('ENR-01', 'a younger one waits for the county in Shanxi; one of age without a school is a clue'),
    () => {
      expect(judge(bornOn('2020-09-01'), SHANXI)).toMatchObject([
        { ruleId: 'ENR-01', outcome: 'HOLD', code: 'UNDER_SIX' },
      ]);
      expect(
        judgeUnenrolled(
          { birthDate: '2020-08-31', schoolYear: 2026, registered: false, deferred: false },
          ON,
          SHANXI,
        ),
      ).toMatchObject([{ ruleId: 'ENR-01', outcome: 'RECORD', code: 'CHILD_OF_AGE_NOT_ENROLLED' }]);
    },
  );

  it('is a matter of the own county when the household lies in the same province', () => {
    expect(codes(judge({ ...bornOn('2020-09-01'), householdProvince: '440000' }, ELSEWHERE))).toEqual([
      'ENR-01 UNDER_SIX',
    ]);
  });

  it('is asked of the first grade of primary school alone', () => {
    expect(judge({ ...bornOn('2021-05-06'), stage: 'SENIOR', channel: 'OVERSEAS' }, BEIGUAN)).toEqual([]);
    expect(judge({ season: 'SPRING', stage: 'JUNIOR', channel: 'OVERSEAS' }, BEIGUAN)).toHaveLength(1);
  });
});

describe('the way in', () => {
  it(holds('ENR-09', 'a record begins by the preschool link or in primary grade one'), () => {
    expect(judge({ channel: 'PRESCHOOL_LINK' })).toEqual([]);
    expect(judge({ channel: 'PRIMARY_GRADE_ONE' })).toEqual([]);
  });

  it(breaks('ENR-09', 'a pupil of another grade waits for the monthly list'), () => {
    for (const place of [{ grade: 2 }, { stage: 'JUNIOR' as const }]) {
      expect(judge(place)).toMatchObject([
        { ruleId: 'ENR-09', outcome: 'REJECT', code: 'NON_GRADE_ONE_BATCH_REQUIRED' },
      ]);
    }
  });

  it(holds('ENR-10', 'a pupil who passed the national check is registered'), () => {
    expect(judge({ grade: 3, channel: 'NON_GRADE_ONE_BATCH', nationalCheck: 'PASSED' })).toEqual([]);
  });

  it(breaks('ENR-10', 'one who failed is transferred, one without an answer waits'), () => {
    const outcomes = (['FAILED', 'PENDING', undefined] as const).map((nationalCheck) =>
      judge({ grade: 3, channel: 'NON_GRADE_ONE_BATCH', ...(nationalCheck && { nationalCheck }) }).map(
        ({ outcome, code }) => `${outcome} ${code}`,
      ),
    );
    expect(outcomes).toEqual([
      ['REJECT NATIONAL_DUPLICATE_CHECK_FAILED'],
      ['HOLD NATIONAL_DUPLICATE_CHECK_PENDING'],
      ['HOLD NATIONAL_DUPLICATE_CHECK_PENDING'],
    ]);
  });

  it(breaks('ENR-10', 'one with a record at the listing school itself is not sent away from it'), () => {
    const [here] = judgeNationalCheck({ nationalCheck: 'FAILED', recordHere: true }, ON, SHANXI);
    expect(here).toMatchObject({ ruleId: 'ENR-10', code: 'NATIONAL_DUPLICATE_CHECK_FAILED' });
    expect(here?.remedy).toContain('无须转学');
    const [elsewhere] = judgeNationalCheck({ nationalCheck: 'FAILED' }, ON, SHANXI);
    expect(elsewhere?.remedy).toContain('转学转接');
  });

  it(
    holds('ENR-17', 'the pupils from abroad whom the texts name are registered by the school, in any grade'),
    () => {
      for (const category of ['HONG_KONG', 'MACAO', 'TAIWAN', 'FOREIGN', 'FOREIGN_CHILD_OF_RESIDENT']) {
        expect(channelOf(category)).toBe('OVERSEAS');
        expect(judge({ channel: channelOf(category), grade: 3 })).toEqual([]);
      }
    },
  );

  it.each(['NONE', 'OVERSEAS_CHINESE', ''])(
    breaks('ENR-10', 'no other category of origin (%s) is a way round the monthly list'),
    (category) => {
      expect(codes(judge({ channel: channelOf(category), grade: 3 }))).toEqual([
        'ENR-09 NON_GRADE_ONE_BATCH_REQUIRED',
      ]);
    },
  );

  it('hands the list in on the last day of the month', () => {
    expect(batchDay('2026-02-01')).toBe('2026-02-28');
    expect(batchDay('2028-02-29')).toBe('2028-02-29');
    expect(batchDay('2026-12-31')).toBe('2026-12-31');
  });
});
