import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { tokenFor } from '#deploy/local/demo-token.ts';
import { openIssuer } from '#deploy/local/issuer.ts';
import { localPaths, makeStateDir } from '#deploy/local/state.ts';

const root = mkdtempSync(join(tmpdir(), 'token-'));
const paths = localPaths(root);
afterAll(() => rmSync(root, { recursive: true }));

test('before the first start it is said what to do', async () => {
  await expect(tokenFor('anyone', '8h', paths)).rejects.toThrow('run npm start first');
});

describe('with demo identities', () => {
  beforeAll(async () => {
    makeStateDir(paths.dir);
    await openIssuer(paths.dir, { issuer: 'http://localhost:4000', audience: 'registry' });
    const identities = [
      { name: '教育部', level: 'MINISTRY', claims: { sub: 'demo-ministry', level: 'MINISTRY' } },
      { name: 'xiaodian', level: 'COUNTY', claims: { sub: 'demo-county', level: 'COUNTY' } },
    ];
    writeFileSync(paths.identities, JSON.stringify(identities));
  });

  test('a demo identity gets a token with its claims', async () => {
    const claims = decodeJwt(await tokenFor('xiaodian', '30m', paths));
    expect(claims).toMatchObject({ sub: 'demo-county', level: 'COUNTY', aud: 'registry' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(30 * 60);
  });

  test.each([['nobody'], [undefined]])('for %s the names are listed instead', async (name) => {
    await expect(tokenFor(name, '8h', paths)).rejects.toThrow(/教育部 {2}\(MINISTRY\)\n {2}xiaodian/);
  });

  test('a life that is not a span is refused', async () => {
    await expect(tokenFor('xiaodian', 'forever', paths)).rejects.toThrow('not a span');
  });
});
