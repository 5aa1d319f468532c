import { registrarOperations } from '#test/service/organization/registrar-operations.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { codes, county, type TicketDesk, ticketDeskOf } from './ticket-desk.ts';

/** Hands through which tickets go, as the register of accounts knows them. */
describe('work on a ticket', () => {
  let registry: Registry;
  let desk: TicketDesk;
  const accounts = registrarOperations(() => ({ ...registry.network, as: registry.ask }));

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** A slip with the school, given to somebody of its own whose account is open. */
  const inHands = async () => {
    const clerk = await accounts.inPost({ school: sending.school });
    await registry.settled();
    const { ticket } = await desk.filed();
    const slip = await desk.after(
      desk.supervise(county.head, ticket, {
        ...{ to: sending.school, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' },
        ...{ dueOn: '2026-09-09', handlingOpinion: '请办理' },
      }),
    );
    const held = await desk.after(desk.assign(sending.head, slip, { to: clerk.subject }));
    expect(held.assignedTo).toBe(clerk.subject);
    return { clerk, slip: held, ticket };
  };

  test('goes to nobody whose post is elsewhere', async () => {
    const { clerk } = await inHands();
    const { ticket } = await desk.filed();
    expect(codes(await desk.assign(county.head, ticket, { to: clerk.subject }))).toEqual([
      'NOT_AT_THIS_POST',
    ]);
    const handOver = { idempotencyKey: 'elsewhere', from: 'one', to: clerk.subject };
    const { handOverTickets } = desk.desk.answered(
      await desk.desk.ask<{ handOverTickets: { findings: { code: string }[] } }>(
        county.head,
        'mutation ($i: HandOverTicketsInput!) { handOverTickets(input: $i) { handedOver findings { code } } }',
        { i: handOver },
      ),
    );
    expect(handOverTickets).toEqual({ handedOver: 0, findings: [{ code: 'NOT_AT_THIS_POST' }] });
  });

  test('is with the unit again when somebody leaves the post, who gets no more of it', async () => {
    const { clerk, slip } = await inHands();
    expect(await desk.list(sending.head, { unassigned: true })).not.toContain(slip.id);
    await accounts.passed('xiaodian', 'replaceRegistrar', accounts.seen(clerk));
    await registry.settled();
    const free = await desk.seen(sending.head, slip.id);
    expect(free).toMatchObject({ assignedTo: null, state: 'ISSUED' });
    expect((await desk.seen(county.head, slip.id)).history.at(-1)).toMatchObject({
      act: 'RELEASED',
      by: null,
    });
    expect(await desk.list(sending.head, { unassigned: true })).toContain(slip.id);
    expect(codes(await desk.assign(sending.head, free, { to: clerk.subject }))).toEqual(['NOT_AT_THIS_POST']);
  });
});
