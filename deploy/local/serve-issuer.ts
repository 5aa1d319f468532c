import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Issuer, openIssuer } from './issuer.ts';
import { createSignIn, type SignIn, type SignInOptions } from './sign-in/sign-in.ts';

/**
 * Serves the keys of a state folder's issuer on a loopback port of their own: nothing but the services of its runner
 * trusts them. The port is part of the issuer's name; any free one unless told otherwise. With `signIn`, people of the
 * demo can sign in there as well.
 */
export const serveIssuer = async (
  stateDir: string,
  { audience, port = 0, signIn }: { audience: string; port?: number; signIn?: SignInOptions },
): Promise<{ issuer: Issuer; stop(): Promise<void> }> => {
  const mounted: { issuer?: Issuer; signIn?: SignIn } = {};
  const server = createServer((request, response) => {
    if (mounted.issuer?.handle(request, response) || mounted.signIn?.handle(request, response)) return;
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await openIssuer(stateDir, { issuer: origin, audience });
  mounted.issuer = issuer;
  if (signIn) mounted.signIn = createSignIn(issuer, signIn);
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
