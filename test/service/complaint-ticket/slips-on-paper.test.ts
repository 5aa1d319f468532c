import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { readPdf } from '#test/support/pictures.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { city, county, reporter, type TicketDesk, technical, ticketDeskOf } from './ticket-desk.ts';

/** Slips downloaded in the layout of their forms, each reader its own. */
describe('a slip on paper', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const addressOf = async (who: Desk, id: string): Promise<string | null> => {
    const fields = '... on VerificationSlip { paperUrl } ... on SupervisionSlip { paperUrl }';
    const answer = await desk.desk.ask<{ ticket: { paperUrl: string | null } }>(
      who,
      `query ($id: ID!) { ticket(id: $id) { ${fields} } }`,
      { id },
    );
    return desk.desk.answered(answer).ticket.paperUrl;
  };
  const fetchAs = async (who: Desk | null, url: string | null): Promise<Response> => {
    const { pathname, search } = new URL(url ?? '');
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who };
    const headers: Record<string, string> =
      who === null ? {} : { authorization: `Bearer ${await registry.network.tokenFor(claims)}` };
    return fetch(`${registry.gatewayUrl}${pathname}${search}`, { headers });
  };
  const textOf = async (response: Response): Promise<string> => {
    expect(response.status).toBe(200);
    const { text } = await readPdf(Buffer.from(await response.arrayBuffer()), 0.1);
    return text.replaceAll(/\s/g, '');
  };
  const issued = async (to: string) => {
    const { child, ticket } = await desk.filed({ against: ['140105'] });
    const slip = await desk.after(
      desk.verify(technical(city), ticket, {
        ...{ to, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111', dueOn: '2026-09-09' },
      }),
    );
    return { child, slip };
  };

  test(holds('TKT-10', 'is downloaded by both its units, and that is put on record'), async () => {
    const { child, slip } = await issued('140105');
    const response = await fetchAs(county.registrar, await addressOf(county.registrar, slip.id));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store' },
      'content-disposition': 'attachment; filename="slip.pdf"',
    });
    const text = await textOf(response);
    for (const words of ['问题核查单', child.name, '完成时限2026年9月9日', '责任人乙', '小店区教育局'])
      expect(text).toContain(words);
    expect(text).not.toContain(reporter.name);
    const issuers = await textOf(await fetchAs(city.head, await addressOf(city.head, slip.id)));
    expect(issuers).toContain(`问题反映人姓名${reporter.name}性别女年龄36`);
    const reads = await asWorker(registry.network.service('complaint-ticket').core.worker, (tx) =>
      query<{ full: boolean }>(
        tx,
        `select full_values as full from read_audit where operation = 'slip as paper' and $1::uuid = any(persons)`,
        [child.person],
      ),
    );
    expect(reads).toEqual([{ full: true }, { full: true }]);
  });

  test(breaks('TKT-16', 'does not tell the school concerned who reported'), async () => {
    const { child, slip } = await issued(taiyuanPrimary);
    const { registrar } = schoolDesks(taiyuanPrimary);
    const text = await textOf(await fetchAs(registrar, await addressOf(registrar, slip.id)));
    expect(text).toContain(child.name);
    expect(text).not.toContain(reporter.name);
    expect(text).not.toContain(reporter.phone);
  });

  test(breaks('PRV-12', 'opens for nobody else, and not without its token'), async () => {
    const { slip } = await issued('140105');
    const url = await addressOf(county.registrar, slip.id);
    expect((await fetchAs(null, url)).status).toBe(401);
    expect((await fetchAs({ ...county.registrar, sub: 'somebody-else' }, url)).status).toBe(403);
    expect((await fetchAs(county.registrar, url?.replace('?t=', '?t=A') ?? '')).status).toBe(403);
    expect((await fetchAs(county.registrar, url?.replace(/\?.*/, '') ?? '')).status).toBe(403);
    registry.clock.moveTo(new Date(Date.parse(registry.clock.now()) + 11 * 60_000).toISOString());
    expect((await fetchAs(county.registrar, url)).status).toBe(403);
  });

  test('has no form where it is a complaint', async () => {
    const { ticket } = await desk.filed({ against: ['140105'] });
    const token = new URL((await addressOf(city.head, (await issued('140105')).slip.id)) ?? '').search;
    const other = `http://127.0.0.1/slips/${ticket.id}${token}`;
    expect((await fetchAs(city.head, other)).status).toBe(403);
  });
});
