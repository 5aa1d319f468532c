import { v7 as uuidv7 } from 'uuid';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { lookAtCorrections } from '#services/organization/correction/correction-worker.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation(simulatedClock('2026-03-02T09:00:00+08:00'));
});
afterAll(() => network?.stop());

type Order = {
  id: string;
  state: string;
  version: number;
  deadline: string;
  provisional: boolean;
  overdue: boolean;
  escalatedTo: { code: string } | null;
  findings: { ruleId: string; code: string }[];
  allowedActions: string[];
};
type Payload = { order: Order | null; findings: { ruleId: string; outcome: string; code: string }[] };
const fields = `id state version deadline provisional overdue escalatedTo { code } findings { ruleId code } allowedActions`;
const inputs = {
  issueCorrectionOrder: 'IssueCorrectionOrderInput',
  reportCorrection: 'ReportCorrectionInput',
  closeCorrection: 'CloseCorrectionInput',
} as const;

const ask = (who: string | null, mutation: keyof typeof inputs, input: Record<string, unknown>) =>
  network.as<Record<string, Payload>>(
    who,
    `mutation ($input: ${inputs[mutation]}!) { payload: ${mutation}(input: $input) {
       order { ${fields} } findings { ruleId outcome code } } }`,
    { input: { idempotencyKey: uuidv7(), ...input } },
  );
const done = async (...args: Parameters<typeof ask>): Promise<Payload & { order: Order }> => {
  const { data, errors } = await ask(...args);
  expect(errors).toEqual([]);
  const order = data?.payload?.order;
  if (!data?.payload || !order) throw new Error('no order came back');
  return { ...data.payload, order };
};
const breach = (changes: Record<string, unknown> = {}) => ({
  school: DEMO_SCHOOLS.taiyuanPrimary,
  kind: 'CHANGES_NOT_ARCHIVED',
  evidence: '2025年秋季学期转入材料未归档',
  ...changes,
});
const seen = ({ id, version }: Order) => ({ order: id, expectedVersion: version });
const look = async (who: string, id: string): Promise<Order | unknown> => {
  const answer = await network.as<{ correctionOrder: Order }>(
    who,
    `query ($id: ID!) { correctionOrder(id: $id) { ${fields} } }`,
    { id },
  );
  return answer.data?.correctionOrder ?? refusal(answer);
};
const list = async (who: string, filter: Record<string, unknown>): Promise<string[]> => {
  const { data, errors } = await network.as<{ correctionOrders: { edges: { node: { id: string } }[] } }>(
    who,
    `query ($filter: CorrectionOrderFilter) { correctionOrders(filter: $filter, first: 200) { edges { node { id } } } }`,
    { filter },
  );
  expect(errors).toEqual([]);
  return data?.correctionOrders.edges.map(({ node }) => node.id) ?? [];
};
const allLookedAt = async () => {
  while (await lookAtCorrections(network.service('organization').core));
  await network.settled();
};

