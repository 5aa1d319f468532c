import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { receiving, sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { city, codes, county, errorsOf, type Ticket, type TicketDesk, ticketDeskOf } from './ticket-desk.ts';

/** Papers that lie with tickets: whose they are, who reads them, and what comes in with words. */
describe('a paper of a ticket', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const uploadBy = async (who: Desk): Promise<string> =>
    (await desk.desk.paper(who, 'APPLICATION_FORM')).upload;
  /** A complaint of a school about its own pupil, with a paper of the school's. */
  const withPaper = async (): Promise<{ ticket: Ticket; upload: string }> => {
    const child = await desk.transfers.pupil();
    const filed = await desk.after(desk.file(sending.registrar, { student: child.person }));
    const upload = await uploadBy(sending.registrar);
    return { ticket: await desk.after(desk.attach(sending.registrar, filed, { uploads: [upload] })), upload };
  };
  const get = async (url: string, who: Desk | null): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who };
    const headers: Record<string, string> =
      who === null ? {} : { authorization: `Bearer ${await registry.network.tokenFor(claims)}` };
    return fetch(`${registry.gatewayUrl}${pathname}${search}`, { headers });
  };
  const linkOf = async (who: Desk, id: string): Promise<string> => {
    const [paper] = (await desk.seen(who, id)).attachments;
    if (paper === undefined) throw new Error('There is no paper');
    return paper.url;
  };

  test(
    holds(
      'PRV-13',
      'is fetched by those who take part, as a file that nothing shows in place, and written down',
    ),
    async () => {
      const { ticket, upload } = await withPaper();
      expect(ticket.attachments).toMatchObject([
        { id: upload, mediaType: 'application/pdf', unit: taiyuanPrimary },
      ]);
      const answer = await get(await linkOf(county.registrar, ticket.id), county.registrar);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="paper.pdf"');
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
      const readings = await desk.counter.rows<{ caller: string; persons: string[] }>(
        'enrollment',
        `select caller, persons from read_audit where purpose = 'TICKET_PAPER' and operation = $1`,
        [`ticket paper ${upload}`],
      );
      expect(readings).toEqual([{ caller: county.registrar.sub, persons: [ticket.student?.id] }]);
    },
  );

  test(
    breaks('TKT-16', 'is shown to nobody above those who take part, and fetched by no other than its reader'),
    async () => {
      const { ticket } = await withPaper();
      expect((await desk.seen(city.head, ticket.id)).attachments).toEqual([]);
      const link = await linkOf(county.registrar, ticket.id);
      expect((await get(link, null)).status).toBe(401);
      for (const who of [county.head, city.head, sending.registrar, receiving.registrar])
        expect((await get(link, who)).status).toBe(403);
      expect((await get(link.replace(/t=.*/, 't=abc'), county.registrar)).status).toBe(403);
      const { child: _, ...family } = await desk.filed();
      expect(
        await errorsOf(
          desk.tryOn(city.registrar, 'attachToTicket', 'AttachToTicketInput', {
            ...{ ticket: family.ticket.id, expectedVersion: 1, uploads: [randomUUID()] },
          }),
        ),
      ).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('is kept for good once it lies with a ticket, and serves no other', async () => {
    const { upload } = await withPaper();
    await registry.settled();
    const [kept] = await desk.counter.rows<{ taken: boolean }>(
      'enrollment',
      'select taken_at is not null as taken from upload where upload_id = $1',
      [upload],
    );
    expect(kept?.taken).toBe(true);
    const child = await desk.transfers.pupil();
    const other = await desk.after(desk.file(sending.registrar, { student: child.person }));
    const again = { ticket: other.id, expectedVersion: other.version, uploads: [upload] };
    expect(
      await errorsOf(desk.tryOn(sending.registrar, 'attachToTicket', 'AttachToTicketInput', again)),
    ).toEqual(['BAD_USER_INPUT']);
  });

  test('is put to a slip by both sides, and comes to nothing that is over', async () => {
    const { ticket } = await desk.filed();
    const slip = await desk.after(
      desk.supervise(county.head, ticket, {
        ...{ to: taiyuanPrimary, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' },
        ...{ dueOn: '2026-09-09', handlingOpinion: '请办理' },
      }),
    );
    const upload = await uploadBy(sending.registrar);
    const proven = await desk.after(desk.attach(sending.registrar, slip, { uploads: [upload] }));
    expect(proven.attachments).toHaveLength(1);
    expect((await desk.seen(county.head, slip.id)).attachments).toHaveLength(1);
    await desk.after(
      desk.withdraw(county.head, await desk.seen(county.head, slip.id), { reason: '不再需要' }),
    );
    const over = await desk.seen(sending.registrar, slip.id);
    const another = await uploadBy(sending.registrar);
    expect(codes(await desk.attach(sending.registrar, over, { uploads: [another] }))).toEqual([
      'TICKET_STATE',
    ]);
  });

  test('a description of ten megabytes, and a history of whole books, are refused', async () => {
    const { child, parent } = await desk.household();
    const huge = desk.complaint({ student: child.person, matter: '长'.repeat(3_500_000) });
    const filed = await desk.tryOn(parent, 'fileComplaint', 'FileComplaintInput', huge).then(
      ({ data }) => data?.fileComplaint ?? null,
      () => null,
    );
    expect(filed).toBeNull();
    expect(await desk.list(parent)).toEqual([]);
    const { ticket } = await desk.filed();
    expect(
      await errorsOf(
        desk.tryOn(county.registrar, 'addTicketNote', 'TicketNoteInput', {
          ...{ ticket: ticket.id, expectedVersion: 1, words: '长'.repeat(5_001) },
        }),
      ),
    ).toEqual(['BAD_USER_INPUT']);
  });
});
