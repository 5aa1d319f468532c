import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { DemoIdentity } from '#deploy/demo/identities.ts';
import { endpoints, type Issuer } from '../issuer.ts';
import { identitiesPage, pagePolicy } from './identities-page.ts';

/** Who can sign in, and from which origins; a client leads back to its own origin alone. */
export type SignInOptions = { identities: readonly DemoIdentity[]; origins: readonly string[] };

export type SignIn = {
  /** Answers the paths of the sign-in; false when the request is for something else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
};

/** Lives in seconds: of a code, of an access token, of the sign-in as a whole. */
const lives = { code: 60, access: 15 * 60, session: 12 * 3600 } as const;
const longestForm = 20_000;

const Asked = z.object({
  client_id: z.string().min(1),
  redirect_uri: z.url(),
  response_type: z.literal('code'),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal('S256'),
  state: z.string().optional(),
  nonce: z.string().optional(),
  as: z.string().optional(),
});
type Asked = z.infer<typeof Asked>;

const Code = z.object({
  jti: z.string(),
  as: z.string(),
  client: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
  nonce: z.string().optional(),
});
const Refresh = z.object({ as: z.string(), client: z.string() });

const Order = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    client_id: z.string(),
    code: z.string(),
    code_verifier: z.string(),
    redirect_uri: z.string(),
  }),
  z.object({ grant_type: z.literal('refresh_token'), client_id: z.string(), refresh_token: z.string() }),
]);
type Order = z.infer<typeof Order>;
type By<Grant extends Order['grant_type']> = Extract<Order, { grant_type: Grant }>;

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const formOf = async (request: IncomingMessage): Promise<Record<string, string>> => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > longestForm) throw new Error('the form is too long');
  }
  return Object.fromEntries(new URLSearchParams(text));
};

const redirect = (
  response: ServerResponse,
  to: string,
  parameters: Record<string, string | undefined>,
): void => {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  response.writeHead(302, { location: url.href, 'cache-control': 'no-store' }).end();
};

const refuse = (response: ServerResponse, error: string, headers: Record<string, string> = {}): void => {
  const body = JSON.stringify({ error });
  response
    .writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
    .end(body);
};

/**
 * The demo's sign-in: OpenID Connect by code with PKCE (RFC 7636), where a page of demo identities stands in the place
 * of passwords. Keeps no state but the codes that were used.
 */
export const createSignIn = (issuer: Issuer, { identities, origins }: SignInOptions): SignIn => {
  const used = new Set<string>();
  const kinds = {
    code: { audience: issuer.issuer, type: 'code+jwt', ttl: lives.code },
    refresh: { audience: issuer.issuer, type: 'refresh+jwt', ttl: lives.session },
  };
  const identityOf = (name: string | undefined): DemoIdentity | undefined =>
    identities.find((identity) => identity.name === name);
  const isOurs = (uri: string): boolean => URL.canParse(uri) && origins.includes(new URL(uri).origin);

  const authorize = async (url: URL, response: ServerResponse): Promise<void> => {
    const { data } = Asked.safeParse(Object.fromEntries(url.searchParams));
    if (!data || !isOurs(data.redirect_uri)) return refuse(response, 'invalid_request');
    const identity = identityOf(data.as);
    if (identity) return redirect(response, data.redirect_uri, await codeFor(identity, data));
    const page = identitiesPage(identities, ({ name }) => {
      const chosen = new URL(url);
      chosen.searchParams.set('as', name);
      return chosen.pathname + chosen.search;
    });
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': pagePolicy,
        'cache-control': 'no-store',
      })
      .end(page);
  };

  const codeFor = async (
    { name }: DemoIdentity,
    asked: Asked,
  ): Promise<Record<string, string | undefined>> => ({
    code: await issuer.sign(
      {
        jti: randomUUID(),
        as: name,
        client: asked.client_id,
        redirectUri: asked.redirect_uri,
        challenge: asked.code_challenge,
        nonce: asked.nonce,
      },
      kinds.code,
    ),
    state: asked.state,
    iss: issuer.issuer,
  });

  const answerFor = async (name: string, client: string, nonce?: string) => {
    const identity = identityOf(name);
    if (!identity) throw new Error('nobody of that name');
    const { sub, name: title } = identity.claims;
    return {
      token_type: 'Bearer',
      expires_in: lives.access,
      access_token: await issuer.issue(identity.claims, { ttl: lives.access }),
      id_token: await issuer.sign(
        { sub, name: title, ...(nonce && { nonce }) },
        { audience: client, type: 'JWT', ttl: lives.access },
      ),
      refresh_token: await issuer.sign({ as: name, client }, kinds.refresh),
    };
  };

  const byCode = async (order: By<'authorization_code'>) => {
    const code = Code.parse(await issuer.read(order.code, kinds.code));
    const fits =
      !used.has(code.jti) &&
      code.client === order.client_id &&
      code.redirectUri === order.redirect_uri &&
      isSame(code.challenge, challengeOf(order.code_verifier));
    if (!fits) throw new Error('the code is not for this');
    used.add(code.jti);
    return answerFor(code.as, code.client, code.nonce);
  };

  const byRefreshToken = async (order: By<'refresh_token'>) => {
    const { as, client } = Refresh.parse(await issuer.read(order.refresh_token, kinds.refresh));
    if (client !== order.client_id) throw new Error('the token is not for this');
    return answerFor(as, client);
  };

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { origin } = request.headers;
    const shared: Record<string, string> =
      origin !== undefined && origins.includes(origin)
        ? { 'access-control-allow-origin': origin, vary: 'origin' }
        : {};
    try {
      const order = Order.parse(await formOf(request));
      const answer = await (order.grant_type === 'refresh_token' ? byRefreshToken(order) : byCode(order));
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store', ...shared })
        .end(JSON.stringify(answer));
    } catch {
      refuse(response, 'invalid_grant', shared);
    }
  };

  const endSession = (url: URL, response: ServerResponse): void => {
    const to = url.searchParams.get('post_logout_redirect_uri') ?? '';
    if (!isOurs(to)) refuse(response, 'invalid_request');
    else redirect(response, to, { state: url.searchParams.get('state') ?? undefined });
  };

  return {
    handle: (request, response) => {
      const url = new URL(request.url ?? '/', issuer.issuer);
      const asked = `${request.method} ${url.pathname}`;
      if (asked === `GET ${endpoints.authorization}`) void authorize(url, response);
      else if (asked === `POST ${endpoints.token}`) void token(request, response);
      else if (asked === `GET ${endpoints.endSession}`) endSession(url, response);
      else return false;
      return true;
    },
  };
};
