import { authorityDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { comparable, seniorDeskOf, taiyuan } from './senior-desk.ts';
import { type TransferDesk, transferDeskOf, xiaodian, yingze } from './transfer-desk.ts';

type Staffed = Awaited<ReturnType<ReturnType<typeof seniorDeskOf>['staffed']>>;

/** A district that has nothing to do with the two places of these cases. */
const wanbailin = authorityDesks('140109');
const all = ['PRIVATE_SHARE', 'FREE_PLACES', 'ADMISSION_PLAN', 'ENTRANCE_EXAM'];

/** A private school whose register the county keeps while another authority answers for it. */
describe('a transfer into a private school of another competent authority', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let senior: ReturnType<typeof seniorDeskOf>;
  let ofYingze: Staffed;
  let privateSchool: Staffed;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    senior = seniorDeskOf(desk);
    ofYingze = await senior.staffed('迎泽区明理高级中学');
    privateSchool = await senior.staffed('太原市青藤高级中学');
    await senior.order(taiyuan.head, 'setAdmissionArea', {
      ...{ school: privateSchool.school, expectedVersion: 1, area: '民办高中招生区', from: '2026-09-03' },
    });
    registry.clock.moveTo('2026-09-03T09:00:00+08:00');
  });
  afterAll(() => registry?.stop());

  /** A case that the sending school and its authority have approved. */
  const nearlyIn = async () => {
    const child = await senior.seniorPupil(ofYingze.fact, 2);
    const begun = await desk.started(child, privateSchool, senior.seniorWanted(2));
    await desk.approve(ofYingze, begun);
    expect(begun.findings).toContainEqual(
      expect.objectContaining({ outcome: 'HOLD', code: 'PRIVATE_SCHOOL_QUOTA_REVIEW' }),
    );
    return { child, begun: await desk.approve(yingze, begun) };
  };

  test(holds('TRF-25', 'is decided by both authorities, each of which has weighed the case'), async () => {
    const { child, begun } = await nearlyIn();
    expect(begun.steps.map(({ party, unit }) => `${party} ${unit}`)).toEqual([
      `TARGET_SCHOOL ${privateSchool.school}`,
      `SOURCE_SCHOOL ${ofYingze.school}`,
      'SOURCE_AUTHORITY 140106',
      'TARGET_AUTHORITY 140105',
      'TARGET_COMPETENT_AUTHORITY 140100',
    ]);
    await desk.approve(xiaodian, begun, { ...comparable, weighed: all });
    await desk.atRest();
    expect((await desk.registrationOf(child.person))?.school).toBe(ofYingze.school);
    expect((await desk.seen(taiyuan.head, begun.id)).state).toBe('AUTHORITIES_REVIEW');
    await desk.approve(taiyuan, begun, { weighed: all });
    await desk.atRest();
    expect((await desk.registrationOf(child.person))?.school).toBe(privateSchool.school);
  });

  test(
    breaks('TRF-25', 'waits while one of them has not weighed everything of the senior stage'),
    async () => {
      const { begun } = await nearlyIn();
      for (const unit of [xiaodian, taiyuan]) {
        const handled = await desk.after(desk.handle(unit.registrar, await desk.seen(unit.head, begun.id)));
        const { findings } = await desk.decide(unit.head, handled, 'APPROVE', {
          ...comparable,
          weighed: all.slice(0, 2),
        });
        expect(findings.map(({ ruleId }) => ruleId)).toEqual(['TRF-25']);
      }
      expect((await desk.seen(xiaodian.head, begun.id)).state).toBe('AUTHORITIES_REVIEW');
    },
  );

  describe('which lies outside of both places', () => {
    beforeAll(async () => {
      const { version } = await senior.versionOf(privateSchool.school);
      await senior.order(xiaodian.head, 'setCompetentAuthority', {
        ...{ school: privateSchool.school, expectedVersion: version, competentAuthority: '140109' },
      });
    });

    test(holds('PRV-12', 'is seen and decided by it, and by no third district'), async () => {
      const { child, begun } = await nearlyIn();
      expect(await desk.list(wanbailin.head, { mine: true })).toEqual([begun.id]);
      expect((await desk.see(authorityDesks('140107').head, begun.id)).errors).not.toEqual([]);
      await desk.approve(wanbailin, begun, { weighed: all });
      await desk.approve(xiaodian, begun, { ...comparable, weighed: all });
      await desk.atRest();
      expect((await desk.registrationOf(child.person))?.school).toBe(privateSchool.school);
    });

    test(breaks('PRV-12', 'shows it nothing of cases in which it has no part'), async () => {
      const child = await desk.pupil();
      const begun = await desk.started(child);
      expect((await desk.see(wanbailin.head, begun.id)).errors).not.toEqual([]);
      expect(await desk.list(wanbailin.head)).not.toContain(begun.id);
    });
  });

  test('goes on with the authority with which it began', async () => {
    const { version } = await senior.versionOf(privateSchool.school);
    await senior.order(xiaodian.head, 'setCompetentAuthority', {
      ...{ school: privateSchool.school, expectedVersion: version, competentAuthority: '140100' },
    });
    const child = await senior.seniorPupil(ofYingze.fact, 2);
    const begun = await desk.started(child, privateSchool, senior.seniorWanted(2));
    await senior.order(xiaodian.head, 'setCompetentAuthority', {
      ...{ school: privateSchool.school, expectedVersion: version + 1, competentAuthority: '140109' },
    });
    const reviewed = await desk.approve(ofYingze, begun);
    expect(reviewed.steps.at(-1)).toMatchObject({ party: 'TARGET_COMPETENT_AUTHORITY', unit: '140100' });
  });
});
