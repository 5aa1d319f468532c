import { authorityDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { comparable, levelToJudge, seniorDeskOf, taiyuan } from './senior-desk.ts';
import { codes, type Pupil, type TransferDesk, transferDeskOf, xiaodian, yingze } from './transfer-desk.ts';

const province = authorityDesks('140000', 'PROVINCE');

type Staffed = Awaited<ReturnType<ReturnType<typeof seniorDeskOf>['staffed']>>;

/** What is asked of a transfer between senior schools beside its grounds: where, and when. */
describe('a transfer between senior schools', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let senior: ReturnType<typeof seniorDeskOf>;
  let ofXiaodian: Staffed;
  let ofYingze: Staffed;
  let ofProvince: Staffed;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    senior = seniorDeskOf(desk);
    ofXiaodian = await senior.staffed('小店区明理高级中学');
    ofYingze = await senior.staffed('迎泽区明理高级中学');
    ofProvince = await senior.staffed('山西省知行实验高级中学');
  });
  afterAll(() => registry?.stop());

  const pupil = (grade: number, at: Staffed = ofXiaodian): Promise<Pupil> =>
    senior.seniorPupil(at.fact, grade);
  const preview = (by: Staffed, child: Pupil, grade: number) =>
    senior.preview(by, child, senior.seniorWanted(grade));
  const area = (school: Staffed, name: string, expectedVersion: number, from: string) =>
    senior.order(taiyuan.head, 'setAdmissionArea', {
      ...{ school: school.school, expectedVersion, area: name, from },
    });

  test(breaks('TRF-15', 'is refused inside one admission area, and inside one county'), async () => {
    const child = await pupil(2);
    for (const school of [ofYingze, ofProvince]) {
      const { findings } = await preview(school, child, 2);
      expect(findings).toContainEqual({
        ...{ ruleId: 'TRF-15', code: 'SAME_ADMISSION_AREA', outcome: 'REJECT' },
      });
    }
  });

  test(holds('TRF-15', 'goes between schools that admit from different areas'), async () => {
    const child = await pupil(2, ofYingze);
    expect((await preview(ofProvince, child, 2)).findings).toEqual([levelToJudge]);
  });

  test(holds('TRF-51', 'goes by the areas that the city has named by the day of the start'), async () => {
    const child = await pupil(2);
    await area(ofYingze, '迎泽招生区', 1, '2026-09-03');
    expect((await preview(ofYingze, child, 2)).findings).toHaveLength(2);
    registry.clock.moveTo('2026-09-03T09:00:00+08:00');
    const begun = await desk.started(child, ofYingze, senior.seniorWanted(2));
    // The case keeps the facts of its day, whatever is named later.
    await area(ofYingze, '太原市城区招生区', 2, '2026-09-04');
    registry.clock.moveTo('2026-09-04T09:00:00+08:00');
    await desk.approve(ofXiaodian, begun);
    await desk.approve(xiaodian, begun);
    await desk.approve(yingze, begun, comparable);
    await desk.atRest();
    expect((await desk.registrationOf(child.person))?.school).toBe(ofYingze.school);
  });

  test(
    breaks('TRF-11', 'waits for the receiving authority to find the schools of comparable level'),
    async () => {
      const begun = await desk.started(await pupil(2, ofYingze), ofProvince, senior.seniorWanted(2));
      await desk.approve(ofYingze, begun);
      await desk.approve(yingze, begun);
      const handled = await desk.after(
        desk.handle(province.registrar, await desk.seen(province.head, begun.id)),
      );
      for (const stated of [{}, { comparableLevel: false }]) {
        const answer = await desk.decide(province.head, handled, 'APPROVE', {
          note: '同意转入。',
          ...stated,
        });
        expect(answer.findings).toMatchObject([{ ruleId: 'TRF-11', code: 'SENIOR_GROUND_NOT_MET' }]);
      }
      const reasons = ['SENIOR_GROUND_NOT_MET'];
      const refused = await desk.after(desk.decide(province.head, handled, 'REFUSE', { reasons }));
      expect(refused.state).toBe('REJECTED');
    },
  );

  test(
    breaks('TRF-14', 'of a starting grade waits in its first term for a reason of the authority'),
    async () => {
      const { findings, blockers } = await preview(ofProvince, await pupil(1, ofYingze), 1);
      expect(findings).toEqual([
        { ruleId: 'TRF-14', code: 'GRADE_TERM_CLOSED', outcome: 'HOLD' },
        levelToJudge,
      ]);
      expect(blockers).toMatchObject([
        { finding: { code: 'GRADE_TERM_CLOSED' }, side: 'BOTH', removedBy: 'PROVINCE' },
        { finding: { code: 'SENIOR_GROUND_NOT_MET' }, side: 'TARGET', removedBy: 'PROVINCE' },
      ]);
      expect(blockers[0]?.restsOn).toContainEqual({ fact: 'GRADE', side: 'SOURCE', value: 'SENIOR 1' });
      expect(blockers[0]?.restsOn).toContainEqual({
        ...{ fact: 'TERM', side: 'TARGET', value: '2026-09-01/2027-01-15' },
      });
    },
  );

  test(holds('TRF-14', 'of any other grade does not wait in that term'), async () => {
    for (const grade of [2, 3]) {
      expect((await preview(ofProvince, await pupil(grade, ofYingze), grade)).findings).toEqual([
        levelToJudge,
      ]);
    }
  });

  describe('of the graduating grade', () => {
    let child: Pupil;
    beforeAll(async () => {
      child = await pupil(3, ofYingze);
      await senior.order(taiyuan.head, 'announceExamRegistrationEnd', {
        ...{ region: '140100', schoolYear: 2026, endsOn: '2026-09-04' },
      });
    });

    test(
      holds('TRF-16', 'goes on the last day of the registration for the entrance examination'),
      async () => {
        expect((await preview(ofProvince, child, 3)).findings).toEqual([levelToJudge]);
      },
    );

    test(
      breaks(
        'TRF-16',
        'waits after the day that its own place has announced, until the authority gives a reason',
      ),
      async () => {
        await senior.order(yingze.head, 'announceExamRegistrationEnd', {
          ...{ region: '140106', schoolYear: 2026, endsOn: '2026-09-03' },
        });
        const begun = await desk.started(child, ofProvince, senior.seniorWanted(3));
        expect(begun.blockers).toEqual([
          { finding: { code: 'EXAM_REGISTRATION_CLOSED' }, side: 'SOURCE', removedBy: 'COUNTY' },
          { finding: { code: 'SENIOR_GROUND_NOT_MET' }, side: 'TARGET', removedBy: 'PROVINCE' },
        ]);
        await desk.approve(ofYingze, begun);
        const handled = await desk.after(
          desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)),
        );
        expect(codes(await desk.decide(yingze.head, handled, 'APPROVE'))).toEqual([
          'EXAM_REGISTRATION_CLOSED',
        ]);
        await desk.after(
          desk.decide(yingze.head, handled, 'APPROVE', { note: '高考报名信息已变更至转入地。' }),
        );
      },
    );

    const announce = (by: typeof yingze, region: string, endsOn: string) =>
      senior.order(by.head, 'announceExamRegistrationEnd', { region, schoolYear: 2026, endsOn });

    test(holds('TRF-16', 'needs no reason once its place has announced a later day'), async () => {
      const begun = await desk.started(await pupil(3, ofYingze), ofProvince, senior.seniorWanted(3));
      await desk.approve(ofYingze, begun);
      await desk.approve(province, begun, comparable);
      await announce(yingze, '140106', '2026-09-30');
      expect((await desk.approve(yingze, begun)).state).toBe('APPROVED');
    });

    test(
      breaks('TRF-16', 'goes back to the receiving authority where it was announced after its approval'),
      async () => {
        const begun = await desk.started(await pupil(3, ofYingze), ofProvince, senior.seniorWanted(3));
        await desk.approve(ofYingze, begun);
        await desk.approve(province, begun, comparable);
        await announce(taiyuan, '140100', '2026-09-03');
        const held = await desk.approve(yingze, begun);
        expect(held.state).toBe('AUTHORITIES_REVIEW');
        expect(held.blockers).toMatchObject([
          { finding: { code: 'EXAM_REGISTRATION_CLOSED' }, side: 'TARGET', removedBy: 'PROVINCE' },
        ]);
        expect(held.steps.slice(2).map(({ party, decision }) => `${party} ${decision}`)).toEqual([
          ...['SOURCE_AUTHORITY APPROVE', 'TARGET_AUTHORITY APPROVE', 'TARGET_AUTHORITY null'],
        ]);
        const handled = await desk.after(
          desk.handle(province.registrar, await desk.seen(province.head, begun.id)),
        );
        expect(codes(await desk.decide(province.head, handled, 'APPROVE'))).toContain(
          'EXAM_REGISTRATION_CLOSED',
        );
        const note = '已核实高考报名信息，同意转入。';
        const through = await desk.after(desk.decide(province.head, handled, 'APPROVE', { note }));
        expect(through).toMatchObject({ state: 'APPROVED', blockers: [] });
      },
    );
  });
});
