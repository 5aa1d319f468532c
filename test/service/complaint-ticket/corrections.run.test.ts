import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary, type Told, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  city,
  county,
  errorsOf,
  province,
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

type Order = { id: string; version: number; state: string; deadline: string; ticket: string | null };
type Payload = { order: Order | null; findings: Told[] };
type Correction = {
  order: string;
  target: string;
  state: string;
  orderedBy: string;
  deadline: string;
};

/** Orders to correct that rest on what a ticket has shown. */
describe('an order to correct because of a ticket', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeEach(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterEach(() => registry?.stop());

  const move = async (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    desk.desk.ask<{ payload: Payload }>(
      who,
      `mutation ($input: ${type}!) { payload: ${name}(input: $input) {
        order { id version state deadline ticket } findings { ruleId code path } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const tryOrder = (who: Desk, ticket: string, more: Record<string, unknown> = {}) =>
    move(who, 'issueCorrectionOrder', 'IssueCorrectionOrderInput', {
      ...{ ticket, school: taiyuanPrimary, kind: 'CHANGES_NOT_ARCHIVED', evidence: '材料未归档' },
      ...more,
    });
  const ordered = async (...of: Parameters<typeof tryOrder>): Promise<Payload> =>
    desk.desk.answered(await tryOrder(...of)).payload;
  const refused = async (...of: Parameters<typeof tryOrder>): Promise<string[]> =>
    (await ordered(...of)).findings.map(({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`);
  const corrections = async (who: Desk, id: string): Promise<Correction[]> => {
    await desk.atRest();
    const answer = await desk.desk.ask<{ ticket: { corrections: Correction[] } }>(
      who,
      'query ($id: ID!) { ticket(id: $id) { corrections { order target state orderedBy deadline } } }',
      { id },
    );
    return desk.desk.answered(answer).ticket.corrections;
  };
  const supervising = {
    ...{ responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111', dueOn: '2026-09-09' },
    handlingOpinion: '请于期限内恢复学籍',
  };
  const handled = { handler: '承办人丙', handlerPhone: '0351-2222222', handlingResult: '已办' };
  const complained = async (): Promise<Ticket> => (await desk.filed({ against: [taiyuanPrimary] })).ticket;
  const supervised = async (): Promise<Ticket> =>
    desk.after(desk.supervise(county.head, await complained(), { to: taiyuanPrimary, ...supervising }));

  test(holds('ORG-23', 'rests on a slip that was missed, and the ticket shows where it stands'), async () => {
    const slip = await supervised();
    registry.clock.moveTo('2026-09-10T00:10:00+08:00');
    await desk.atRest();
    const { order } = await ordered(county.head, slip.id);
    expect(order).toMatchObject({ state: 'ORDERED', ticket: slip.id });
    expect(await corrections(county.head, slip.id)).toEqual([
      {
        ...{ order: order?.id, target: taiyuanPrimary, state: 'ORDERED' },
        ...{ orderedBy: '140105', deadline: order?.deadline },
      },
    ]);
    const seen = { order: order?.id, expectedVersion: order?.version };
    const report = await move(sending.head, 'reportCorrection', 'ReportCorrectionInput', {
      ...{ ...seen, measures: '已补归档' },
    });
    // Whoever is to correct is told of the order, and not because of which ticket.
    expect(desk.desk.answered(report).payload.order).toMatchObject({ state: 'REPORTED', ticket: null });
    expect(await corrections(county.head, slip.id)).toMatchObject([{ state: 'REPORTED' }]);
    const done = { decision: 'ACCEPT', remark: '同意', order: order?.id, expectedVersion: 2 };
    desk.desk.answered(await move(county.head, 'closeCorrection', 'CloseCorrectionInput', done));
    expect(await corrections(city.head, slip.id)).toMatchObject([{ state: 'CLOSED' }]);
    expect(await corrections(sending.head, slip.id)).toEqual([]);
  });

  test(holds('ORG-21', 'rests on an answer that was sent back, and on a complaint found true'), async () => {
    const slip = await supervised();
    expect(await refused(county.head, slip.id)).toEqual(['ORG-23 NO_GROUND_TO_CORRECT ticket']);
    const answered = await desk.after(desk.answerSupervision(sending.head, slip, handled));
    expect(await refused(county.head, slip.id)).toEqual(['ORG-23 NO_GROUND_TO_CORRECT ticket']);
    await desk.after(desk.sendBack(county.head, answered, { reason: '请附证明', dueOn: '2026-09-11' }));
    expect((await ordered(county.head, slip.id)).order?.ticket).toBe(slip.id);
    const complaint = await complained();
    expect(await refused(county.head, complaint.id)).toEqual(['ORG-23 NO_GROUND_TO_CORRECT ticket']);
    await desk.after(desk.handle(county.registrar, complaint, { result: '属实' }));
    expect((await ordered(county.head, complaint.id)).order?.ticket).toBe(complaint.id);
  });

  test(holds('ORG-20', 'goes to an authority by the one above it that handles the complaint'), async () => {
    const { ticket } = await desk.filed({ against: ['140105'] });
    const facts = { school: null, unit: '140105', kind: 'BREACH_BY_AUTHORITY' };
    await desk.after(desk.handle(city.registrar, ticket, { result: '属实' }));
    expect((await ordered(city.head, ticket.id, facts)).order?.ticket).toBe(ticket.id);
    expect(await corrections(city.head, ticket.id)).toMatchObject([
      { target: '140105', orderedBy: '140100' },
    ]);
  });

  test(breaks('ORG-23', 'is refused for all that is wrong with it at once'), async () => {
    const ticket = await complained();
    const facts = { school: '2114000002' };
    expect(await refused(technical(county), ticket.id, facts)).toEqual([
      'TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE ticket',
      'ORG-23 NO_GROUND_TO_CORRECT ticket',
      'ORG-23 NOT_PARTY_TO_TICKET school',
    ]);
  });

  test(
    breaks('PRV-12', 'rests on no ticket of another unit, which is as one that is not there'),
    async () => {
      const slip = await supervised();
      const other = { school: otherTaiyuanPrimary };
      for (const id of [slip.id, randomUUID()])
        expect(await errorsOf(tryOrder(yingze.head, id, other))).toEqual(['OUT_OF_JURISDICTION']);
      expect(await errorsOf(tryOrder(province.head, slip.id))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );
});
