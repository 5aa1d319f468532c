import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { holds } from '#test/support/rules.ts';
import { enterGraduates, type Issued, issuedIn } from './kills/graduates.ts';
import { type KillableRegistry, startKillable } from './kills/registry.ts';

/**
 * One order for everybody who graduated in a county, and SIGKILL for the service that issues in the middle of it: 600 here, 100,000
 * where TEST_SIZE is long, with a kill for each tenth. The time for each certificate is told.
 */
const isLong = process.env.TEST_SIZE === 'long';
const pupils = isLong ? 100_000 : 600;
const kills = isLong ? 9 : 1;
const longest = isLong ? 3_600_000 : 120_000;
const unit = '140105';
const { registrar, head } = authorityDesks(unit);

type Order = { id: string; version: number; state: string; total: number; issued: number; skipped: number };

describe('an order to issue whose service is killed', () => {
  let registry: KillableRegistry;

  beforeAll(async () => {
    registry = await startKillable();
    await enterGraduates(registry, unit, pupils);
  }, longest);
  afterAll(() => registry?.stop(), 60_000);

  const fields = 'id version state total issued skipped';
  const ask = async <Data>(who: Desk, text: string, variables: object): Promise<Data> => {
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, department: 'ADMINISTRATIVE' };
    const response = await fetch(`${registry.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await registry.network.tokenFor({ ...claims, ...who })}`,
      },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
    if (!data || errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const orderOf = async (id: string): Promise<Order | undefined> => {
    try {
      const text = `query ($id: ID!) { issueOrder(id: $id) { ${fields} } }`;
      return (await ask<{ issueOrder: Order | null }>(registrar, text, { id })).issueOrder ?? undefined;
    } catch {
      return undefined;
    }
  };
  const until = async (id: string, reached: (order: Order) => boolean): Promise<Order> => {
    for (;;) {
      const order = await orderOf(id);
      if (order !== undefined && (reached(order) || order.state !== 'RUNNING')) return order;
      await setImmediate();
    }
  };
  const approved = async (): Promise<string> => {
    const { issueCertificates } = await ask<{ issueCertificates: { order: Order } }>(
      registrar,
      `mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { order { ${fields} } } }`,
      { input: { idempotencyKey: randomUUID(), handler: '样例经手' } },
    );
    const { id, version } = issueCertificates.order;
    const { decideIssue } = await ask<{ decideIssue: { order: Order } }>(
      head,
      `mutation ($input: DecideIssueInput!) { decideIssue(input: $input) { order { ${fields} } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), order: id, expectedVersion: version },
          ...{ decision: 'APPROVE', responsible: '样例负责' },
        },
      },
    );
    expect(decideIssue.order).toMatchObject({ state: 'RUNNING', total: pupils });
    return id;
  };

  test(
    holds(
      'CRT-13',
      'goes on by itself: everybody has one certificate, every number is given once and none is lost',
    ),
    async () => {
      const id = await approved();
      const began = performance.now();
      for (let round = 1; round <= kills; round++) {
        const most = Math.floor((pupils * (round - 1)) / (kills + 1));
        const { state, issued } = await until(id, (order) => order.issued > most);
        expect({ state, isUnderWay: issued > most && issued < pupils }).toEqual({
          state: 'RUNNING',
          isUnderWay: true,
        });
        await registry.kill('certificate');
      }
      const done = await until(id, ({ state }) => state === 'DONE');
      const each = (performance.now() - began) / pupils;
      process.stdout.write(
        `issue-kills: ${pupils} certificates, ${each.toFixed(2)} ms each, ${kills} kills\n`,
      );
      expect(done).toMatchObject({ state: 'DONE', total: pupils, issued: pupils, skipped: 0 });
      const wanted: Issued = {
        ...{ certificates: pupils, holders: pupils, numbers: pupils, highest: pupils, told: pupils, open: 0 },
      };
      expect(await issuedIn(registry)).toEqual(wanted);
    },
    longest,
  );
});
