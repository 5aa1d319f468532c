import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Held } from '#services/certificate/verify/check-keys.ts';
import { countCheck } from '#services/certificate/verify/check-limits.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { certificateFile } from '#test/support/signed-certificates.ts';
import { type Filed, fileCertificate } from './filed-certificate.ts';

type Check = { state: string; kind: string | null; year: number | null; findings: { code: string }[] };
type Answer = { verifyCertificate: Check };

const question = `query ($number: String, $name: String, $code: String, $document: String) {
  verifyCertificate(number: $number, name: $name, code: $code, document: $document) {
    state kind year findings { code ruleId } } }`;
const unknown: Check = {
  state: 'UNKNOWN',
  kind: null,
  year: null,
  findings: [expect.objectContaining({ code: 'CERTIFICATE_NOT_FOUND', ruleId: 'CRT-13' })],
};
const number = (serial: number): string => `140100-1-2026-${String(serial).padStart(6, '0')}-11`;

describe('a certificate that anybody checks', () => {
  let registry: Registry;
  let core: ServiceCore;
  let good: Filed;
  let revoked: Filed;
  const document = certificateFile();

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true });
    core = registry.network.service('certificate').core;
    good = await fileCertificate(core, { number: number(1), name: '阿卜杜拉·买买提', document });
    revoked = await fileCertificate(core, { number: number(2), name: '王小明', revokedOn: '2026-08-01' });
  });
  afterAll(() => registry?.stop());
  beforeEach(() => {
    const halfHour = 30 * 60_000;
    const next = Math.floor(Date.parse(registry.clock.now()) / halfHour + 1) * halfHour;
    registry.clock.moveTo(new Date(next).toISOString());
  });

  const check = async (variables: Record<string, unknown>): Promise<Check | undefined> =>
    (await registry.ask<Answer>(null, question, variables)).data?.verifyCertificate;
  const checkFrom = (address: string, variables: Record<string, unknown>) =>
    registry.network.graphql<Answer>('certificate', null, question, variables, {
      'x-caller-address': address,
    });
  const codeOf = (errors: { extensions: Record<string, unknown> }[]): unknown => errors[0]?.extensions.code;

  test(
    holds(
      'CRT-13',
      'is valid for whoever holds number and name, the code or the document, without a sign-in',
    ),
    async () => {
      const valid = { state: 'VALID', kind: 'GRADUATION', year: 2026, findings: [] };
      expect(await check({ number: good.number, name: good.name })).toEqual(valid);
      expect(
        await check({ number: ` ${good.number.replaceAll('-', '－')}`, name: '阿卜杜拉 • 买买提' }),
      ).toEqual(valid);
      expect(await check({ code: good.code })).toEqual(valid);
      expect(await check({ code: good.code.toLowerCase().replace(/(.{5})/g, '$1-') })).toEqual(valid);
      expect(await check({ document })).toEqual(valid);
    },
  );

  test(holds('CRT-13', 'is told to be revoked where it was, by kind and year alone'), async () => {
    expect(await check({ number: revoked.number, name: revoked.name })).toEqual({
      state: 'REVOKED',
      kind: 'GRADUATION',
      year: 2026,
      findings: [],
    });
  });

  test(breaks('CRT-13', 'is unknown alike for a wrong name, number, code or byte'), async () => {
    const wrong = [
      { number: good.number, name: '阿卜杜拉' },
      { number: good.number, name: revoked.name },
      { number: number(9), name: good.name },
      { number: 'no number at all', name: good.name },
      { code: `${good.code.slice(0, -1)}${good.code.endsWith('Z') ? 'Y' : 'Z'}` },
      { code: good.number },
      { document: `${document}\n` },
      { document: document.slice(1) },
      { document: certificateFile() === document ? 'x' : certificateFile().replace('.', '..') },
    ];
    for (const variables of wrong) expect(await check(variables)).toEqual(unknown);
  });

  test('is checked in one way at a time', async () => {
    const mixed = [
      {},
      { number: good.number },
      { name: good.name },
      { code: good.code, document },
      { number: good.number, name: good.name, code: good.code },
    ];
    for (const variables of mixed) {
      const { errors } = await registry.ask(null, question, variables);
      expect(codeOf(errors)).toBe('BAD_USER_INPUT');
      expect(JSON.stringify(errors)).not.toContain(good.name);
    }
  });

  test(
    breaks('CRT-13', 'is out of reach for who guesses from one address, the right answer included'),
    async () => {
      const { CHECKS_PER_ADDRESS: most } = core.config;
      const codes = Array.from({ length: most }, (_, at) => String(at).padStart(26, '0'));
      for (const code of codes)
        expect((await checkFrom('192.0.2.1', { code })).data?.verifyCertificate.state).toBe('UNKNOWN');
      const stopped = await checkFrom('192.0.2.1', { code: good.code });
      expect(stopped.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 60 });
      expect((await checkFrom('192.0.2.2', { code: good.code })).data?.verifyCertificate.state).toBe('VALID');
      registry.clock.moveTo(new Date(Date.parse(core.clock.now()) + 60_000).toISOString());
      expect((await checkFrom('192.0.2.1', { code: good.code })).data?.verifyCertificate.state).toBe('VALID');
    },
  );

  test('counts the whole neighbourhood of an address of IPv6 as one', async () => {
    const { CHECKS_PER_ADDRESS: most } = core.config;
    for (let at = 0; at < most; at++)
      await checkFrom(`2001:db8:0:1::${at.toString(16)}`, { code: good.code });
    expect(codeOf((await checkFrom('2001:db8:0:1:ffff::1', { code: good.code })).errors)).toBe(
      'RATE_LIMITED',
    );
    expect((await checkFrom('2001:db8:0:2::1', { code: good.code })).errors).toEqual([]);
  });

  test(
    breaks('CRT-13', 'is out of reach for who guesses the name of one number from many addresses'),
    async () => {
      const { CHECKS_PER_NUMBER: most } = core.config;
      const guess = (at: number, wanted: string, name: string) =>
        checkFrom(`198.51.100.${at}`, { number: wanted, name });
      for (const wanted of [good.number, number(77)]) {
        for (let at = 0; at < most; at++) expect((await guess(at, wanted, `名${at}`)).errors).toEqual([]);
        const stopped = await guess(200, wanted, good.name);
        expect(stopped.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 600 });
      }
      expect((await guess(201, revoked.number, revoked.name)).data?.verifyCertificate.state).toBe('REVOKED');
    },
  );

  describe('is counted so that nobody closes the check to others', () => {
    const limits = {
      address: { most: 3, seconds: 60 },
      number: { most: 4, seconds: 600 },
      all: { most: 5, seconds: 60 },
    };
    const ask = async (address: string, held: Held): Promise<unknown> => {
      try {
        await countCheck(core, limits, address, held);
        return 'COUNTED';
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    const code: Held = { way: 'CODE', code: 'X' };
    const wait = (minutes: number): void =>
      registry.clock.moveTo(new Date(Date.parse(core.clock.now()) + minutes * 60_000).toISOString());

    test('by what an address asks beyond its own share', async () => {
      for (let at = 0; at < 20; at++) await ask('203.0.113.9', code);
      expect([await ask('203.0.113.9', code), await ask('198.51.100.7', code)]).toEqual([
        'RATE_LIMITED',
        'COUNTED',
      ]);
    });

    test('by guessing at a number from one address', async () => {
      const held: Held = { way: 'NUMBER', number: '140100-1-2026-000500-11', name: '甲' };
      for (let at = 0; at < 20; at++) {
        await ask('203.0.113.10', held);
        wait(1);
      }
      wait(10);
      const guesses = [await ask('203.0.113.10', held), await ask('203.0.113.10', held)];
      expect([...guesses, await ask('203.0.113.10', held)]).toEqual(['COUNTED', 'COUNTED', 'RATE_LIMITED']);
      expect(await ask('198.51.100.8', held)).toBe('COUNTED');
    });

    test('and an address begins anew after days, in whichever form it is written', async () => {
      expect(await ask('192.0.2.77', code)).toBe('COUNTED');
      wait(7 * 24 * 60);
      const answers = ['::ffff:192.0.2.77', '192.0.2.77', '::FFFF:192.0.2.77', '192.0.2.77'];
      const said: unknown[] = [];
      for (const address of answers) said.push(await ask(address, code));
      expect(said).toEqual(['COUNTED', 'COUNTED', 'COUNTED', 'RATE_LIMITED']);
    });
  });

  test('is counted by day, way, answer and province, with nothing of what was asked or from where', async () => {
    const counts = () =>
      asWorker(core.worker, (tx) =>
        query<{ way: string; state: string; province: string; checks: number }>(
          tx,
          `select way, state, province, sum(checks)::int as checks from certificate_check_total
           group by way, state, province`,
        ),
      );
    const of = async (way: string, state: string, province: string) =>
      (await counts()).find((each) => each.way === way && each.state === state && each.province === province)
        ?.checks ?? 0;
    const before = [await of('NUMBER', 'VALID', '140000'), await of('CODE', 'UNKNOWN', '000000')];
    await check({ number: good.number, name: good.name });
    await check({ code: 'Z'.repeat(26) });
    const after = [await of('NUMBER', 'VALID', '140000'), await of('CODE', 'UNKNOWN', '000000')];
    expect(after).toEqual(before.map((checks) => checks + 1));
    const rows = await asWorker(core.worker, (tx) => query(tx, 'select * from certificate_check_total'));
    const text = JSON.stringify(rows);
    for (const secret of [good.name, good.number, good.code, good.person, '127.0.0.1', '192.0.2.1', 'ZZZZ'])
      expect(text).not.toContain(secret);
  });

  test('is all that is open without a sign-in, and never by an address that would hold a name', async () => {
    const { errors } = await registry.ask(null, 'query ($id: ID!) { certificate(id: $id) { number } }', {
      id: `${good.person}.${good.id}`,
    });
    expect(codeOf(errors)).toBe('UNAUTHENTICATED');
    const address = new URL('/graphql', registry.gatewayUrl);
    address.searchParams.set(
      'query',
      `{ verifyCertificate(number: "${good.number}", name: "王小明") { state } }`,
    );
    const response = await fetch(address, { headers: { 'apollo-require-preflight': 'yes' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
