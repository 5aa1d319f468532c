import fc from 'fast-check';
import { type Actor, actorOf } from '#libs/platform/actor/actor.ts';
import { Claims } from '#libs/platform/actor/claims.ts';
import { scopeKeyOf } from './scope-key.ts';

const county = { sub: 'one', name: 'A', level: 'COUNTY', unit: '410503', department: 'ADMINISTRATIVE' };
const clerk = { ...county, roles: ['REGISTRAR', 'DECISION_MAKER'], scope: 'stats enrollment:read', acr: '1' };

const actor = (claims: object): Actor => actorOf(Claims.parse(claims), ['2']);
const shared = (claims: object | null, forwarded: Record<string, string> = {}): string =>
  scopeKeyOf({ actor: claims && actor(claims), forwarded }, 'impersonal');
const own = (claims: object | null, forwarded: Record<string, string> = {}): string =>
  scopeKeyOf({ actor: claims && actor(claims), forwarded }, 'personal');

test('two clerks of one unit with the same rights see alike what is about nobody', () => {
  const colleague = { ...clerk, sub: 'two', name: 'B', roles: [...clerk.roles].reverse() };
  expect(shared({ ...colleague, scope: 'enrollment:read  stats' })).toBe(shared(clerk));
});

test('what is about persons nobody shares with anybody else', () => {
  expect(own({ ...clerk, sub: 'two' })).not.toBe(own(clerk));
  expect(own(clerk)).toBe(own(clerk));
  expect(own(clerk)).not.toBe(shared(clerk));
});

test.each([
  ['level', { level: 'CITY' }],
  ['unit', { unit: '410505' }],
  ['school', { school: '2141000001' }],
  ['township', { township: '410503001' }],
  ['department', { department: 'TECHNICAL' }],
  ['roles', { roles: ['REGISTRAR'] }],
  ['scopes', { scope: 'stats' }],
  ['assurance', { acr: '2' }],
])('another %s is another scope', (_, claim) => {
  expect(shared({ ...clerk, ...claim })).not.toBe(shared(clerk));
});

test('nobody, and everybody who is somebody, are apart', () => {
  expect(shared(null)).not.toBe(shared({ sub: 'one' }));
  expect(shared(null)).toBe(shared(null));
});

test.each(['CLASS_TEACHER', 'GUARDIAN', 'INTEGRATOR', 'EXPERT_COMMITTEE', 'CALL_CENTRE', 'TOWNSHIP'])(
  'whoever is %s sees by what is noted of themselves, and shares with nobody',
  (role) => {
    const one = { ...clerk, roles: ['REGISTRAR', role] };
    expect(shared({ ...one, sub: 'two' })).not.toBe(shared(one));
  },
);

test('whoever has no role or no workplace shares with nobody', () => {
  for (const alone of [
    { ...clerk, roles: [] },
    { ...clerk, unit: undefined },
    { ...clerk, level: 'NONE' },
  ]) {
    expect(shared({ ...alone, sub: 'two' })).not.toBe(shared(alone));
  }
});

test('a grant opens another scope; the purpose of a reading counts where it is recorded', () => {
  const [grant, purpose] = [{ 'x-grant': 'g' }, { 'x-purpose': 'p' }];
  expect(shared(clerk, grant)).not.toBe(shared(clerk));
  expect(shared(clerk, purpose)).toBe(shared(clerk));
  expect(own(clerk, purpose)).not.toBe(own(clerk));
  expect(own(clerk, { 'x-operation-id': 'o', traceparent: 't' })).toBe(own(clerk));
});

test('no text of one claim makes the scope of another', () => {
  const text = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('"', ',', '[', ']', ' ', 'a') });
  const claims = fc.record({
    sub: text,
    scope: text,
    unit: fc.constantFrom('410503', '410505', undefined),
    roles: fc.subarray(['REGISTRAR', 'PRINCIPAL', 'GUARDIAN']),
  });
  const rightsOf = ({ name: _, ...rights }: Actor): string =>
    JSON.stringify(rights, (_key, value) => (value instanceof Set ? [...value].sort() : value));
  fc.assert(
    fc.property(claims, claims, (one, other) => {
      const same = rightsOf(actor(one)) === rightsOf(actor(other));
      expect(own(one) === own(other)).toBe(same);
    }),
  );
});

test('the key tells nothing of the caller', () => {
  for (const key of [shared(clerk), own(clerk)]) expect(key).toMatch(/^[\w-]{43}$/);
});
