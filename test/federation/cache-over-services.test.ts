import { randomUUID } from 'node:crypto';
import { TWO_FACTORS } from '#deploy/demo/identities.ts';
import { startFront } from '#deploy/network/front.ts';
import type { RunningGateway } from '#gateway/start.ts';
import { testServers } from '../support/database.ts';
import { startNetwork, type TestNetwork } from '../support/network.ts';
import { coreNation } from '../support/registry.ts';

let network: TestNetwork;
let gateways: [RunningGateway, RunningGateway];

const school = '2141000001';
const clerk = {
  level: 'COUNTY',
  unit: '410503',
  department: 'ADMINISTRATIVE',
  roles: ['REGISTRAR', 'DECISION_MAKER'],
};
const scope = 'case:decide';

beforeAll(async () => {
  network = await startNetwork({ services: ['organization'], template: coreNation });
  const organization = network.service('organization');
  const front = () =>
    startFront(
      { oidc: network.issuer, nats: { ...testServers().nats, prefix: organization.core.config.NATS_PREFIX } },
      {
        subgraphs: [
          'organization',
          ...[
            'archive',
            'certificate',
            'complaint-ticket',
            'enrollment',
            'identity',
            'statistics',
            'transfer',
          ],
        ].map((name) => ({ name, url: name === 'organization' ? organization.url : 'http://127.0.0.1:9' })),
      },
    );
  gateways = [await front(), await front()];
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await network.stop();
});

type Shown = { name: string; version: number };
type Answer = { cache: string | null; school: Shown | undefined; text: string };

const read = '{ school(id: "2141000001") { name version registryAuthority { name } } }';

const ask = async (
  gateway: RunningGateway,
  token: string,
  query: string,
  variables = {},
): Promise<Answer> => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { cache: response.headers.get('x-cache'), school: JSON.parse(text).data?.school, text };
};

/** Asks again until the answer is as wanted; the time limit of the test is the only one. */
const askUntil = async (
  wanted: (answer: Answer) => boolean,
  asking: () => Promise<Answer>,
): Promise<Answer> => {
  for (;;) {
    const answer = await asking();
    if (wanted(answer)) return answer;
  }
};

const isHit = ({ cache }: Answer): boolean => cache === 'hit';

test('a school is answered from the cache to clerks of one unit, each once let in, and to no other unit', async () => {
  const [gateway] = gateways;
  const tokenOf = (claims: object) => network.tokenFor({ ...clerk, scope: '', ...claims });
  const [one, two, other] = await Promise.all([
    tokenOf({ sub: 'one' }),
    tokenOf({ sub: 'two' }),
    tokenOf({ sub: 'three', unit: '410505' }),
  ]);
  const kept = await askUntil(isHit, () => ask(gateway, one, read));
  expect(kept.school?.name).toMatch(/./);
  expect((await ask(gateway, two, read)).cache).toBe('miss');
  expect(await ask(gateway, two, read)).toEqual(kept);
  expect((await ask(gateway, other, read)).cache).toBe('miss');
  expect((await ask(gateway, other, read)).text).toBe(kept.text);
});

test('who renames a school sees the new name at once, and whoever asks another gateway soon after, for good', async () => {
  const token = await network.tokenFor({ ...clerk, sub: 'renamer', scope, acr: TWO_FACTORS });
  const before = await askUntil(isHit, () => ask(gateways[0], token, read));
  await askUntil(isHit, () => ask(gateways[1], token, read));
  const name = `Renamed ${randomUUID().slice(0, 8)}`;
  const renamed = await ask(
    gateways[0],
    token,
    `mutation ($input: RenameSchoolInput!) { renameSchool(input: $input) { school { name } findings { code message } } }`,
    {
      input: { idempotencyKey: randomUUID(), school, expectedVersion: before.school?.version, name },
    },
  );
  expect(renamed.text).toContain(name);
  expect((await ask(gateways[0], token, read)).school?.name).toBe(name);
  await askUntil(
    (answer) => answer.school?.name === name,
    () => ask(gateways[1], token, read),
  );
  const after = await askUntil(isHit, () => ask(gateways[1], token, read));
  expect(after.school?.name).toBe(name);
});
