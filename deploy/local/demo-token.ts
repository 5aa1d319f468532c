import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Failure } from '#deploy/local/failure.ts';
import { findIssuer } from '#deploy/local/issuer.ts';
import type { DemoIdentity } from '#deploy/local/network-contract.ts';
import { localPaths } from '#deploy/local/state.ts';

export const tokenUsage = 'npm run token -- --as NAME [--ttl 8h]';
const Identities = z.array(
  z.object({ name: z.string(), level: z.string(), claims: z.record(z.string(), z.unknown()) }),
);

/** A fresh token of the demo identity with this name. Throws `Failure` that lists the names when there is none. */
export async function tokenFor(name: string | undefined, ttl: string, paths = localPaths()): Promise<string> {
  const identities = readIdentities(paths.identities);
  const identity = identities.find((candidate) => candidate.name === name);
  if (!identity) {
    const list = identities.map((known) => `  ${known.name}  (${known.level})`);
    const first = name === undefined ? `Whose token? ${tokenUsage}` : `There is no demo identity ${name}.`;
    throw new Failure(first, 'The demo identities are:', ...list);
  }
  if (!/^\d+ ?[smhd]$/.test(ttl)) throw new Failure(`--ttl ${ttl} is not a span like 30m, 8h or 7d.`);
  const issuer = await findIssuer(paths.dir);
  if (!issuer) throw new Failure('The local issuer has no key yet: run npm start first.');
  return issuer.issue(identity.claims, { ttl });
}

function readIdentities(file: string): DemoIdentity[] {
  try {
    return Identities.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure('There are no demo identities yet: run npm start first.');
  }
}
