import { createHash } from 'node:crypto';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

describe('the page of the check', () => {
  test('is open to everybody, loads nothing from outside, and runs its own script alone', async () => {
    const response = await fetch(`${network.gateway.url}/check`);
    const html = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test('is read and not written to', async () => {
    expect((await fetch(`${network.gateway.url}/check`, { method: 'POST' })).status).toBe(405);
  });
});
