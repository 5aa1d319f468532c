import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { DEMO_SCHOOLS, demoIdentities, ONE_FACTOR, SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { type Actor, actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import type { TestNetwork } from '#test/support/network.ts';

/** Somebody who asks: with the actor that a valid token makes, or null where the token must count for nothing. */
export type Asker = { name: string; token: string | null; actor: Actor | null };

type Plain = Record<string, unknown> & { sub: string };

/** Every group of fields: what these askers may not see is never for want of a scope. */
const scope = Object.values(SCOPES).join(' ');
const school = DEMO_SCHOOLS.taiyuanPrimary;
const at = (level: string, unit: string, ...roles: string[]): Plain => ({
  sub: `${level}-${unit}-${roles.join('-')}`,
  level,
  unit,
  roles,
  scope,
  acr: TWO_FACTORS,
});
const inSchool = (code: string, ...roles: string[]): Plain => ({
  sub: `SCHOOL-${code}-${roles.join('-')}`,
  level: 'SCHOOL',
  school: code,
  roles,
  scope,
  acr: TWO_FACTORS,
});

/** The same people with applications that were given less, or who signed in with a password alone. */
const lesser: Record<string, Plain> = Object.fromEntries(
  Object.entries({
    registrar: inSchool(school, 'REGISTRAR'),
    county: at('COUNTY', '140105', 'REGISTRAR', 'DECISION_MAKER'),
    province: at('PROVINCE', '140000', 'REGISTRAR', 'DECISION_MAKER'),
    centre: at('MINISTRY', '000000', 'INFORMATION_CENTRE'),
  }).flatMap(([name, claims]) => [
    [`${name} without a scope`, { ...claims, scope: '' }],
    [`${name} with one factor`, { ...claims, acr: ONE_FACTOR }],
    [`${name} with an unknown acr`, { ...claims, acr: 'urn:somebody:else' }],
    ...Object.values(SCOPES).map((left): [string, Plain] => [
      `${name} without ${left}`,
      {
        ...claims,
        scope: Object.values(SCOPES)
          .filter((each) => each !== left)
          .join(' '),
      },
    ]),
  ]),
);

/** Claims beside those of the demo: neighbours, roles without a standing, and claims that do not fit together. */
const others: Record<string, Plain> = {
  'other province': at('PROVINCE', '410000', 'REGISTRAR', 'DECISION_MAKER'),
  'far province': at('PROVINCE', '110000', 'REGISTRAR'),
  'other city': at('CITY', '410500', 'REGISTRAR', 'DECISION_MAKER'),
  'county registrar': at('COUNTY', '140105', 'REGISTRAR'),
  'county without a role': at('COUNTY', '140105'),
  'county expert': at('COUNTY', '140105', 'EXPERT_COMMITTEE'),
  township: at('COUNTY', '140105', 'TOWNSHIP'),
  government: at('COUNTY', '140105', 'GOVERNMENT_COUNTY_OR_ABOVE'),
  'county integrator': at('COUNTY', '140105', 'INTEGRATOR'),
  'county with a school role': at('COUNTY', '140105', 'CLASS_TEACHER', 'GUARDIAN'),
  'county that names a province': at('COUNTY', '140000', 'REGISTRAR', 'DECISION_MAKER'),
  'province that names a county': at('PROVINCE', '140105', 'REGISTRAR', 'DECISION_MAKER'),
  'county that names the ministry': at('COUNTY', '000000', 'REGISTRAR', 'DECISION_MAKER'),
  'ministry that names a county': at('MINISTRY', '140105', 'REGISTRAR', 'DECISION_MAKER'),
  'unit that is none': at('COUNTY', '999999', 'REGISTRAR', 'DECISION_MAKER'),
  principal: inSchool(school, 'PRINCIPAL'),
  'other head': inSchool(DEMO_SCHOOLS.beiguanPrimary, 'DECISION_MAKER'),
  'school without a role': inSchool(school),
  'school guardian': inSchool(school, 'GUARDIAN'),
  'teacher without a class': inSchool(school, 'CLASS_TEACHER'),
  'school that names a county': { sub: 'odd-1', level: 'SCHOOL', unit: '140105', roles: ['REGISTRAR'] },
  'nobody with a school': { sub: 'odd-2', level: 'NONE', school, roles: ['REGISTRAR'] },
  'nobody with a county': { sub: 'odd-3', level: 'NONE', unit: '140105', roles: ['DECISION_MAKER'] },
  'nobody at all': { sub: 'odd-4' },
  'guardian without a child': { sub: 'odd-5', level: 'NONE', roles: ['GUARDIAN'], scope },
  'external application': { sub: 'odd-6', level: 'NONE', roles: ['EXTERNAL_CLIENT'] },
  'system role from outside': { sub: 'odd-7', level: 'NONE', roles: ['SYSTEM'] },
  'role that is none': { sub: 'odd-8', level: 'COUNTY', unit: '140105', roles: ['SUPERUSER'] },
};

const forged = async (network: TestNetwork, claims: Plain, key: KeyObject, alg: string, audience?: string) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg, kid: 'forged' })
    .setIssuer(network.issuer.issuer)
    .setAudience(audience ?? network.issuer.audience)
    .setSubject(claims.sub)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key);

const unsigned = (network: TestNetwork, claims: Plain): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { issuer, audience } = network.issuer;
  const exp = Math.floor(performance.timeOrigin / 1000) + 7200;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, iss: issuer, aud: audience, exp })}.`;
};

const tampered = (token: string, claims: Plain): string => {
  const [head = '', body = '', signature = ''] = token.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  return [head, Buffer.from(JSON.stringify({ ...payload, ...claims })).toString('base64url'), signature].join(
    '.',
  );
};

/** Everybody who may knock: the demo's identities, the odd ones, and tokens that count for nothing. */
export const askersOf = async (network: TestNetwork): Promise<Asker[]> => {
  const valid = async (name: string, claims: Plain): Promise<Asker> => ({
    name,
    token: await network.tokenFor(claims),
    actor: actorOf(Claims.parse(claims), [TWO_FACTORS]),
  });
  const registrar: Plain = inSchool(school, 'REGISTRAR');
  const nothing = (name: string, token: string | null): Asker => ({ name, token, actor: null });
  const guardian = await network.tokenFor({ sub: 'demo-guardian', level: 'NONE', roles: ['GUARDIAN'] });
  return [
    ...(await Promise.all(demoIdentities(2026).map(({ name, claims }) => valid(name, { ...claims })))),
    ...(await Promise.all(
      Object.entries({ ...others, ...lesser }).map(([name, claims]) => valid(name, claims)),
    )),
    nothing('no token', null),
    nothing('expired token', await network.issuer.tokenFor(registrar, -60)),
    nothing(
      'forged token',
      await forged(network, registrar, generateKeyPairSync('ed25519').privateKey, 'EdDSA'),
    ),
    nothing('token under a shared secret', await hmacToken(network, registrar)),
    nothing('token without a signature', unsigned(network, registrar)),
    nothing('token with other claims', tampered(guardian, registrar)),
    nothing('word that is no token', randomUUID()),
  ];
};

const hmacToken = (network: TestNetwork, claims: Plain): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(network.issuer.issuer)
    .setAudience(network.issuer.audience)
    .setSubject(claims.sub)
    .setExpirationTime('1h')
    .sign(Buffer.from('a secret of thirty-two bytes ....'));
