import { schoolTold } from '#test/service/statistics/nation.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

type Seen = {
  openedOn: string;
  handOver: {
    dueOn: string;
    passedOnOn: string | null;
    acceptBy: string | null;
    sentBackOn: string | null;
    sentBackReason: string | null;
  } | null;
  findings: { ruleId: string; outcome: string; code: string }[];
  lapses: { ruleId: string; unit: string; dueOn: string | null }[];
  allowedActions: string[];
};

/** What becomes of an archive that was passed on: it is accepted promptly, or comes back with a reason. */
describe('an archive on its way', () => {
  let world: LifeWorld;
  let here: Site;
  let there: Site;
  let child: Child;

  beforeAll(async () => {
    world = await startLifeWorld();
  });
  beforeEach(async () => {
    [here, there] = [await world.newSchool(), await world.newSchool()];
    child = await world.registers(here);
  });
  afterAll(() => world?.network.stop());

  const later = async (days: number): Promise<void> => {
    const now = Date.parse(world.network.clock.now()) + days * 86_400_000;
    world.network.clock.moveTo(new Date(now).toISOString());
    await world.atRest();
  };
  const seen = async (unit: string, { person }: Child = child): Promise<Seen> =>
    (
      await world.ask<{ studentArchive: Seen }>(
        world.deskOf(unit),
        `query ($id: ID!) { studentArchive(student: $id) {
          openedOn handOver { dueOn passedOnOn acceptBy sentBackOn sentBackReason }
          findings { ruleId outcome code } lapses { ruleId unit dueOn } allowedActions } }`,
        { id: person },
      )
    ).studentArchive;
  const rules = ({ findings }: Seen): string[] => findings.map(({ ruleId }) => ruleId);

  test('comes back with a reason, and its custodian has the time of what is done promptly', async () => {
    await world.handsOver(child, here, there, 'TRANSFER');
    await later(29);
    await world.step(here.code, 'handOverArchive', child);
    const { dueOn } = (await seen(here.code)).handOver ?? { dueOn: '' };
    expect(await world.step(there.code, 'sendBackArchive', child)).toEqual([]);
    const back = await seen(here.code);
    expect(back.handOver).toMatchObject({ passedOnOn: null, sentBackReason: 'NOT_WHOLE' });
    expect((back.handOver?.dueOn ?? '') > dueOn).toBe(true);
    await later(9);
    expect(rules(await seen(here.code))).not.toContain('ARC-10');
    await world.step(here.code, 'handOverArchive', child);
    expect(rules(await seen(here.code))).not.toContain('ARC-10');
  });

  test(breaks('ARC-10', 'that came back and was not passed on again promptly is late'), async () => {
    await world.handsOver(child, here, there, 'TRANSFER');
    await later(29);
    await world.step(here.code, 'handOverArchive', child);
    await world.step(there.code, 'sendBackArchive', child);
    await later(30);
    expect(rules(await seen(here.code))).toContain('ARC-10');
  });

  test(holds('ARC-08', 'is accepted promptly, and the receiving school sees until when'), async () => {
    await world.handsOver(child, here, there, 'TRANSFER');
    await world.step(here.code, 'handOverArchive', child);
    expect((await seen(there.code)).handOver?.acceptBy).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(rules(await seen(there.code))).not.toContain('ARC-08');
  });

  test(breaks('ARC-08', 'that nobody accepts is on record against the receiving school'), async () => {
    await world.handsOver(child, here, there, 'TRANSFER');
    await world.step(here.code, 'handOverArchive', child);
    await later(25);
    const { findings, lapses, handOver } = await seen(there.code);
    expect(findings).toContainEqual({ ruleId: 'ARC-08', outcome: 'RECORD', code: 'ARCHIVE_NOT_TRANSFERRED' });
    expect(lapses).toContainEqual({ ruleId: 'ARC-08', unit: there.code, dueOn: handOver?.acceptBy });
    expect((await seen(here.code)).lapses.filter(({ ruleId }) => ruleId === 'ARC-08')).toEqual([]);
  });

  test(holds('ARC-05', 'is printed by the authority that keeps it'), async () => {
    await world.handsOver(child, here, there, 'TRANSFER');
    await world.closes(here, null);
    await world.atRest();
    expect((await seen(here.authority)).allowedActions).toContain('PRINT');
    const printed = await world.order(here.authority, 'printArchive', 'PrintArchiveInput', {
      ...{ student: child.person, categories: ['BASIC_INFO'], reason: '司法调阅', keeper: '基础教育科' },
    });
    expect(printed).toEqual([]);
    expect((await seen(there.code)).allowedActions).not.toContain('PRINT');
  });

  test(
    breaks('ARC-06', 'of a pupil taken over was opened with the class: Beiguan’s paper is asked for'),
    async () => {
      const code = '2141900077';
      const beiguan = { code, place: 41_050_300_777, authority: '410503', province: '410000' };
      await world.tell(schoolTold({ ...beiguan, name: code }));
      const taken = await world.registers(beiguan);
      const { openedOn, findings } = await seen(code, taken);
      expect(openedOn).toBe('2023-09-01');
      expect(findings).toContainEqual({ ruleId: 'ARC-06', outcome: 'WARN', code: 'PAPER_COPY_MISSING' });
      expect(rules(await seen(here.code))).not.toContain('ARC-06');
    },
  );
});
