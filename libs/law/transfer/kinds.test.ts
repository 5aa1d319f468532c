import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type CaseKind, judgeCaseKind, type KindFacts, type KindSide, kindOf } from './kinds.ts';

const ON = '2026-09-07';
const side = (changes: Partial<KindSide> = {}): KindSide => ({
  province: '140000',
  stage: 'PRIMARY',
  vocational: false,
  ...changes,
});
const facts = (changes: Partial<KindFacts> = {}): KindFacts => ({
  status: 'IN_SCHOOL',
  source: side(),
  target: side(),
  ...changes,
});
const FAR = { province: '440000' };
const said = (chosen: CaseKind, changes: Partial<KindFacts>, place: LawPlace = SHANXI) =>
  judgeCaseKind({ ...facts(changes), chosen }, ON, place).map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('the kind of a case', () => {
  it('is made by the provinces, the stages and the status', () => {
    const senior = side({ stage: 'SENIOR' });
    const vocational = side({ stage: 'SENIOR', vocational: true });
    const cases: [Partial<KindFacts>, CaseKind | undefined][] = [
      [{}, 'IN_PROVINCE_TRANSFER'],
      [{ target: side(FAR) }, 'CROSS_PROVINCE_TRANSFER'],
      [{ target: side({ stage: 'JUNIOR' }) }, 'IN_PROVINCE_TRANSFER'],
      [{ source: senior, target: senior }, 'IN_PROVINCE_TRANSFER'],
      [{ source: senior, target: vocational }, 'ORDINARY_VOCATIONAL_TRANSFER'],
      [{ source: vocational, target: senior }, 'ORDINARY_VOCATIONAL_TRANSFER'],
      [{ source: vocational, target: vocational }, undefined],
      [{ source: side({ stage: 'JUNIOR' }), target: vocational }, undefined],
      [{ source: side({ stage: 'JUNIOR' }), target: senior }, undefined],
      [{ status: 'ABROAD', target: side(FAR) }, 'CROSS_PROVINCE_TRANSFER'],
      [{ status: 'GRADUATED', target: side({ ...FAR, stage: 'JUNIOR' }) }, 'CROSS_PROVINCE_STUDY'],
      [{ status: 'GRADUATED', target: side(FAR) }, 'CROSS_PROVINCE_STUDY'],
      [
        { status: 'GRADUATED', source: side({ stage: 'JUNIOR' }), target: { ...senior, ...FAR } },
        'CROSS_PROVINCE_STUDY',
      ],
      [
        { status: 'GRADUATED', source: side({ stage: 'JUNIOR' }), target: side({ ...FAR, stage: 'JUNIOR' }) },
        undefined,
      ],
      [{ status: 'GRADUATED', target: side({ ...FAR, stage: 'SENIOR' }) }, undefined],
      [{ status: 'GRADUATED', target: side({ stage: 'JUNIOR' }) }, undefined],
      [{ status: 'GRADUATED', source: senior, target: side({ ...FAR, stage: 'SENIOR' }) }, undefined],
      [
        { status: 'GRADUATED', source: side({ stage: 'JUNIOR' }), target: { ...vocational, ...FAR } },
        undefined,
      ],
      [{ status: 'GRADUATED', source: side({ stage: 'PRESCHOOL' }), target: side({ ...FAR }) }, undefined],
    ];
    for (const [changes, kind] of cases) {
      expect({ changes, kind: kindOf(facts(changes)) }).toEqual({ changes, kind });
    }
  });

  it(
    holds('TRF-35', 'a graduate whom another province takes goes by study, a pupil in school by transfer'),
    () => {
      const graduate: Partial<KindFacts> = { status: 'GRADUATED', target: side({ ...FAR, stage: 'JUNIOR' }) };
      expect(said('CROSS_PROVINCE_STUDY', graduate)).toEqual([]);
      expect(said('CROSS_PROVINCE_TRANSFER', { target: side(FAR) })).toEqual([]);
      expect(said('CROSS_PROVINCE_STUDY', { target: side({ ...FAR, stage: 'JUNIOR' }) })).toEqual([]);
    },
  );

  it(
    breaks('TRF-35', 'study and transfer are not taken for one another, and nothing leads past going on'),
    () => {
      const graduate: Partial<KindFacts> = { status: 'GRADUATED', target: side({ ...FAR, stage: 'JUNIOR' }) };
      expect(said('CROSS_PROVINCE_TRANSFER', graduate)).toEqual(['TRF-35 WRONG_CASE_KIND']);
      expect(said('CROSS_PROVINCE_STUDY', { target: side({ stage: 'JUNIOR' }) })).toEqual([
        'TRF-35 WRONG_CASE_KIND',
      ]);
      const [home] = judgeCaseKind(
        {
          ...facts({ status: 'GRADUATED', target: side({ stage: 'JUNIOR' }) }),
          chosen: 'IN_PROVINCE_TRANSFER',
        },
        ON,
        ELSEWHERE,
      );
      expect(home).toMatchObject({ ruleId: 'TRF-35', outcome: 'REJECT', code: 'WRONG_CASE_KIND' });
      expect(home?.remedy).toContain('升学');
      expect(said('IN_PROVINCE_TRANSFER', { target: side(FAR) }, SHANXI)).toEqual(['TRF-35 WRONG_CASE_KIND']);
    },
  );

  it(holds('TRF-47', 'a school of Beiguan that chose the function of the two provinces starts'), () => {
    const home = side({ province: '410000' });
    expect(said('IN_PROVINCE_TRANSFER', { source: home, target: home }, BEIGUAN)).toEqual([]);
    expect(said('CROSS_PROVINCE_TRANSFER', { target: home }, BEIGUAN)).toEqual([]);
  });

  it(
    breaks(
      'TRF-47',
      'one that chose the other function is told by its own measure, a senior school by the nation',
    ),
    () => {
      const home = side({ province: '410000' });
      expect(said('CROSS_PROVINCE_TRANSFER', { source: home, target: home }, BEIGUAN)).toEqual([
        'TRF-47 WRONG_CASE_KIND',
      ]);
      expect(said('IN_PROVINCE_TRANSFER', { target: home }, BEIGUAN)).toEqual(['TRF-47 WRONG_CASE_KIND']);
      const senior = { ...home, stage: 'SENIOR' as const };
      expect(said('CROSS_PROVINCE_TRANSFER', { source: senior, target: senior }, BEIGUAN)).toEqual([
        'TRF-35 WRONG_CASE_KIND',
      ]);
    },
  );

  it('is told by the nation in Beiguan too where study and transfer were taken for one another', () => {
    const home = side({ province: '410000', stage: 'JUNIOR' });
    const graduate: Partial<KindFacts> = { status: 'GRADUATED', target: home };
    expect(said('CROSS_PROVINCE_TRANSFER', graduate, BEIGUAN)).toEqual(['TRF-35 WRONG_CASE_KIND']);
    expect(said('CROSS_PROVINCE_STUDY', { source: home, target: home }, BEIGUAN)).toEqual([
      'TRF-35 WRONG_CASE_KIND',
    ]);
    const none = {
      source: side({ province: '410000', stage: 'JUNIOR' }),
      target: { ...home, stage: 'SENIOR' as const },
    };
    expect(said('IN_PROVINCE_TRANSFER', none, BEIGUAN)).toEqual(['TRF-35 WRONG_CASE_KIND']);
  });

  it('says what to do instead where no case leads there', () => {
    const remedy = (changes: Partial<KindFacts>) =>
      judgeCaseKind({ ...facts(changes), chosen: 'CROSS_PROVINCE_TRANSFER' }, ON, ELSEWHERE)[0]?.remedy;
    expect(remedy({ status: 'GRADUATED', target: side({ stage: 'JUNIOR' }) })).toContain('省内升学不办转学');
    expect(remedy({ status: 'GRADUATED', target: side({ ...FAR, stage: 'SENIOR' }) })).toContain(
      '核对升入学校的学段',
    );
    expect(remedy({ target: side({ ...FAR, stage: 'SENIOR' }) })).toContain('待学生毕业后');
  });

  it('is told before the notice of 2016 by the order of the hand-over alone', () => {
    const wrong = { ...facts({ target: side(FAR) }), chosen: 'IN_PROVINCE_TRANSFER' as const };
    expect(judgeCaseKind(wrong, '2016-06-05', ELSEWHERE)).toMatchObject([{ ruleId: 'TRF-02' }]);
    expect(judgeCaseKind(wrong, '2016-06-06', ELSEWHERE)).toMatchObject([{ ruleId: 'TRF-35' }]);
  });
});
