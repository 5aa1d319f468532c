import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Told, taiyuanPrimary } from './counter.ts';
import { type LedgerDesk, ledgerDeskOf } from './ledger-desk.ts';
import { girl } from './pupils.ts';

type Deferral = { id: string; version: number; state: string; county: string; child: { name: string } };
type Answer = { deferral: Deferral | null; findings: Told[] };

const told = 'findings { ruleId outcome code }';
const fields = 'id version state county child { name }';

/** Entry that is put off, between guardian and county of the household (W-06); tests follow one another in time. */
describe('a deferral of entry', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let ledger: LedgerDesk;

  beforeAll(async () => {
    registry = await startRegistry({ start: '2026-08-20T09:00:00+08:00' });
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    ledger = ledgerDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const guardian: Desk = { sub: 'guardian-of-nobody', level: 'NONE', roles: ['GUARDIAN'] };
  const county = authorityDesks('140105');
  const bureau = authorityDesks('410503');
  const child = (name: string, more: Record<string, unknown> = {}) => ({
    name,
    birthDate: '2020-05-06',
    grounds: '先天性心脏病手术后休养',
    ...more,
  });

  const send = async (who: Desk, name: string, type: string, input: object): Promise<Answer> =>
    desk.answered(
      await desk.ask<Record<string, Answer>>(
        who,
        `mutation ($input: ${type}!) { ${name}(input: $input) { deferral { ${fields} } ${told} } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    )[name] as Answer;
  const apply = (name: string, more: Record<string, unknown> = {}) =>
    send(guardian, 'requestDeferral', 'DeferralInput', {
      county: '140105',
      householdCounty: '140105',
      schoolYear: 2026,
      child: child(name),
      ...more,
    });
  const decide = (who: Desk, { id, version }: Deferral, decision = 'APPROVE') =>
    send(who, 'decideDeferral', 'DecideDeferralInput', {
      deferral: id,
      expectedVersion: version,
      decision,
      reason: '材料齐全',
    });
  const made = async (answer: Promise<Answer>): Promise<Deferral> => {
    const { deferral, findings } = await answer;
    if (deferral === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return deferral;
  };
  const stateOf = async (id: string) =>
    (
      await counter.rows<{ state: string }>(
        'enrollment',
        'select state from deferral where deferral_id = $1',
        [id],
      )
    )[0]?.state;
  const seenBy = async (who: Desk): Promise<Deferral[]> => {
    const { entryDeferrals } = desk.answered(
      await desk.ask<{ entryDeferrals: { edges: { node: Deferral }[] } }>(
        who,
        `{ entryDeferrals(first: 200) { edges { node { ${fields} } } } }`,
      ),
    );
    return entryDeferrals.edges.map(({ node }) => node);
  };

  test(holds('ENR-11', 'is decided by the county of the household, before the school year'), async () => {
    const applied = await made(apply('缓学甲'));
    expect(applied.state).toBe('APPLIED');
    const granted = await made(decide(county.head, applied));
    expect(granted.state).toBe('DEFERRED');
    expect((await seenBy(guardian)).map(({ child: { name } }) => name)).toEqual(['缓学甲']);
    expect((await seenBy(county.registrar)).map(({ id }) => id)).toEqual([applied.id]);
    await registry.settled();
  });

  test(breaks('ENR-11', 'asked of another county is refused'), async () => {
    const { deferral, findings } = await apply('缓学乙', { householdCounty: '140106' });
    expect(deferral).toBeNull();
    expect(codesOf(findings)).toEqual(['DEFERRAL_WRONG_AUTHORITY']);
  });

  test(holds('ENR-12', 'in Beiguan waits for the bureau, which decides'), async () => {
    const applied = await apply('北关缓学', { county: '410503', householdCounty: '410503' });
    expect(applied.findings.map(({ ruleId, outcome }) => [ruleId, outcome])).toContainEqual([
      'ENR-12',
      'HOLD',
    ]);
    const granted = await made(decide(bureau.head, await made(Promise.resolve(applied))));
    expect(granted.state).toBe('DEFERRED');
  });

  test(
    breaks('PRV-12', 'is another county’s to see or to decide neither, nor another guardian’s'),
    async () => {
      const applied = await made(apply('缓学丙'));
      const { errors } = await desk.ask(
        bureau.head,
        `mutation ($input: DecideDeferralInput!) { decideDeferral(input: $input) { deferral { id } } }`,
        {
          input: {
            idempotencyKey: randomUUID(),
            deferral: applied.id,
            expectedVersion: 1,
            decision: 'APPROVE',
            reason: '同意',
          },
        },
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      expect(await seenBy({ ...guardian, sub: 'somebody-else' })).toEqual([]);
      expect((await seenBy(bureau.registrar)).map(({ id }) => id)).not.toContain(applied.id);
      expect((await made(decide(county.head, applied, 'REFUSE'))).state).toBe('REFUSED');
    },
  );

  test('of a child who has a registration is not granted: nothing stands beside it', async () => {
    await counter.registered(taiyuanPrimary, girl(3, { name: '已入学' }), { entryYear: 2026 });
    const { deferral, findings } = await decide(county.head, await made(apply('已入学')));
    expect(deferral).toBeNull();
    expect(codesOf(findings)).toEqual(['DEFERRAL_REGISTERED']);
  });

  test('ends when the child is registered after all', async () => {
    const granted = await made(decide(county.head, await made(apply('提前入学'))));
    await counter.registered(taiyuanPrimary, girl(4, { name: '提前入学' }), { entryYear: 2026 });
    expect(await stateOf(granted.id)).toBe('ENTERED');
  });

  test(breaks('ENR-11', 'is too late in Shanxi once the term has opened, and not elsewhere'), async () => {
    registry.clock.moveTo('2026-09-01T09:00:00+08:00');
    expect(codesOf((await apply('缓学丁')).findings)).toEqual(['DEFERRAL_OUT_OF_TIME']);
    const beiguan = await apply('北关迟', { county: '410503', householdCounty: '410503' });
    expect(beiguan.deferral?.state).toBe('APPLIED');
  });

  test(
    holds('ENR-11', 'of another year follows a former one; who neither enters nor renews is a clue'),
    async () => {
      const terms = [{ term: 1, opensOn: '2027-09-01', closesOn: '2028-01-14' }];
      const { errors } = await registry.ask(
        'shanxi',
        `mutation ($input: SetCalendarInput!) { setCalendar(input: $input) { findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), region: '140000', schoolYear: 2027, terms } },
      );
      expect(errors).toEqual([]);
      await registry.settled();
      const [first] = await seenBy(county.registrar);
      registry.clock.moveTo('2027-08-20T09:00:00+08:00');
      const renewed = await made(apply('缓学戊', { schoolYear: 2027 }));
      await made(decide(county.head, renewed));
      registry.clock.moveTo('2027-09-01T09:00:00+08:00');
      await counter.until(
        'the deferral has run out',
        async () => (await stateOf(first?.id ?? '')) === 'EXPIRED',
      );
      const entries = await ledger.ledgerOf(county.registrar, { source: ['DEFERRAL_EXPIRED'] });
      expect(entries.map(({ child: found }) => found?.name)).toEqual(['缓学甲']);
      expect(await stateOf(renewed.id)).toBe('DEFERRED');
      await registry.settled();
    },
  );
});
