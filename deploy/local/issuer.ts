import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';

/** Who the tokens say that they come from and for whom they are. */
export interface IssuerNames {
  /** Origin at which the handler is mounted, `http://localhost:4000`; the `iss` claim. */
  issuer: string;
  /** The `aud` claim. */
  audience: string;
}

export interface IssueOptions {
  /** Life of the token: seconds, or a span like `8h`. */
  ttl: number | string;
}

/** What a token is for, apart from its claims. */
export interface TokenKind extends IssueOptions {
  audience: string;
  /** The `typ` of its header, by which one kind is never taken for another. */
  type: string;
}

export interface Issuer extends IssuerNames {
  jwksUrl: string;
  /** The public keys, as a JWK set (RFC 7517). */
  jwks(): JSONWebKeySet;
  /** A signed access token (JWS, EdDSA) with these claims. */
  issue(claims: Record<string, unknown>, options: IssueOptions): Promise<string>;
  /** A signed token of any kind. */
  sign(claims: Record<string, unknown>, kind: TokenKind): Promise<string>;
  /** Claims of a token that this issuer signed; throws where it is another's, of another kind, or over. */
  read(token: string, kind: Pick<TokenKind, 'audience' | 'type'>): Promise<Record<string, unknown>>;
  /** Answers the two well-known documents; false when the request is for something else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

interface IssuerFile extends IssuerNames {
  key: JWK;
}

const algorithm = 'EdDSA';
const jwksPath = '/.well-known/jwks.json';
const configurationPath = '/.well-known/openid-configuration';

/** Paths of the sign-in, where the issuer is served with one (RFC 6749, OpenID Connect RP-Initiated Logout). */
export const endpoints = {
  authorization: '/authorize',
  token: '/token',
  endSession: '/end-session',
} as const;

/** Opens the local issuer of a state folder: makes its Ed25519 key at the first use (mode 0600), keeps it afterwards. */
export async function openIssuer(stateDir: string, names: IssuerNames): Promise<Issuer> {
  const kept = readIssuerFile(stateDir);
  const key = kept?.key ?? (await newKey());
  if (kept?.issuer !== names.issuer || kept.audience !== names.audience) {
    writePrivately(issuerPath(stateDir), { issuer: names.issuer, audience: names.audience, key });
  }
  return issuerWith({ ...names, key });
}

/** The issuer that an earlier start made in the folder, `undefined` when there is none that can be read. */
export async function findIssuer(stateDir: string): Promise<Issuer | undefined> {
  const kept = readIssuerFile(stateDir);
  return kept && issuerWith(kept);
}

async function issuerWith({ issuer, audience, key }: IssuerFile): Promise<Issuer> {
  const privateKey = await importJWK(key, algorithm);
  const { d: _secret, ...publicKey } = key;
  const keySet: JSONWebKeySet = { keys: [{ ...publicKey, alg: algorithm, use: 'sig' }] };
  const jwksUrl = new URL(jwksPath, issuer).href;
  const configuration = {
    issuer,
    jwks_uri: jwksUrl,
    authorization_endpoint: new URL(endpoints.authorization, issuer).href,
    token_endpoint: new URL(endpoints.token, issuer).href,
    end_session_endpoint: new URL(endpoints.endSession, issuer).href,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
  };
  const documents = new Map<string, unknown>([
    [jwksPath, keySet],
    [configurationPath, configuration],
  ]);
  const keys = createLocalJWKSet(keySet);
  const sign: Issuer['sign'] = (claims, kind) => {
    const end = typeof kind.ttl === 'number' ? Math.floor(Date.now() / 1000) + kind.ttl : kind.ttl;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: key.kid ?? '', typ: kind.type })
      .setIssuer(issuer)
      .setAudience(kind.audience)
      .setIssuedAt()
      .setExpirationTime(end)
      .sign(privateKey);
  };
  return {
    issuer,
    audience,
    jwksUrl,
    jwks: () => keySet,
    issue: (claims, { ttl }) => sign(claims, { audience, type: 'at+jwt', ttl }),
    sign,
    async read(token, { audience: wanted, type: typ }) {
      return (await jwtVerify(token, keys, { issuer, audience: wanted, typ })).payload;
    },
    handle(request, response) {
      const document = documents.get((request.url ?? '').split('?')[0] ?? '');
      if (document === undefined) return false;
      answer(request, response, document);
      return true;
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, document: unknown): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const body = JSON.stringify(document);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'public, max-age=300',
    // Public documents, which pages of any site may read.
    'access-control-allow-origin': '*',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, kid: await calculateJwkThumbprint(key) };
}

const issuerPath = (stateDir: string): string => join(stateDir, 'issuer.json');

/** A damaged file is no file: with a new key the tokens of the demo are simply issued anew. */
function readIssuerFile(stateDir: string): IssuerFile | undefined {
  const file = issuerPath(stateDir);
  if (!existsSync(file)) return undefined;
  try {
    const { issuer, audience, key } = JSON.parse(readFileSync(file, 'utf8')) as Partial<IssuerFile>;
    return issuer && audience && key ? { issuer, audience, key } : undefined;
  } catch {
    return undefined;
  }
}

function writePrivately(file: string, value: IssuerFile): void {
  writeFileSync(`${file}.part`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
