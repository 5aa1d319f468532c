import { archiveDeskOf } from '#test/service/archive/archive-desk.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { keyDeskOf } from '#test/service/identity/key-desk.ts';
import { beiguan, type Pupil, sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { city, county, type Ticket, type TicketDesk, ticketDeskOf } from './ticket-desk.ts';

type Draft = {
  lateUnit: string | null;
  matter: string;
  steps: { party: string; unit: string; lateBy: number }[];
  findings: { ruleId: string }[];
};
type Named = { kind: string; id: string };

/** Cases of every kind fill slips and are shown from both sides: about registrations, key information, and archives on their way. */
describe('a slip about a case that is no transfer', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const inTheEnd = async (instant: string): Promise<void> => {
    await desk.atRest();
    registry.clock.moveTo(instant);
    await desk.atRest();
  };
  const drafted = async (who: Desk, of: Named): Promise<Draft> =>
    desk.desk.answered(
      await desk.desk.ask<{ slipDraftFromCase: Draft }>(
        who,
        `query ($case: TicketCaseInput!) { slipDraftFromCase(case: $case) { lateUnit matter
          steps { party unit lateBy } findings { ruleId } } }`,
        { case: of },
      ),
    ).slipDraftFromCase;
  /** A complaint about a case, which names it by what its own service tells of it. */
  const complained = (
    { child, parent }: { child: Pupil; parent: Desk },
    of: Named,
    lateUnit: string,
  ): Promise<Ticket> => desk.after(desk.file(parent, { student: child.person, case: of, lateUnit }));
  /** What the owner of the case tells of it beside the ticket, and the ticket beside the case. */
  const bothWays = async (who: Desk, ticket: string, type: string, field: string) => {
    const answer = await desk.desk.ask<{
      ticket: { case: { id: string; owns: unknown; tickets: { id: string }[] } };
    }>(
      who,
      `query ($id: ID!) { ticket(id: $id) { case { ... on ${type} { id owns: ${field} tickets { id } } } } }`,
      { id: ticket },
    );
    return desk.desk.answered(answer).ticket.case;
  };
  const hidden = async (who: Desk, of: Named): Promise<(string | undefined)[]> =>
    (
      await desk.desk.ask(who, 'query ($c: TicketCaseInput!) { slipDraftFromCase(case: $c) { matter } }', {
        c: of,
      })
    ).errors.map(({ extensions }) => extensions.code);

  test('names the article of a suspension that its school or its authority has not decided', async () => {
    const family = await desk.household();
    const { child } = family;
    const opened = await desk.desk.after(
      desk.desk.request(sending.registrar, 'requestSuspension', 'SuspensionInput', {
        ...{
          enrollment: child.enrollment,
          expectedVersion: (await desk.transfers.registrationOf(child.person))?.version,
        },
        ...{ reasonGiven: true, ground: 'ILLNESS', from: '2026-09-10', to: '2027-09-09' },
        ...{ missedHours: 200, termHours: 600 },
        evidence: [
          await desk.desk.paper(sending.registrar, 'APPLICATION_FORM', null),
          await desk.desk.paper(sending.registrar, 'HOSPITAL_RECORD'),
        ],
      }),
    );
    const of = { kind: 'ENROLLMENT', id: opened.id };
    await inTheEnd('2026-09-18T10:00:00+08:00');
    expect(await drafted(county.head, of)).toMatchObject({
      ...{ lateUnit: taiyuanPrimary, matter: expect.stringContaining('休学办理经过') },
      ...{ steps: [{ party: 'SCHOOL', unit: taiyuanPrimary, lateBy: 2 }], findings: [{ ruleId: 'ENR-67' }] },
    });
    await desk.desk.after(desk.desk.decide(sending.head, opened, 'APPROVE'));
    await desk.atRest();
    expect(await drafted(city.head, of)).toMatchObject({
      lateUnit: null,
      steps: [
        { party: 'SCHOOL', lateBy: 2 },
        { party: 'AUTHORITY', unit: '140105', lateBy: 0 },
      ],
    });
    const ticket = await complained(family, of, '140105');
    expect(ticket).toMatchObject({ unit: '140100', case: { __typename: 'EnrollmentCase', id: opened.id } });
    expect(await bothWays(city.head, ticket.id, 'EnrollmentCase', 'state')).toEqual({
      ...{ id: opened.id, owns: 'RUNNING', tickets: [{ id: ticket.id }] },
    });
    expect(await hidden(beiguan.head, of)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test('tells whose turn a change of key information is', async () => {
    const family = await desk.household();
    const { child } = family;
    const keys = keyDeskOf(registry);
    const change = await keys.after(keys.request(child.person, { name: '改名' }));
    const of = { kind: 'KEY_CHANGE', id: change.id };
    await desk.atRest();
    const draft = await drafted(county.head, of);
    expect(draft.steps.map(({ unit }) => unit)).toEqual(change.steps.map(({ unit }) => unit));
    expect(draft.matter).not.toContain('改名');
    const ticket = await complained(family, of, taiyuanPrimary);
    expect(await bothWays(county.head, ticket.id, 'KeyInformationChange', 'state')).toEqual({
      ...{ id: change.id, owns: change.state, tickets: [{ id: ticket.id }] },
    });
    expect(await hidden(yingze.head, of)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test('tells who is to pass an archive on, and who has it on its way', async () => {
    const archives = archiveDeskOf(registry);
    const family = await desk.household();
    const { child } = family;
    const begun = await desk.transfers.nearlyApproved(child);
    await registry.settled();
    await desk.transfers.approve(yingze, begun);
    await desk.transfers.atRest();
    await desk.atRest();
    const { id } = await archives.seen(sending.registrar, child.person);
    const of = { kind: 'ARCHIVE_HANDOVER', id };
    expect((await drafted(yingze.head, of)).steps).toEqual([
      { party: 'CUSTODIAN', unit: taiyuanPrimary, lateBy: 0 },
    ]);
    await archives.step(sending.registrar, 'handOverArchive', child.person);
    await desk.atRest();
    expect((await drafted(yingze.head, of)).steps.map(({ party, unit }) => [party, unit])).toEqual([
      ['CUSTODIAN', taiyuanPrimary],
      ['RECEIVER', otherTaiyuanPrimary],
    ]);
    const ticket = await complained(family, of, otherTaiyuanPrimary);
    expect(await bothWays(yingze.head, ticket.id, 'StudentArchive', 'state')).toEqual({
      ...{ id, owns: 'ON_ITS_WAY', tickets: [{ id: ticket.id }] },
    });
    expect(await hidden(beiguan.head, of)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
