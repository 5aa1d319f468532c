import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { graduateOf } from './graduates.ts';
import {
  codes,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** What the authorities of a transfer look at beside its order. */
describe('the authorities of a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const early = { appliedOn: '2026-08-20' };
  const reason = { note: '随家庭迁入，已核实，同意受理。' };

  test(
    breaks('TRF-06', 'let one applied for outside the window through only with a written reason'),
    async () => {
      const begun = await desk.started(await desk.pupil(), receiving, early);
      expect(begun.blockers).toEqual([
        { finding: { code: 'OUTSIDE_ACCEPTANCE_WINDOW' }, side: 'TARGET', removedBy: 'COUNTY' },
      ]);
      await desk.approve(sending, begun);
      const handled = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)));
      expect(codes(await desk.decide(yingze.head, handled, 'APPROVE'))).toEqual([
        'OUTSIDE_ACCEPTANCE_WINDOW',
      ]);
      const through = await desk.after(desk.decide(yingze.head, handled, 'APPROVE', reason));
      expect(through).toMatchObject({ state: 'AUTHORITIES_REVIEW', blockers: [] });
      // The sending authority has nothing to let through: it is the receiving place's window.
      await desk.approve(xiaodian, begun);
      await desk.atRest();
      expect((await desk.seen(receiving.head, begun.id)).state).toBe('HANDED_OVER');
    },
  );

  test(holds('TRF-06', 'need no reason for one applied for in the window'), async () => {
    const begun = await desk.started(await desk.pupil());
    expect(begun.blockers).toEqual([]);
    await desk.approve(sending, begun);
    expect((await desk.approve(yingze, begun)).state).toBe('AUTHORITIES_REVIEW');
  });

  test('see no application that is dated later than today', async () => {
    const answer = await desk.initiate(receiving, await desk.pupil(), { appliedOn: '2026-09-03' });
    expect(codes(answer)).toEqual(['APPLICATION_DATED_LATER']);
  });

  test('see no case for a class that the grade does not have', async () => {
    const schoolClass = '019a0000-0000-7000-8000-000000000001';
    const answer = await desk.initiate(receiving, await desk.pupil(), { schoolClass });
    expect(codes(answer)).toEqual(['CLASS_NOT_IN_GRADE']);
  });

  test('are one and decide once, where both schools are under the same', async () => {
    const child = await desk.pupil();
    const begun = await desk.started(child, third);
    const both = await desk.approve(sending, begun);
    expect(both.steps.slice(2).map(({ party, unit }) => `${party} ${unit}`)).toEqual([
      'TARGET_AUTHORITY 140105',
    ]);
    await desk.approve(xiaodian, both);
    await registry.settled();
    await desk.atRest();
    expect((await desk.registrationOf(child.person))?.school).toBe(third.school);
  });

  describe('of a private school', () => {
    const privateSchoolOf = async (stage: string) => {
      const { directory } = desk.service().core;
      const unit = await directory.unit('140100');
      const found = await directory.schoolsIn(unit?.lo ?? 0, unit?.hi ?? 0);
      const own = found.find(
        (school) => school.ownership === 'PRIVATE' && school.stages.some((each) => each.stage === stage),
      );
      if (own === undefined) throw new Error(`There is no private school of ${stage}`);
      return { ...schoolDesks(own.code), authority: authorityDesks(own.authority) };
    };
    const intoPrivate = async () => {
      const begun = await desk.started(await desk.pupil(), await privateSchoolOf('PRIMARY'));
      const { blockers } = await desk.seen(xiaodian.head, begun.id);
      expect(blockers.map(({ finding }) => finding.code)).toEqual(['PRIVATE_SCHOOL_QUOTA_REVIEW']);
      await desk.approve(sending, begun);
      return desk.after(desk.handle(xiaodian.registrar, await desk.seen(xiaodian.head, begun.id)));
    };

    test(
      breaks('TRF-25', 'let nobody in before they have weighed its share of pupils and places'),
      async () => {
        const handled = await intoPrivate();
        const answer = await desk.decide(xiaodian.head, handled, 'APPROVE', { weighed: ['FREE_PLACES'] });
        expect(answer.findings.map(({ ruleId }) => ruleId)).toEqual(['TRF-25']);
        expect((await desk.seen(xiaodian.head, handled.id)).state).toBe('AUTHORITIES_REVIEW');
      },
    );

    test(holds('TRF-25', 'let a pupil in when they have'), async () => {
      const handled = await intoPrivate();
      const weighed = ['PRIVATE_SHARE', 'FREE_PLACES'];
      await desk.after(desk.decide(xiaodian.head, handled, 'APPROVE', { weighed }));
      await desk.atRest();
      expect((await desk.seen(xiaodian.head, handled.id)).state).toBe('HANDED_OVER');
    });

    test('take a graduate of another province in by the plan, without that review', async () => {
      const { authority, ...school } = await privateSchoolOf('JUNIOR');
      const study = { kind: 'CROSS_PROVINCE_STUDY', stage: 'JUNIOR', grade: 1, reason: null, evidence: [] };
      const begun = await desk.started(await graduateOf(desk), school, study);
      const taken = { admission: { meetsPolicy: true, inPlan: true } };
      expect((await desk.approve(authority, begun, taken)).state).toBe('SOURCE_COUNTY_REVIEW');
    });
  });
});
