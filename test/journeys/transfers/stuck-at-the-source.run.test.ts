import { randomUUID } from 'node:crypto';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import {
  codes,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Figures = {
  unit: string;
  name: string | null;
  doneInTime: number;
  becameOverdue: number;
  overdue: number;
  oldestDueOn: string | null;
  longestDaysLate: number | null;
  blockedRefusals: number;
  blockedByRule: { ruleId: string; count: number }[];
};
type Listed<Node> = { edges: { node: Node }[] } | null;
type Report = {
  issuedAt: string | null;
  digest: string | null;
  total: Figures;
  rows: Figures[];
  namedUnits: Listed<Figures>;
  overdueSteps: Listed<{ transfer: string; unit: string; reportDueOn: string; finding: { ruleId: string } }>;
};

const figures = `unit name doneInTime becameOverdue overdue oldestDueOn longestDaysLate blockedRefusals
  blockedByRule { ruleId count }`;
const reportText = `query ($month: Month!, $scope: ID) { timelinessReport(month: $month, scope: $scope) {
  issuedAt digest total { ${figures} } rows { ${figures} } namedUnits { edges { node { ${figures} } } }
  overdueSteps { edges { node { transfer unit reportDueOn finding { ruleId } } } } } }`;
const nodes = <Node>(listed: Listed<Node>): Node[] => listed?.edges.map(({ node }) => node) ?? [];

/**
 * A family moves in January. The receiving school starts the transfer in the last week of term, and the sending school lets it
 * lie: through ten working days, the winter vacation and into spring, until the monthly report names it.
 */
describe('a transfer that is stuck at the sending school', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let begun: Transfer;
  let march: Report;
  const taiyuan = authorityDesks('140100', 'CITY');

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    const child = await desk.pupil();
    await publish2027();
    await at('2027-01-11T09:00:00');
    begun = await desk.started(child, receiving, { appliedOn: '2027-01-11' });
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  const publish2027 = async () => {
    const text = `mutation ($input: PublishWorkingDaysInput!) {
      publishWorkingDays(input: $input) { workingDays { issue } findings { code } } }`;
    const holidays = [
      ...['2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12'],
      '2027-04-05',
    ];
    const input = { year: 2027, holidays, makeUpDays: [], basis: '关于2027年部分节假日安排的通知' };
    desk.counter.answered(
      await registry.ask('ministry', text, { input: { idempotencyKey: randomUUID(), ...input } }),
    );
    await registry.settled();
  };
  /** Business time moves on, and everything has been done that follows from it. */
  const at = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
    await registry.settled();
    await registry.network.service('statistics').atRest();
    await registry.settled();
  };
  const report = async (who: Desk, month: string, scope?: string): Promise<Report> =>
    desk.desk.answered(await desk.desk.ask<{ timelinessReport: Report }>(who, reportText, { month, scope }))
      .timelinessReport;

  test('on 11 January the receiving school starts it, and the sending school has ten working days', async () => {
    const step = begun.steps.find(({ party }) => party === 'SOURCE_SCHOOL');
    expect(step).toMatchObject({ unit: sending.school, deadline: '2027-01-25', overdue: false });
    expect((await report(receiving.head, '2027-01')).total).toMatchObject({ doneInTime: 1, overdue: 0 });
  });

  test(holds('STA-01', 'on 26 January it is late, but the vacation keeps it out of the report'), async () => {
    await at('2027-01-26T09:00:00');
    expect((await desk.seen(sending.head, begun.id)).steps.at(-1)?.overdue).toBe(true);
    expect(await desk.list(xiaodian.head, { overdue: true })).toEqual([begun.id]);
    expect((await report(xiaodian.head, '2027-01')).total).toMatchObject({ becameOverdue: 0, overdue: 0 });
  });

  test(holds('STA-10', 'until the first of March the board of the county shows nobody'), async () => {
    await at('2027-03-01T23:00:00');
    const { total, namedUnits, overdueSteps } = await report(xiaodian.head, '2027-03');
    expect(total).toMatchObject({ becameOverdue: 0, overdue: 0 });
    expect([nodes(namedUnits), nodes(overdueSteps)]).toEqual([[], []]);
  });

  test(
    breaks('STA-01', 'on 2 March its tenth working day of school is over, and the report names the school'),
    async () => {
      await at('2027-03-02T08:00:00');
      const { namedUnits, issuedAt } = await report(xiaodian.head, '2027-03');
      expect(issuedAt).toBeNull();
      expect(nodes(namedUnits)).toMatchObject([
        { unit: sending.school, becameOverdue: 1, overdue: 1, oldestDueOn: '2027-03-01', longestDaysLate: 1 },
      ]);
      expect(nodes(namedUnits)[0]?.name).toBeTruthy();
    },
  );

  test(
    breaks('STA-10', 'the county sees the very case on its board; so does the school itself, and the city'),
    async () => {
      for (const who of [xiaodian.head, sending.head, taiyuan.head]) {
        expect(nodes((await report(who, '2027-03')).overdueSteps)).toMatchObject([
          {
            transfer: begun.id,
            unit: sending.school,
            reportDueOn: '2027-03-01',
            finding: { ruleId: 'STA-10' },
          },
        ]);
      }
      expect((await report(taiyuan.head, '2027-03')).rows).toMatchObject([{ unit: '140105', overdue: 1 }]);
      expect((await report(yingze.head, '2027-03')).total).toMatchObject({ becameOverdue: 0, overdue: 0 });
    },
  );

  test(
    breaks('STA-11', 'in March the school wants to refuse because no registration has come; that is counted'),
    async () => {
      await at('2027-03-10T09:00:00');
      const handled = await desk.after(
        desk.handle(sending.registrar, await desk.seen(sending.registrar, begun.id)),
      );
      const refused = await desk.decide(sending.head, handled, 'REFUSE', { reasons: ['NO_REGISTRATION'] });
      expect(codes(refused)).toEqual(['ILLEGAL_REJECTION_REASON']);
      await registry.settled();
      expect((await report(xiaodian.head, '2027-03', sending.school)).total).toMatchObject({
        blockedRefusals: 1,
        blockedByRule: [{ ruleId: 'ENR-05', count: 1 }],
      });
    },
  );

  test(
    holds('STA-11', 'while the county itself has refused nothing, and the receiving side neither'),
    async () => {
      const { rows } = await report(xiaodian.head, '2027-03');
      expect(rows.filter(({ blockedRefusals }) => blockedRefusals > 0).map(({ unit }) => unit)).toEqual([
        sending.school,
      ]);
      expect((await report(yingze.head, '2027-03')).total.blockedRefusals).toBe(0);
    },
  );

  test('on the fifth working day of April the report of March is issued, as of the end of March', async () => {
    await at('2027-04-07T23:00:00');
    expect((await report(xiaodian.head, '2027-03')).issuedAt).toBeNull();
    await at('2027-04-08T08:00:00');
    march = await report(xiaodian.head, '2027-03');
    expect(march.issuedAt).not.toBeNull();
    expect(march.total).toMatchObject({
      becameOverdue: 1,
      overdue: 1,
      longestDaysLate: 30,
      blockedRefusals: 1,
    });
  });

  test('the school decides at last; what was issued stays, and April no longer finds anything overdue', async () => {
    await desk.after(desk.decide(sending.head, await desk.seen(sending.head, begun.id), 'APPROVE'));
    await registry.settled();
    expect(await report(xiaodian.head, '2027-03')).toEqual(march);
    expect((await report(xiaodian.head, '2027-04')).total).toMatchObject({ becameOverdue: 0, overdue: 0 });
    expect(await desk.list(xiaodian.head, { overdue: true })).toEqual([]);
  });

  test('and both authorities let the child go, three days before the ninety were over', async () => {
    await desk.approve(xiaodian, begun, { note: '因家庭迁居，同意转出' });
    await desk.approve(yingze, begun, { note: '因家庭迁居，同意转入' });
    await desk.atRest();
    await registry.settled();
    expect((await desk.seen(receiving.head, begun.id)).state).toBe('HANDED_OVER');
    expect((await report(taiyuan.head, '2027-04')).total).toMatchObject({ doneInTime: 2, overdue: 0 });
  });
});
