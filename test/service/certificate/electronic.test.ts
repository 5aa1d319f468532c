import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { readPublishedKeys } from '#deploy/verify/published-keys.ts';
import { readRevocations } from '#deploy/verify/revocations.ts';
import { type Verdict, verifyCertificate } from '#deploy/verify/verify.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { readPdf } from '#test/support/pictures.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Certificate,
  type CertificateDesk,
  certificateDeskOf,
  codesOf,
  everyCondition,
  type Payload,
  type Pupil,
} from './certificate-desk.ts';

const county = authorityDesks('140105');
const city = authorityDesks('140100', 'CITY');
const province = authorityDesks('140000', 'PROVINCE');
const elsewhere = authorityDesks('410503');

type Links = { issuedAt: string; keyId: string; url: string | null; pageUrl: string | null };
type Form = Links & { document: string };
type Plan = { plan: { province: string; stage: string; startsOn: string | null } | null };

describe('electronic certificates', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let senior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    senior = await desk.schoolWith('SENIOR');
  });
  afterAll(() => registry?.stop());

  const only = <T>([one]: readonly T[]): T => {
    if (one === undefined) throw new Error('There is none');
    return one;
  };
  const settled = async (): Promise<void> => {
    await registry.network.service('certificate').atRest();
    await registry.settled();
  };
  /** A graduate of the senior school with the certificate that the city has issued. */
  const graduate = async (): Promise<{ pupil: Pupil; certificate: Certificate }> => {
    const pupils = await desk.graduating(senior, 1);
    const outcomes = pupils.map(({ person }) => ({
      ...{ student: person, outcome: 'GRADUATION', conditions: everyCondition },
    }));
    const { batch } = await desk.upload(schoolDesks(senior.code).registrar, outcomes);
    const { id } = await desk.reviewed(county, batch);
    await desk.graduate(senior, pupils);
    await registry.settled();
    await desk.issued(city, id);
    const pupil = only(pupils);
    return { pupil, certificate: only(await desk.certificatesOf(city.head, pupil.person)) };
  };
  const plan = (who: Desk, startsOn: string | null) =>
    desk.ask<Plan>(
      who,
      'setElectronicCertificatePlan',
      'SetElectronicCertificatePlanInput',
      'plan { province stage startsOn }',
      { stage: 'SENIOR', startsOn },
    );
  const sign = (who: Desk, certificate: Certificate): Promise<Payload<'certificate', Certificate>> =>
    desk.onCertificate(who, 'issueElectronicCertificate', certificate);
  const linksFor = async (who: Desk, { id }: Certificate): Promise<Links | null> => {
    const { data } = await desk.desk.ask<{ certificate: { electronic: Links | null } | null }>(
      who,
      'query ($id: ID!) { certificate(id: $id) { electronic { issuedAt keyId url pageUrl } } }',
      { id },
    );
    return data?.certificate?.electronic ?? null;
  };
  const fetchAs = async (who: Desk | null, url: string | null): Promise<Response> => {
    const { pathname, search } = new URL(url ?? '');
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who };
    const headers = who && { authorization: `Bearer ${await registry.network.tokenFor(claims)}` };
    return fetch(`${registry.gatewayUrl}${pathname}${search}`, headers === null ? {} : { headers });
  };
  /** The electronic form as it is downloaded. */
  const formSeenBy = async (who: Desk, certificate: Certificate): Promise<Form | null> => {
    const links = await linksFor(who, certificate);
    if (links === null) return null;
    const response = await fetchAs(who, links.url);
    expect(response.headers.get('content-type')).toBe('application/jose');
    return { ...links, document: await response.text() };
  };
  /** As somebody at home does it: with the two published files and nothing else. */
  const checkedOffline = async (document: string): Promise<Verdict> => {
    const published = async (name: string): Promise<Buffer> => {
      const response = await fetch(`${registry.gatewayUrl}/certificates/${name}`);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    };
    const now = Date.parse(registry.clock.now());
    const keys = await readPublishedKeys(await published('keys'));
    const list = readRevocations(await published('revocations'), keys, now) ?? 'NOT_GENUINE';
    return verifyCertificate(Buffer.from(document), keys, list, now);
  };
  const checkedOnline = async (document: string): Promise<unknown> => {
    const { data } = await registry.ask<{ verifyCertificate: { state: string } }>(
      null,
      'query ($document: String) { verifyCertificate(document: $document) { state } }',
      { document },
    );
    return data?.verifyCertificate.state;
  };

  test(breaks('CRT-09', 'are not given before the plan of the province has started'), async () => {
    const { certificate } = await graduate();
    const refused = ['CRT-09 REJECT E_CERTIFICATE_NOT_ENABLED'];
    expect(codesOf(await sign(city.head, certificate))).toEqual(refused);
    const { data } = await plan(province.head, '2026-07-07');
    expect(data?.setElectronicCertificatePlan).toEqual({
      plan: { province: '140000', stage: 'SENIOR', startsOn: '2026-07-07' },
    });
    expect(codesOf(await sign(city.head, certificate))).toEqual(refused);
    registry.clock.moveTo('2026-07-07T09:00:00+08:00');
    await settled();
    expect(await formSeenBy(city.head, certificate)).toBeNull();
    const signed = await sign(city.head, certificate);
    expect(signed).toMatchObject({ certificate: { number: certificate.number }, findings: [] });
  });

  test('are planned by the province alone, and only for itself', async () => {
    for (const who of [city.head, county.head, province.registrar]) {
      const { errors } = await plan(who, '2026-01-01');
      expect(errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    }
    const { data } = await desk.desk.ask<{ electronicCertificatePlans: object[] }>(
      city.head,
      'query { electronicCertificatePlans(province: "410000") { stage startsOn } }',
    );
    expect(data?.electronicCertificatePlans).toEqual([]);
  });

  test(
    holds('CRT-09', 'come with the issue once the plan has started, with the number of the paper'),
    async () => {
      const { pupil, certificate } = await graduate();
      await settled();
      const form = await formSeenBy(schoolDesks(senior.code).head, certificate);
      const verdict = await checkedOffline(form?.document ?? '');
      expect(verdict).toMatchObject({
        state: 'VALID',
        certificate: {
          ...{ number: certificate.number, kind: 'GRADUATION', stage: 'SENIOR', holderName: pupil.name },
          ...{ schoolName: senior.name, issuedOn: '2026-07-07' },
        },
      });
      expect(await checkedOnline(form?.document ?? '')).toBe('VALID');
      const again = await sign(city.head, certificate);
      expect(again.findings).toEqual([]);
      expect((await formSeenBy(city.head, certificate))?.document).toBe(form?.document);
    },
  );

  test(holds('PRV-14', 'carry the least data and no number of the person'), async () => {
    const { certificate } = await graduate();
    await settled();
    const form = await formSeenBy(city.head, certificate);
    const payload = JSON.parse(Buffer.from(form?.document.split('.')[1] ?? '', 'base64url').toString());
    expect(Object.keys(payload).sort()).toEqual(
      ['endedIn', 'holderName', 'issuedOn', 'issuerName', 'kind', 'number', 'schoolName', 'stage'].sort(),
    );
    expect(JSON.stringify(payload)).not.toMatch(/\d{17}/);
  });

  test(
    breaks('CRT-09', 'are given by the issuer alone, and nobody beyond its scope hears of them'),
    async () => {
      const { certificate } = await graduate();
      await settled();
      expect(codesOf(await sign(county.head, certificate))).toEqual(['CRT-09 REJECT ISSUER_NOT_AUTHORISED']);
      const { errors } = await desk.ask(
        elsewhere.head,
        'issueElectronicCertificate',
        'OnCertificateInput',
        'certificate { id }',
        { certificate: certificate.id, expectedVersion: certificate.version },
      );
      expect(errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
      expect(await formSeenBy(elsewhere.head, certificate)).toBeNull();
    },
  );

  test(breaks('CRT-13', 'are revoked with the certificate, online and in the list at once'), async () => {
    const { certificate } = await graduate();
    await settled();
    const document = (await formSeenBy(city.head, certificate))?.document ?? '';
    expect((await checkedOffline(document)).state).toBe('VALID');
    await desk.onCertificate(city.head, 'revokeCertificate', certificate, { reason: 'ISSUED_BY_MISTAKE' });
    expect(await checkedOnline(document)).toBe('REVOKED');
    while ((await checkedOffline(document)).state === 'VALID');
    expect((await checkedOffline(document)).state).toBe('REVOKED');
    const [now] = await desk.certificatesOf(city.head, certificate.id.split('.')[0] ?? '');
    expect(codesOf(await sign(city.head, now ?? certificate))).toEqual(['null REJECT NOT_IN_FORCE']);
  });

  test('are downloaded by the one who asked, as document and as page, while they hold', async () => {
    const { pupil, certificate } = await graduate();
    await settled();
    const links = await linksFor(city.head, certificate);
    const page = await fetchAs(city.head, links?.pageUrl ?? null);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const { text } = await readPdf(Buffer.from(await page.arrayBuffer()), 1);
    expect(text.replaceAll(/\s/g, '')).toContain(certificate.number);
    expect(text.replaceAll(/\s/g, '')).toContain(pupil.name);
    for (const url of [links?.url ?? '', links?.pageUrl ?? '']) {
      expect((await fetchAs(null, url)).status).toBe(401);
      expect((await fetchAs({ ...city.head, sub: 'somebody-else' }, url)).status).toBe(403);
      expect((await fetchAs(city.head, url.replace('?t=', '?t=A'))).status).toBe(403);
    }
    const other = (links?.url ?? '').replace('/electronic/', '/pages/');
    expect((await fetchAs(city.head, other)).status).toBe(403);
    await desk.onCertificate(city.head, 'revokeCertificate', certificate, { reason: 'ISSUED_BY_MISTAKE' });
    expect((await fetchAs(city.head, links?.url ?? null)).status).toBe(404);
    expect(await linksFor(city.head, certificate)).toMatchObject({ url: null, pageUrl: null });
  });

  test('can be published to caches, and tell of no holder', async () => {
    const keys = await fetch(`${registry.gatewayUrl}/certificates/keys`);
    expect(keys.headers.get('cache-control')).toBe('public, max-age=86400');
    expect(keys.headers.get('access-control-allow-origin')).toBe('*');
    expect(await keys.text()).not.toContain('"d"');
    const etag = keys.headers.get('etag') ?? '';
    const known = await fetch(`${registry.gatewayUrl}/certificates/keys`, {
      headers: { 'if-none-match': etag },
    });
    expect(known.status).toBe(304);
    const list = await fetch(`${registry.gatewayUrl}/certificates/revocations`);
    expect(list.headers.get('cache-control')).toBe('public, max-age=600');
    const payload = JSON.parse(Buffer.from((await list.text()).split('.')[1] ?? '', 'base64url').toString());
    expect(Object.keys(payload)).toEqual(['issuedAt', 'nextUpdate', 'revoked']);
    expect(payload.revoked.length).toBeGreaterThan(0);
    for (const digest of payload.revoked) expect(digest).toMatch(/^[\w-]{22}$/);
    const post = await fetch(`${registry.gatewayUrl}/certificates/keys`, { method: 'POST' });
    expect(post.status).toBe(405);
    expect((await fetch(`${registry.gatewayUrl}/certificates/${randomUUID()}`)).status).toBe(404);
  });

  test('are told of without a word of what they say', async () => {
    const rows = await asWorker(registry.network.service('certificate').core.worker, (tx) =>
      query<{ event: { data: Record<string, unknown> } }>(
        tx,
        `select event from event_log where type = 'ECertificateIssued'`,
      ),
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows[0]?.event.data).toMatchObject({ kind: 'GRADUATION', province: '140000', form: 1 });
    expect(JSON.stringify(rows)).not.toMatch(/样例|140100-1/);
  });
});
