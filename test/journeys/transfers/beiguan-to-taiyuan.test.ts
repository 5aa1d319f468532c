import {
  beiguan,
  beiguanSchool,
  type Pupil,
  receiving,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** A family moves from Anyang in Henan to Taiyuan in Shanxi: W-10 from the draft to the new class, with the call-up. */
describe('a pupil of Beiguan in Anyang goes to school in Taiyuan', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let child: Pupil;
  let transfer: Transfer;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.fromBeiguan();
  });
  afterAll(() => registry?.stop());

  const across = { kind: 'CROSS_PROVINCE_TRANSFER' };
  const where = async () => (await desk.registrationOf(child.person))?.school;

  test('a preview tells the four parties and the days, and writes nothing', async () => {
    const { previewTransfer } = desk.desk.answered(
      await desk.desk.ask<{ previewTransfer: Record<string, unknown> }>(
        receiving.registrar,
        `query ($input: TransferInput!) { previewTransfer(input: $input) {
           parties { party unit } purgeOn firstDeadline { on } callUpDeadline { on provisional } } }`,
        { input: { ...desk.wanted(child, across), evidence: await desk.papers(receiving.registrar) } },
      ),
    );
    expect(previewTransfer).toEqual({
      parties: [
        { party: 'TARGET_SCHOOL', unit: receiving.school },
        { party: 'SOURCE_SCHOOL', unit: beiguanSchool.school },
        { party: 'SOURCE_AUTHORITY', unit: '410503' },
        { party: 'TARGET_AUTHORITY', unit: '140106' },
      ],
      purgeOn: '2026-12-01',
      firstDeadline: { on: '2026-09-16' },
      callUpDeadline: { on: '2026-09-16', provisional: false },
    });
  });

  test(breaks('TRF-47', 'it is not put together as a transfer within a province'), async () => {
    const answer = await desk.initiate(receiving, child);
    expect(answer.findings.map(({ code }) => code)).toContain('WRONG_CASE_KIND');
  });

  test('the school in Taiyuan puts the case together and its head starts it: a place is held', async () => {
    transfer = await desk.started(child, receiving, across);
    expect(transfer).toMatchObject({ kind: 'CROSS_PROVINCE_TRANSFER', state: 'SOURCE_SCHOOL_REVIEW' });
    expect(await desk.placeOf(transfer.id)).toBe('HELD');
  });

  test(
    holds('TRF-31', 'each party has ten working days of the nation’s calendar, whatever its province'),
    async () => {
      expect(transfer.steps.at(-1)).toMatchObject({
        ...{ party: 'SOURCE_SCHOOL', unit: beiguanSchool.school, deadline: '2026-09-16', provisional: false },
      });
    },
  );

  test('both provinces see the case, and each other’s pupils no more than before', async () => {
    for (const who of [beiguanSchool.registrar, beiguan.head, yingze.registrar])
      expect(await desk.list(who)).toEqual([transfer.id]);
    expect(await desk.list(third.registrar)).toEqual([]);
    const { data } = await desk.desk.ask<{ student: unknown }>(
      receiving.registrar,
      'query ($id: ID!) { student(id: $id) { id } }',
      { id: child.person },
    );
    expect(data?.student ?? null).toBeNull();
  });

  test('the school in Beiguan agrees, then both counties, the receiving one first', async () => {
    await desk.approve(beiguanSchool, transfer);
    expect((await desk.approve(yingze, transfer)).state).toBe('AUTHORITIES_REVIEW');
    transfer = await desk.approve(beiguan, transfer);
    expect(transfer).toMatchObject({
      ...{ state: 'AWAIT_REPORTING', purgeOn: null },
      callUp: { deadline: { on: '2026-09-16', provisional: false }, reportedOn: null },
    });
    await desk.atRest();
    expect(await where()).toBe(beiguanSchool.school);
  });

  test(breaks('TRF-32', 'the school does not call up the file before the child has come'), async () => {
    const early = await desk.callUp(receiving.registrar, transfer, '2026-09-07');
    expect(early.findings).toMatchObject([{ code: 'CALL_UP_WITHOUT_REPORTING' }]);
  });

  test(
    holds('TRF-32', 'the child reports, the file is called up, the registration is in Taiyuan'),
    async () => {
      registry.clock.moveTo('2026-09-07T09:00:00+08:00');
      await desk.after(desk.callUp(receiving.registrar, transfer, '2026-09-07'));
      await desk.atRest();
      expect(await desk.seen(receiving.registrar, transfer.id)).toMatchObject({ state: 'HANDED_OVER' });
      expect(await desk.registrationOf(child.person)).toMatchObject({
        ...{ school: receiving.school, status: 'IN_SCHOOL' },
      });
      await registry.settled();
      const { student } = desk.desk.answered(
        await desk.desk.ask<{ student: { name: string } }>(
          receiving.registrar,
          'query ($id: ID!) { student(id: $id) { name } }',
          { id: child.person },
        ),
      );
      expect(student.name).toBe(child.name);
    },
  );

  test('Beiguan sees what it decided, and the pupil no more', async () => {
    expect(await desk.seen(beiguan.registrar, transfer.id)).toMatchObject({ state: 'HANDED_OVER' });
    const { data } = await desk.desk.ask<{ student: unknown }>(
      beiguanSchool.registrar,
      'query ($id: ID!) { student(id: $id) { id } }',
      { id: child.person },
    );
    expect(data?.student ?? null).toBeNull();
  });
});
