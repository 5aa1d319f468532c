import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { seniorDeskOf, taiyuan } from './senior-desk.ts';
import { codes, type Pupil, type TransferDesk, transferDeskOf, xiaodian } from './transfer-desk.ts';

type Staffed = Awaited<ReturnType<ReturnType<typeof seniorDeskOf>['staffed']>>;

const major = { name: '数控技术应用', years: 3 };
const met = { ground: 'OTHER', proofChecked: true, meetsLocalRequirements: true, conditionsMet: true };

/** Between ordinary senior and vocational schools (002 A22); tests follow one another in time. */
describe('between a senior and a vocational school', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let senior: ReturnType<typeof seniorDeskOf>;
  let ordinary: Staffed;
  let vocational: Staffed;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    senior = seniorDeskOf(desk);
    ordinary = await senior.staffed('小店区明理高级中学');
    vocational = await senior.staffed('太原市工匠职业学校');
  });
  afterAll(() => registry?.stop());

  const wanted = (grade: number, more: Record<string, unknown> = {}) => ({
    ...{ kind: 'ORDINARY_VOCATIONAL_TRANSFER', stage: 'SENIOR', grade, reason: met, targetMajor: major },
    ...more,
  });
  const refused = async (by: Staffed, child: Pupil, asked: Record<string, unknown>) => {
    const { findings } = await senior.preview(by, child, asked);
    return findings.map(({ ruleId, code }) => `${ruleId} ${code}`);
  };

  describe('in the third week of the first term', () => {
    test(breaks('TRF-27', 'nobody of the second year goes to a vocational school'), async () => {
      expect(await refused(vocational, await senior.seniorPupil(ordinary.fact, 2), wanted(2))).toEqual([
        'TRF-27 OUTSIDE_VOCATIONAL_WINDOW',
      ]);
    });

    test(
      breaks('TRF-28', 'nobody goes the other way who does not meet the conditions of admission'),
      async () => {
        const asked = wanted(2, { targetMajor: null });
        expect(await refused(ordinary, await senior.seniorPupil(vocational.fact, 2), asked)).toEqual([
          'TRF-28 ADMISSION_CONDITION_NOT_MET',
        ]);
      },
    );

    test(
      holds('TRF-28', 'who meets them goes, once both authorities agree and theirs has checked it'),
      async () => {
        const child = await senior.seniorPupil(vocational.fact, 2);
        const reason = { ...met, admissionConditionMet: true };
        const begun = await desk.started(child, ordinary, wanted(2, { reason, targetMajor: null }));
        await desk.approve(vocational, begun);
        await desk.approve(taiyuan, begun);
        const handled = await desk.after(
          desk.handle(xiaodian.registrar, await desk.seen(xiaodian.head, begun.id)),
        );
        expect(codes(await desk.decide(xiaodian.head, handled, 'APPROVE'))).toEqual([
          'GROUND_NOT_MET',
          'ADMISSION_CONDITION_NOT_MET',
        ]);
        await desk.after(desk.decide(xiaodian.head, handled, 'APPROVE', { conditionsChecked: true }));
        await desk.atRest();
        expect((await desk.registrationOf(child.person))?.school).toBe(ordinary.school);
      },
    );
  });

  describe('in the last days of the first term', () => {
    const appliedOn = '2027-01-13';
    let firstYear: Pupil;
    let waiting: Pupil;
    let going: Pupil;
    beforeAll(async () => {
      firstYear = await senior.seniorPupil(ordinary.fact, 1);
      waiting = await senior.seniorPupil(ordinary.fact, 2);
      going = await senior.seniorPupil(ordinary.fact, 2);
      registry.clock.moveTo('2027-01-13T09:00:00+08:00');
    });

    test(
      breaks('TRF-26', 'a move without its conditions, or into a shorter course, is refused'),
      async () => {
        const unmet = { reason: { ...met, conditionsMet: false }, appliedOn };
        expect(await refused(vocational, waiting, wanted(2, unmet))).toEqual(['TRF-26 GROUND_NOT_MET']);
        const short = { targetMajor: { name: '短期培训', years: 2 }, appliedOn };
        expect(await refused(vocational, waiting, wanted(2, short))).toEqual(['TRF-27 NOT_THREE_YEAR_MAJOR']);
        const none = { targetMajor: null, appliedOn };
        expect(await refused(vocational, waiting, wanted(2, none))).toEqual(['TRF-27 NOT_THREE_YEAR_MAJOR']);
      },
    );

    test(
      breaks('TRF-27', 'nobody of the first year goes, whose window is at the end of the second term'),
      async () => {
        expect(await refused(vocational, firstYear, wanted(1, { appliedOn }))).toContain(
          'TRF-27 OUTSIDE_VOCATIONAL_WINDOW',
        );
      },
    );

    test(holds('TRF-27', 'a pupil of the second year goes into a major of three years'), async () => {
      const begun = await desk.started(waiting, vocational, wanted(2, { appliedOn }));
      expect(begun.state).toBe('SOURCE_SCHOOL_REVIEW');
      expect(await desk.placeOf(begun.id)).toBe('HELD');
    });

    test(
      holds('TRF-26', 'both schools and both authorities agree, and the pupil takes the held place'),
      async () => {
        const begun = await desk.started(going, vocational, wanted(2, { appliedOn }));
        await desk.approve(ordinary, begun);
        await desk.approve(xiaodian, begun);
        await desk.approve(taiyuan, begun, { conditionsChecked: true });
        await desk.atRest();
        expect((await desk.registrationOf(going.person))?.school).toBe(vocational.school);
        expect(await desk.placeOf(begun.id)).toBe('TAKEN');
      },
    );
  });

  test(breaks('ORG-09', 'only by a transfer: nobody is registered at a vocational school'), async () => {
    const { findings } = await desk.counter.register(vocational.school, girl(90, { gradeName: '高一' }));
    expect(findings.map(({ code }) => code)).toContain('SCHOOL_KIND_NOT_COVERED');
  });
});