describe('an order to correct', () => {
  test(
    holds('ORG-23', 'is obeyed: reported by the school, accepted by the authority that gave it'),
    async () => {
      const { order, findings } = await done('xiaodian', 'issueCorrectionOrder', breach());
      expect(findings).toMatchObject([{ ruleId: 'ORG-21', outcome: 'RECORD', code: 'CORRECTION_ORDERED' }]);
      expect(order).toMatchObject({
        state: 'ORDERED',
        deadline: '2026-03-16',
        provisional: false,
        escalatedTo: null,
      });
      expect(await look('head', order.id)).toMatchObject({ allowedActions: ['REPORT'] });
      expect(await list('head', { mine: true })).toEqual([order.id]);
      const reported = await done('head', 'reportCorrection', { ...seen(order), measures: '已补充归档' });
      expect(await list('xiaodian', { mine: true })).toEqual([order.id]);
      const returned = await done('xiaodian', 'closeCorrection', {
        ...seen(reported.order),
        decision: 'RETURN',
        remark: '尚缺两份',
      });
      expect(returned.order.state).toBe('ORDERED');
      const again = await done('head', 'reportCorrection', {
        ...seen(returned.order),
        measures: '已全部归档',
      });
      const closed = await done('xiaodian', 'closeCorrection', {
        ...seen(again.order),
        decision: 'ACCEPT',
        remark: '认可',
      });
      expect(closed.order).toMatchObject({ state: 'CLOSED', version: 5, allowedActions: [] });
    },
  );

  test(breaks('ORG-20', 'is given to an authority by the next higher one, and by nobody else'), async () => {
    const wanted = { unit: '140105', school: null, kind: 'BREACH_BY_AUTHORITY', evidence: '逾期未核准' };
    const { findings } = await done('taiyuan', 'issueCorrectionOrder', wanted);
    expect(findings).toMatchObject([{ ruleId: 'ORG-20', code: 'CORRECTION_ORDERED' }]);
    for (const who of ['xiaodian', 'shanxi', 'yingze', 'beiguan', 'ministry'])
      expect(refusal(await ask(who, 'issueCorrectionOrder', wanted))).toBe('OUT_OF_JURISDICTION');
  });

  test(holds('ORG-20', 'is not given to an authority for what only a school can breach'), async () => {
    const wanted = breach({ school: null, unit: '140105' });
    expect(refusal(await ask('taiyuan', 'issueCorrectionOrder', wanted))).toBe('BAD_USER_INPUT');
  });

  test(
    breaks('ORG-22', 'in Beiguan is given for unauthorised alteration, in Shanxi for serious trouble'),
    async () => {
      const altered = await done(
        'beiguan',
        'issueCorrectionOrder',
        breach({ school: DEMO_SCHOOLS.beiguanPrimary, kind: 'UNAUTHORISED_ALTERATION' }),
      );
      expect(altered.findings.map(({ ruleId }) => ruleId)).toContain('ORG-22');
      const lax = await done(
        'xiaodian',
        'issueCorrectionOrder',
        breach({ kind: 'LAX_MANAGEMENT', seriousTrouble: true }),
      );
      expect(lax.findings).toMatchObject([{ ruleId: 'ORG-22' }]);
    },
  );

  test(holds('ORG-22', 'is not given where no text makes it an offence'), async () => {
    for (const [who, changes] of [
      ['xiaodian', { kind: 'UNAUTHORISED_ALTERATION' }],
      ['xiaodian', { kind: 'LAX_MANAGEMENT', seriousTrouble: false }],
      ['beiguan', { school: DEMO_SCHOOLS.beiguanPrimary, kind: 'LAX_MANAGEMENT', seriousTrouble: true }],
    ] as const) {
      const answer = await ask(who, 'issueCorrectionOrder', breach(changes));
      expect(refusal(answer)).toBe('BAD_USER_INPUT');
      expect(answer.errors[0]?.extensions.problems).toMatchObject([{ code: 'NOT_AN_OFFENCE' }]);
    }
  });

  test('is seen by the school, its authority and those above, and by nobody beside', async () => {
    const { order } = await done('xiaodian', 'issueCorrectionOrder', breach({ kind: 'OTHER' }));
    for (const who of ['head', 'registrar', 'xiaodian', 'taiyuan', 'shanxi', 'ministry'])
      expect(await look(who, order.id)).toMatchObject({ id: order.id });
    for (const who of ['yingze', 'other-registrar', 'beiguan', 'guardian', 'class-teacher'])
      expect(await look(who, order.id)).toBe('OUT_OF_JURISDICTION');
    expect(await look('head', uuidv7())).toBe('OUT_OF_JURISDICTION');
  });

  test('is reported by who was ordered, decided by who is in charge, in its turn and in the version seen', async () => {
    const { order } = await done('xiaodian', 'issueCorrectionOrder', breach({ kind: 'OTHER' }));
    const report = { ...seen(order), measures: '已改正' };
    for (const who of ['xiaodian', 'taiyuan', 'other-registrar', 'registrar'])
      expect(refusal(await ask(who, 'reportCorrection', report))).toBe('OUT_OF_JURISDICTION');
    const early = { ...seen(order), decision: 'ACCEPT', remark: '认可' };
    expect(refusal(await ask('xiaodian', 'closeCorrection', early))).toBe('BAD_USER_INPUT');
    expect(refusal(await ask('head', 'reportCorrection', { ...report, expectedVersion: 7 }))).toBe(
      'VERSION_CONFLICT',
    );
    const reported = await done('head', 'reportCorrection', report);
    const accept = { ...seen(reported.order), decision: 'ACCEPT', remark: '认可' };
    for (const who of ['taiyuan', 'yingze', 'head'])
      expect(refusal(await ask(who, 'closeCorrection', accept))).toBe('OUT_OF_JURISDICTION');
  });

  test(
    breaks('ORG-23', 'that is not obeyed in ten working days goes to the next level, which then decides'),
    async () => {
      const { order } = await done('xiaodian', 'issueCorrectionOrder', breach({ kind: 'OTHER' }));
      expect(order.deadline).toBe('2026-03-16');
      network.clock.moveTo('2026-03-16T23:59:59+08:00');
      await allLookedAt();
      expect(await look('head', order.id)).toMatchObject({ escalatedTo: null, overdue: false });
      network.clock.moveTo('2026-03-17T00:00:00+08:00');
      await allLookedAt();
      const escalated = (await look('head', order.id)) as Order;
      expect(escalated).toMatchObject({ escalatedTo: { code: '140100' }, overdue: true, state: 'ORDERED' });
      expect(escalated.findings.map(({ code }) => code)).toEqual([
        'CORRECTION_ORDERED',
        'CORRECTION_OVERDUE',
      ]);
      expect(await list('xiaodian', { overdue: true })).toContain(order.id);
      await allLookedAt();
      const told = await asWorker(network.service('organization').core.worker, (tx) =>
        query(tx, 'select type from event_log where aggregate_id = $1 order by version', [
          `correction:${order.id}`,
        ]),
      );
      expect(told).toEqual([{ type: 'CorrectionOrdered' }, { type: 'CorrectionEscalated' }]);
      const reported = await done('head', 'reportCorrection', { ...seen(escalated), measures: '已改正' });
      const accept = { ...seen(reported.order), decision: 'ACCEPT', remark: '认可' };
      expect(refusal(await ask('xiaodian', 'closeCorrection', accept))).toBe('OUT_OF_JURISDICTION');
      expect((await done('taiyuan', 'closeCorrection', accept)).order.state).toBe('CLOSED');
    },
  );
});
