import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { comparable, levelToJudge, seniorDeskOf, taiyuan } from '#test/service/transfer/senior-desk.ts';
import {
  type Pupil,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Staffed = Awaited<ReturnType<ReturnType<typeof seniorDeskOf>['staffed']>>;
type Duty = {
  county: { code: string };
  recordedIn: number | null;
  recordedOut: number | null;
  transferredIn: number | null;
  transferredOut: number | null;
  findings: { ruleId: string; code: string }[];
};

const desksOf = (unit: string, level: 'PROVINCE'): { registrar: Desk; head: Desk } => ({
  registrar: { sub: `registrar-${unit}`, level, unit, roles: ['REGISTRAR'] },
  head: { sub: `head-${unit}`, level, unit, roles: ['DECISION_MAKER'] },
});
const shanxi = desksOf('140000', 'PROVINCE');
const xinghualing = authorityDesks('140107');

/**
 * A family moves from Xiaodian to Yingze, where the nearest middle school is one that the city runs: the city decides
 * about it and not the county in which it stands (ORG-11), which hears of it once a term (ORG-12). A year later the pupil's
 * neighbour goes to a senior school of the province.
 */
describe('a transfer into a school that the city runs', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let senior: ReturnType<typeof seniorDeskOf>;
  let junior: Staffed;
  let cityRun: Staffed;
  let provinceRun: Staffed;
  let child: Pupil;
  let begun: Transfer;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    senior = seniorDeskOf(desk);
    junior = await senior.staffed('小店区启明中学');
    cityRun = await senior.staffed('太原市明德实验中学');
    provinceRun = await senior.staffed('山西省知行实验高级中学');
    child = await senior.pupilIn(junior.fact, 'JUNIOR', 2);
  });
  afterAll(() => registry?.stop());

  const units = ({ parties }: { parties: readonly { party: string; unit: string }[] }) =>
    parties.map(({ party, unit }) => `${party} ${unit}`);
  const wanted = { stage: 'JUNIOR', grade: 2 };

  /** What a school owes a county for the autumn term, as somebody reads it. */
  const duty = async (who: Desk, unit: string, school: Staffed): Promise<Duty | undefined> =>
    desk.desk
      .answered(
        await desk.desk.ask<{ termDuties: { edges: { node: Duty & { school: { id: string } | null } }[] } }>(
          who,
          `query ($unit: ID!) { termDuties(unit: $unit, schoolYear: 2026, term: 1) { edges { node { school { id }
             county { code } recordedIn recordedOut transferredIn transferredOut findings { ruleId code } } } } }`,
          { unit },
        ),
      )
      .termDuties.edges.map(({ node }) => node)
      .find((each) => each.school?.id === school.school);
  const notify = (school: Staffed, transferredIn: number, transferredOut: number) =>
    senior.order(school.head, 'notifyCounty', {
      ...{ schoolYear: 2026, term: 1, transferredIn, transferredOut, note: '本学期转入转出情况书面告知' },
    });

  test(
    holds('ORG-11', 'names the city as the authority that decides, wherever the school lies'),
    async () => {
      const preview = await senior.preview(cityRun, child, wanted);
      expect(preview.findings).toEqual([]);
      expect(units(preview)).toEqual([
        `TARGET_SCHOOL ${cityRun.school}`,
        `SOURCE_SCHOOL ${junior.school}`,
        'SOURCE_AUTHORITY 140105',
        'TARGET_AUTHORITY 140100',
      ]);
    },
  );

  test('is started by the school and agreed to by the sending school and its county', async () => {
    begun = await desk.started(child, cityRun, wanted);
    await desk.approve(junior, begun);
    const reviewed = await desk.approve(xiaodian, begun);
    expect(reviewed.state).toBe('AUTHORITIES_REVIEW');
  });

  test(breaks('ORG-11', 'is neither seen nor decided by the county in which the school stands'), async () => {
    expect((await desk.see(yingze.head, begun.id)).errors).toMatchObject([
      { extensions: { code: 'OUT_OF_JURISDICTION' } },
    ]);
    const seen = await desk.seen(taiyuan.head, begun.id);
    const tried = await desk.tryOn(yingze.registrar, 'handleTransferStep', 'HandleTransferStepInput', {
      ...{ transfer: begun.id, expectedVersion: seen.version },
    });
    expect(tried.errors).toMatchObject([{ extensions: { code: 'OUT_OF_JURISDICTION' } }]);
    expect(await desk.list(yingze.head)).not.toContain(begun.id);
  });

  test('ends with the decision of the city: the registration has moved', async () => {
    await desk.approve(taiyuan, begun);
    await desk.atRest();
    expect((await desk.seen(cityRun.head, begun.id)).state).toBe('HANDED_OVER');
    expect((await desk.registrationOf(child.person))?.school).toBe(cityRun.school);
  });

  test('of the senior stage into a school of the province is decided by city and province', async () => {
    const other = await senior.pupilIn(cityRun.fact, 'SENIOR', 2);
    const preview = await senior.preview(provinceRun, other, senior.seniorWanted(2));
    expect(preview.findings).toEqual([levelToJudge]);
    expect(units(preview).slice(2)).toEqual(['SOURCE_AUTHORITY 140100', 'TARGET_AUTHORITY 140000']);
    const started = await desk.started(other, provinceRun, senior.seniorWanted(2));
    await desk.approve(cityRun, started);
    await desk.approve(taiyuan, started);
    await desk.approve(shanxi, started, comparable);
    await desk.atRest();
    expect((await desk.registrationOf(other.person))?.school).toBe(provinceRun.school);
    for (const { head } of [xiaodian, yingze])
      expect((await desk.see(head, started.id)).errors).toMatchObject([
        { extensions: { code: 'OUT_OF_JURISDICTION' } },
      ]);
  });

  describe('at the end of the term', () => {
    beforeAll(async () => {
      await registry.settled();
      registry.clock.moveTo('2027-01-15T16:00:00+08:00');
      await notify(cityRun, 1, 1);
      registry.clock.moveTo('2027-01-16T09:00:00+08:00');
    });

    test(holds('ORG-12', 'is what the school has told the county where it stands'), async () => {
      expect(await duty(yingze.head, '140106', cityRun)).toMatchObject({
        ...{ county: { code: '140106' }, recordedIn: 1, recordedOut: 1, transferredIn: 1, transferredOut: 1 },
        findings: [],
      });
      expect(await duty(xinghualing.head, '140107', cityRun)).toBeUndefined();
    });

    test(breaks('ORG-12', 'is on record as missing where a school has told its county nothing'), async () => {
      for (const [who, unit] of [
        [xiaodian.head, '140105'],
        [shanxi.head, '140000'],
      ] as const)
        expect(await duty(who, unit, provinceRun)).toMatchObject({
          ...{ county: { code: '140105' }, recordedIn: 1, recordedOut: 0 },
          findings: [{ ruleId: 'ORG-12', code: 'DIRECT_SCHOOL_NOTICE_MISSING' }],
        });
    });
  });
});
