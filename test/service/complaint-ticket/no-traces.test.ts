import { createLog } from '#libs/platform/log/log.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { holds } from '#test/support/rules.ts';
import { callCentre, county, type TicketDesk, technical, ticketDeskOf } from './ticket-desk.ts';

/** What people say in tickets, of themselves and of others: each a word that nothing else says. */
const said = {
  name: '暗语反映人',
  phone: '13711223344',
  idDocumentNumber: '140105199003074321',
  matter: '暗语事由',
  studentNamed: '暗语学生',
  studentNumber: 'G140105201403079876',
  note: '暗语备注',
  inside: '暗语内部',
  responsible: '暗语责任人',
  responsiblePhone: '0351-7654321',
  opinion: '暗语意见',
  handler: '暗语承办人',
  handlerPhone: '0351-1234567',
  result: '暗语结果',
  reason: '暗语理由',
  document: '140105201403071233',
};
const secrets = Object.values(said);

/** Nothing that is said in a ticket lies about in plain. */
describe('of what is said in a ticket', () => {
  let registry: Registry;
  let desk: TicketDesk;
  const lines: string[] = [];
  const refusals: string[] = [];

  beforeAll(async () => {
    const log = (service: string) =>
      createLog({ service, level: 'debug', destination: { write: (line) => void lines.push(line) } });
    registry = await startRegistry({ transfers: true, tickets: true, log });
    desk = ticketDeskOf(registry);
    await live();
    await desk.atRest();
  });
  afterAll(() => registry?.stop());

  const { name, phone, idDocumentNumber } = said;
  const reporter = { name, phone, idDocumentNumber, birthDate: '1990-03-07' };
  const refused = async (answer: Promise<{ errors: unknown[] }>) =>
    void refusals.push(JSON.stringify((await answer).errors));

  /** A complaint with all that may be said in it, and orders in which it stands where it does not belong. */
  const live = async (): Promise<void> => {
    const studentNamed = { name: said.studentNamed, studentNumber: said.studentNumber };
    const ticket = await desk.after(
      desk.file(county.registrar, { matter: said.matter, reporter, studentNamed, channel: 'PHONE' }),
    );
    const noted = await desk.after(desk.note(county.head, ticket, { words: said.note }));
    const inside = await desk.after(desk.note(county.head, noted, { words: said.inside, inside: true }));
    const slip = {
      ...{ to: taiyuanPrimary, responsiblePerson: said.responsible, responsiblePhone: said.responsiblePhone },
      ...{ dueOn: '2026-09-09', handlingOpinion: said.opinion },
    };
    const given = await desk.after(desk.supervise(county.head, inside, slip));
    const done = { handler: said.handler, handlerPhone: said.handlerPhone, handlingResult: said.result };
    await desk.after(desk.answerSupervision(sending.head, await desk.seen(sending.head, given.id), done));
    const reason = { reason: said.reason, dueOn: '2026-09-10' };
    await desk.after(desk.sendBack(county.head, await desk.seen(county.head, given.id), reason));
    await desk.after(desk.answerSupervision(sending.head, await desk.seen(sending.head, given.id), done));
    await desk.after(
      desk.close(county.head, await desk.seen(county.head, ticket.id), { result: said.result }),
    );
    await desk.desk.ask(
      callCentre,
      `mutation ($input: EnquireStudentNumberInput!) {
        enquireStudentNumber(input: $input) { findings { code message } } }`,
      {
        input: {
          ...{ idempotencyKey: 'enquiry', channel: 'PHONE', asks: 'STUDENT', phone },
          student: { name: said.studentNamed, documentNumber: said.document },
        },
      },
    );
    const wrong = { ticket: ticket.id, expectedVersion: 99, result: said.result };
    await refused(desk.tryOn(county.head, 'closeTicket', 'TicketResultInput', wrong));
    await refused(desk.tryOn(county.head, 'issueVerificationSlip', 'IssueSlipInput', { ...wrong, ...slip }));
    const misplaced = desk.complaint({ matter: said.matter, reporter: { ...reporter, phone: said.name } });
    await refused(desk.tryOn(county.registrar, 'fileComplaint', 'FileComplaintInput', misplaced));
    for (const who of [county.head, technical(county)])
      await refused(
        desk.tryOn(who, 'addTicketNote', 'TicketNoteInput', {
          ...{ ticket: said.idDocumentNumber, expectedVersion: 1, words: said.note },
        }),
      );
  };

  const found = (texts: readonly string[]): string[] =>
    secrets.filter((secret) => texts.some((text) => text.includes(secret)));

  test(holds('PRV-16', 'no table, event or answer kept for a repetition holds a word in plain'), async () => {
    const tables = await desk.counter.rows<{ name: string }>(
      'complaint-ticket',
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = current_schema() and table_type = 'BASE TABLE'`,
      [],
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name: table } of tables) {
      const rows = await desk.counter.rows<{ text: string }>(
        'complaint-ticket',
        `select row_to_json(t)::text as text from ${table} t`,
        [],
      );
      expect([table, found(rows.map(({ text }) => text))]).toEqual([table, []]);
    }
  });

  test('no log line, measure or refusal names one', async () => {
    expect(lines.length).toBeGreaterThan(20);
    expect(found(lines)).toEqual([]);
    const page = await fetch(`${registry.network.service('complaint-ticket').url}/metrics`);
    expect(found([await page.text()])).toEqual([]);
    expect(refusals.every((refusal) => refusal !== '[]')).toBe(true);
    expect(found(refusals)).toEqual([]);
  });
});
