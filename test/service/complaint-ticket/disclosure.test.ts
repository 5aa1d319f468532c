import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { asking, client, codes, disclosureDeskOf } from './disclosure-desk.ts';
import { city, county, province } from './ticket-desk.ts';

/** Who outside may have registration information, and who says so. */
describe('a request for registration information', () => {
  let registry: Registry;
  let at: ReturnType<typeof disclosureDeskOf>;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    at = disclosureDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const errorsOf = ({ errors }: { errors: { extensions: { code?: string } }[] }) =>
    errors.map(({ extensions }) => extensions.code);
  const eventsOf = async (id: string): Promise<string[]> =>
    (
      await at.counter.rows<{ type: string }>(
        'complaint-ticket',
        `select type from (select type, aggregate_id, version from event_log
           union select type, aggregate_id, version from outbox) e where aggregate_id = $1 order by version`,
        [`disclosure:${id}`],
      )
    ).map(({ type }) => type);

  test(
    holds('PRV-02', 'is granted upon a government’s approval or a law, by two persons of the holder'),
    async () => {
      const who = await at.registered();
      const asked = await at.after(at.request(who));
      expect(asked).toMatchObject({ state: 'REQUESTED', client: who.sub, dueOn: '2026-09-16' });
      expect((await at.list(county.registrar, { mine: true })).map(({ id }) => id)).toContain(asked.id);
      const checked = await at.after(at.decide(county.registrar, asked, { reason: '批文属实' }));
      expect(checked.state).toBe('BASIS_CHECKED');
      const granted = await at.after(at.decide(county.head, checked));
      expect(granted).toMatchObject({ state: 'APPROVED', expired: false });
      expect(granted.watermark).toMatch(/^[0-9a-f]{16}$/);
      expect(await eventsOf(asked.id)).toEqual(['DisclosureRequested', 'DisclosureDecided']);
      const byLaw = { basis: { kind: 'LAW', provision: '义务教育法第十四条' } };
      expect((await at.granted(who, byLaw)).state).toBe('APPROVED');
    },
  );

  test(
    breaks('PRV-02', 'is refused with its article on a township’s word; all that is missing is told at once'),
    async () => {
      const who = await at.registered();
      const township = { basis: { ...asking.basis, level: 'TOWNSHIP' } };
      const { disclosure, findings } = await at.request(who, township);
      expect(disclosure).toBeNull();
      expect(findings).toMatchObject([
        { ruleId: 'PRV-02', code: 'DISCLOSURE_NOT_APPROVED', outcome: 'REJECT' },
      ]);
      expect(findings[0]?.basis).toMatchObject([{ article: '第五十条第二款' }]);
      const bare = { unit: '140105', fields: [], profile: 'MASKED' };
      const answer = await at.order(client('nobody'), 'requestDisclosure', 'RequestDisclosureInput', bare);
      expect(codes(answer)).toEqual([
        ...['DISCLOSURE_NOT_APPROVED', 'APPROVER_MISSING', 'GRANT_SCOPE_INCOMPLETE'],
        ...['GRANT_SCOPE_INCOMPLETE', 'GRANT_SCOPE_INCOMPLETE', 'CLIENT_NOT_REGISTERED'],
      ]);
      expect(await at.list(who)).toEqual([]);
    },
  );

  test(
    holds('PRV-03', 'is granted in Beiguan by its bureau’s written approval besides law or government'),
    async () => {
      const who = await at.registered();
      const written = { unit: '410503', bureauDocument: '局批〔2026〕1号' };
      expect((await at.request(who, written)).disclosure?.state).toBe('REQUESTED');
    },
  );

  test(
    breaks('PRV-03', 'needs an approval there too, and purpose, fields and day all the same'),
    async () => {
      const who = await at.registered();
      for (const unit of ['410503', '410000'])
        expect((await at.request(who, { unit })).findings).toMatchObject([
          { ruleId: 'PRV-03', code: 'DISCLOSURE_NOT_APPROVED', path: ['bureauDocument'] },
        ]);
      const open = { purpose: null, fields: [], validUntil: '2020-01-01', approvedBy: null };
      const written = { unit: '410503', bureauDocument: '局批〔2026〕1号' };
      expect((await at.request(who, { ...written, ...open })).disclosure).toBeNull();
    },
  );

  test(holds('PRV-06', 'carries who answers for the approval'), async () => {
    const who = await at.registered();
    const { id } = await at.granted(who);
    const rows = await at.counter.rows<{ approved_by: string }>(
      'complaint-ticket',
      'select approved_by from disclosure where disclosure_id = $1',
      [id],
    );
    expect(rows).toEqual([{ approved_by: asking.approvedBy }]);
  });

  test(breaks('PRV-06', 'goes nowhere without anybody who answers for it'), async () => {
    expect(codes(await at.request(await at.registered(), { approvedBy: ' ' }))).toEqual(['APPROVER_MISSING']);
  });

  test(holds('PRV-07', 'is heard from a registered system'), async () => {
    expect((await at.request(await at.registered())).findings).toEqual([]);
  });

  test(breaks('PRV-07', 'is not heard from one that nobody has registered'), async () => {
    expect(codes(await at.request(client('unknown')))).toEqual(['CLIENT_NOT_REGISTERED']);
  });

  test(breaks('ACC-18', 'is not decided before it is checked, nor by who checked it'), async () => {
    const asked = await at.after(at.request(await at.registered()));
    expect(codes(await at.decide(county.head, asked))).toEqual(['STEP_NOT_HANDLED']);
    const checked = await at.after(at.decide(county.registrar, asked));
    const both = { ...county.head, sub: county.registrar.sub };
    expect(codes(await at.decide(both, checked, { decision: 'REFUSE' }))).toEqual([
      ...['SAME_PERSON_HANDLES_AND_DECIDES', 'DECISION_REASON_MISSING'],
    ]);
    const refused = await at.after(
      at.decide(county.head, checked, { decision: 'REFUSE', reason: '用途不符' }),
    );
    expect(refused.state).toBe('REFUSED');
    expect(codes(await at.decide(county.head, refused))).toEqual(['DISCLOSURE_STATE']);
  });

  test(holds('ACC-18', 'is revoked by the head of the holder, and that once'), async () => {
    const grant = await at.granted(await at.registered());
    const revoked = await at.after(at.revoke(county.head, grant));
    expect(revoked).toMatchObject({ state: 'REVOKED', revokedOn: registry.clock.today() });
    expect(codes(await at.revoke(county.head, revoked))).toEqual(['DISCLOSURE_STATE']);
    expect((await eventsOf(grant.id)).at(-1)).toBe('DisclosureRevoked');
  });

  test(breaks('PRV-12', 'is nobody’s but the client’s, the holder’s and those above it'), async () => {
    const [who, other] = [await at.registered(), await at.registered()];
    const { id, version } = await at.after(at.request(who));
    expect((await at.list(who)).map((each) => each.id)).toEqual([id]);
    expect(await at.list(other)).toEqual([]);
    expect((await at.list(city.head)).map((each) => each.id)).toContain(id);
    const order = { disclosure: id, expectedVersion: version, decision: 'APPROVE' };
    for (const [whose, known] of [
      [city.registrar, order],
      [province.head, order],
      [county.registrar, { ...order, disclosure: randomUUID() }],
      [who, order],
    ] as const)
      expect(errorsOf(await at.tryOn(whose, 'decideDisclosure', 'DecideDisclosureInput', known))).toEqual([
        'OUT_OF_JURISDICTION',
      ]);
  });

  test('names fields that may go out at all, and no other', async () => {
    const who = await at.registered();
    const input = { ...asking, fields: ['Student.guardians', 'Student.identityDocument'] };
    const answer = await at.tryOn(who, 'requestDisclosure', 'RequestDisclosureInput', input);
    expect(errorsOf(answer)).toEqual(['BAD_USER_INPUT']);
  });
});
