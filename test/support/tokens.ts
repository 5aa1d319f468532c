import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Issuer, openIssuer } from '#deploy/local/issuer.ts';
import type { Claims } from '#libs/platform/actor/claims.ts';
import { testServers } from './database.ts';

/** Claims of ours in a token: what is left out takes its default (no level, no role, no scope). */
export type TestClaims = Partial<Omit<Claims, 'roles' | 'sub'>> & { sub: string; roles?: string[] };

/** An issuer of its own with its keys on a loopback port. */
export type TestIssuer = {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** A signed token, good for an hour unless `ttl` (seconds, may be negative) says otherwise. */
  tokenFor(claims: TestClaims | Record<string, unknown>, ttl?: number): Promise<string>;
  stop(): Promise<void>;
};

/** Starts an issuer: an Ed25519 key made for this run, published as a JWK set over HTTP. */
export const startIssuer = async (): Promise<TestIssuer> => {
  const dir = await mkdtemp(join(testServers().dir, 'issuer-'));
  const mounted: { issuer?: Issuer } = {};
  const server = createServer((request, response) => {
    if (mounted.issuer?.handle(request, response) !== true) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await openIssuer(dir, { issuer: origin, audience: 'xueji-test' });
  mounted.issuer = issuer;
  return {
    issuer: issuer.issuer,
    audience: issuer.audience,
    jwksUrl: issuer.jwksUrl,
    tokenFor: (claims, ttl = 3600) => issuer.issue(claims, { ttl }),
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await rm(dir, { recursive: true, force: true });
    },
  };
};
