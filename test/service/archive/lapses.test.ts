import { v7 as uuidv7 } from 'uuid';
import { EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { StudentSuspended } from '#libs/contracts/events/enrollment-status.ts';
import { plainMarks } from '#test/service/statistics/events.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

type Lapse = { student: { id: string }; ruleId: string; unit: string; dueOn: string | null };

/** What was not done in its time, or lacks, is put on record: once each, with whose it is. */
describe('what is on record of archives', () => {
  let world: LifeWorld;
  let here: Site;
  let there: Site;

  beforeAll(async () => {
    world = await startLifeWorld();
  });
  beforeEach(async () => {
    [here, there] = [await world.newSchool(), await world.newSchool()];
  });
  afterAll(() => world?.network.stop());

  const later = async (days: number): Promise<void> => {
    const now = Date.parse(world.network.clock.now()) + days * 86_400_000;
    world.network.clock.moveTo(new Date(now).toISOString());
    await world.atRest();
  };
  const listed = async (unit: string, { person }: Child): Promise<Lapse[]> =>
    (
      await world.ask<{ archiveLapses: { edges: { node: Lapse }[] } }>(
        world.deskOf(unit),
        '{ archiveLapses(first: 200) { edges { node { student { id } ruleId unit dueOn } } } }',
        {},
      )
    ).archiveLapses.edges
      .map(({ node }) => node)
      .filter(({ student }) => student.id === person);
  const rulesAt = async (unit: string, child: Child): Promise<string[]> =>
    (await listed(unit, child)).map(({ ruleId }) => ruleId).sort();
  const told = async ({ person }: Child): Promise<string[]> => {
    await world.network.settled();
    return (await world.lapsesTold(person)).sort();
  };

  test(holds('ARC-10', 'is nothing while an archive is passed on in its month'), async () => {
    const child = await world.registers(here);
    await world.handsOver(child, here, there, 'TRANSFER');
    await later(10);
    await world.step(here.code, 'handOverArchive', child);
    await later(40);
    expect(await rulesAt(here.code, child)).not.toContain('ARC-10');
  });

  test(breaks('ARC-08', 'is a hand-over that was late, once, against the school that kept it'), async () => {
    const child = await world.registers(here);
    await world.handsOver(child, here, there, 'TRANSFER');
    await later(40);
    await later(40);
    const [found] = (await listed(here.code, child)).filter(({ ruleId }) => ruleId === 'ARC-08');
    expect(found).toMatchObject({ unit: here.code, dueOn: expect.any(String) });
    expect((await rulesAt(here.code, child)).filter((rule) => /ARC-(08|10)/.test(rule))).toEqual([
      'ARC-08',
      'ARC-10',
    ]);
    expect(await rulesAt(here.authority, child)).toEqual(await rulesAt(here.code, child));
    expect((await rulesAt(there.code, child)).filter((rule) => /ARC-(08|10)/.test(rule))).toEqual([]);
    expect((await told(child)).filter((rule) => /ARC-(08|10)/.test(rule))).toEqual(['ARC-08', 'ARC-10']);
  });

  test(breaks('ARC-15', 'is a change without its proof, against the school that files it'), async () => {
    const child = await world.registers(here);
    const position = { stage: 'PRIMARY' as const, entryYearAdj: 2023, lastGrade: 6, frozenAt: null };
    const seat = { ...child, ...world.seatOf(here), position };
    await world.tell(
      world.envelope(StudentSuspended, child.person, { ...seat, status: 'SUSPENDED', case: uuidv7() }),
    );
    await later(31);
    const lacking = (await listed(here.code, child)).filter(({ ruleId }) => /ARC-1[56]/.test(ruleId));
    expect(lacking).toMatchObject([{ unit: here.code, dueOn: null }]);
    const late = (await listed(here.code, child)).filter(({ ruleId }) => ruleId === 'ENR-67');
    expect(late).toMatchObject([{ unit: here.code, dueOn: expect.any(String) }]);
  });

  test(
    breaks('ARC-01', 'is an archive that waits for approval, against the authority that approves'),
    async () => {
      const child = { person: uuidv7(), enrollment: uuidv7() };
      const registered = { ...child, ...world.seatOf(here), stage: 'PRIMARY' as const, entryYearAdj: 2023 };
      await world.tell(
        world.envelope(EnrollmentRegistered, child.person, {
          ...{ ...registered, lastGrade: 6, marks: plainMarks, status: 'PENDING_APPROVAL' },
          channel: 'PRIMARY_GRADE_ONE',
        }),
      );
      await later(20);
      expect(await rulesAt(here.authority, child)).toEqual([]);
      await later(50);
      expect(await listed(here.authority, child)).toMatchObject([{ ruleId: 'ARC-01', unit: here.authority }]);
      expect(await rulesAt(here.code, child)).toEqual([]);
    },
  );
});
