import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { readPdf } from '#test/support/pictures.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Certificate,
  type CertificateDesk,
  certificateDeskOf,
  everyCondition,
  type Pupil,
} from './certificate-desk.ts';

type Print = { number: number; printedAt: string };
type Printed = { print: Print | null; url: string | null; findings: Told[] };

const county = authorityDesks('140105');
const city = authorityDesks('140100', 'CITY');
const gives =
  'print { number printedAt } url findings { ruleId outcome code message path basis { document article layer } }';

describe('the paper of a certificate', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let senior: SchoolFact;
  let registrar: Desk;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    senior = await desk.schoolWith('SENIOR');
    registrar = schoolDesks(senior.code).registrar;
  });
  afterAll(() => registry?.stop());

  const issuedTo = async (
    outcome: 'GRADUATION' | 'COMPLETION',
  ): Promise<{ pupil: Pupil; certificate: Certificate }> => {
    const [pupil] = await desk.graduating(senior, 1);
    if (pupil === undefined) throw new Error('There is nobody');
    const isGraduation = outcome === 'GRADUATION';
    const conditions = isGraduation ? everyCondition : { ...everyCondition, fitnessPassed: false };
    const { batch } = await desk.upload(registrar, [{ student: pupil.person, outcome, conditions }]);
    const { id } = await desk.reviewed(county, batch);
    await desk.graduate(senior, [pupil], isGraduation ? 'GRADUATE' : 'COMPLETE');
    await registry.settled();
    await desk.issued(isGraduation ? city : schoolDesks(senior.code), id);
    const [certificate] = await desk.certificatesOf(registrar, pupil.person);
    if (certificate === undefined) throw new Error('Nothing was issued');
    return { pupil, certificate };
  };
  const print = async (who: Desk, { id }: Pick<Certificate, 'id'>, more: object = {}): Promise<Printed> => {
    const answer = await desk.ask<Printed>(who, 'printCertificate', 'PrintCertificateInput', gives, {
      certificate: id,
      ...more,
    });
    const done = desk.desk.answered(answer).printCertificate;
    if (done === undefined) throw new Error('No answer');
    return done;
  };
  const refusalOf = async (who: Desk, { id }: Certificate): Promise<unknown[]> => {
    const { errors } = await desk.ask(who, 'printCertificate', 'PrintCertificateInput', gives, {
      certificate: id,
    });
    return errors.map(({ extensions }) => extensions.code);
  };
  const fetchAs = async (who: Desk | null, url: string | null): Promise<Response> => {
    const { pathname, search } = new URL(url ?? '');
    const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who };
    const headers: Record<string, string> =
      who === null ? {} : { authorization: `Bearer ${await registry.network.tokenFor(claims)}` };
    return fetch(`${registry.gatewayUrl}${pathname}${search}`, { headers });
  };
  const textOf = async (response: Response): Promise<string> => {
    expect(response.status).toBe(200);
    const { text } = await readPdf(Buffer.from(await response.arrayBuffer()), 0.1);
    return text.replaceAll(/\s/g, '');
  };
  const codesOf = ({ findings }: Printed): string[] => findings.map(({ code }) => code);
  const readsOf = (person: string) =>
    asWorker(registry.network.service('certificate').core.worker, (tx) =>
      query<{ caller: string; full: boolean }>(
        tx,
        `select caller, full_values as full from read_audit where operation = 'certificate paper' and $1::uuid = any(persons)`,
        [person],
      ),
    );

  test(holds('CRT-06', 'is made for the school that issued it, to be saved, and is on record'), async () => {
    await asWorker(registry.network.service('organization').core.worker, (tx) =>
      execute(
        tx,
        `insert into registrar (registrar_id, workplace, is_school, unit, province, place, subject, roles, name,
           is_establishment_staff, state, nominated_at, filed_at, recorded, version)
         values (gen_random_uuid(), $1, true, $2, $3, $4, 'a principal', '["PRINCIPAL"]', '样例校长', true, 'FILED', now(), now(),
           '[]', 1)`,
        [senior.code, senior.authority, senior.province, senior.place],
      ),
    );
    const { pupil, certificate } = await issuedTo('COMPLETION');
    const { print: first, url } = await print(registrar, certificate);
    expect(first).toEqual({ number: 1, printedAt: expect.stringMatching(/^2026-07-06T09:00/) });
    expect(await readsOf(pupil.person)).toEqual([]);
    const response = await fetchAs(registrar, url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store' },
      'content-disposition': 'attachment; filename="certificate.pdf"',
    });
    const text = await textOf(response);
    for (const words of [
      '山西省普通高中结业证明书',
      pupil.name,
      certificate.number,
      senior.name,
      '存根',
      '样例校长',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('副本');
    expect(await readsOf(pupil.person)).toEqual([{ caller: expect.any(String), full: true }]);
  });

  test(
    breaks('CRT-06', 'is not made for another school, nor for who only sees the certificate'),
    async () => {
      const { certificate } = await issuedTo('COMPLETION');
      const other = await desk.schoolWith('JUNIOR');
      expect(await refusalOf(schoolDesks(other.code).registrar, certificate)).toEqual([
        'OUT_OF_JURISDICTION',
      ]);
      expect(await refusalOf(county.registrar, certificate)).toEqual(['OUT_OF_JURISDICTION']);
      expect(await refusalOf(schoolDesks(senior.code).head, certificate)).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('is opened by its reader alone, for a short time', async () => {
    const { certificate } = await issuedTo('COMPLETION');
    const { url } = await print(registrar, certificate);
    expect((await fetchAs(null, url)).status).toBe(401);
    expect((await fetchAs({ ...registrar, sub: 'somebody-else' } as Desk, url)).status).toBe(403);
    expect((await fetchAs(registrar, url?.replace('?t=', '?t=A') ?? '')).status).toBe(403);
    expect((await fetchAs(registrar, url?.replace(/\?.*/, '') ?? '')).status).toBe(403);
    registry.clock.moveTo('2026-07-06T09:10:00+08:00');
    expect((await fetchAs(registrar, url)).status).toBe(403);
  });

  test(
    holds('CRT-10', 'of a spoiled sheet is printed once more with a reason, and of a lost one as a copy'),
    async () => {
      const { certificate } = await issuedTo('COMPLETION');
      await print(registrar, certificate);
      const again = await print(registrar, certificate, { reason: '打印机卡纸' });
      expect([again.print?.number, again.findings]).toEqual([2, []]);
      const { certificate: copied } = await desk.onCertificate(
        registrar,
        'replaceLostCertificate',
        certificate,
      );
      expect(copied?.copies).toBe(1);
      const copy = await print(registrar, certificate, { reason: '遗失后制作副本' });
      expect(await textOf(await fetchAs(registrar, copy.url))).toContain('副本（据存根出具）');
    },
  );

  test(breaks('CRT-10', 'is not printed again for nothing: whoever lost it would have another'), async () => {
    const { certificate } = await issuedTo('COMPLETION');
    await print(registrar, certificate);
    const again = await print(registrar, certificate);
    expect([again.print, again.url, codesOf(again)]).toEqual([null, null, ['PRINTED_ALREADY']]);
  });

  test('of graduation is the authority’s own, and none is made of what was revoked', async () => {
    const graduated = await issuedTo('GRADUATION');
    expect(codesOf(await print(registrar, graduated.certificate))).toEqual(['PRINTED_BY_AUTHORITY']);
    const { certificate } = await issuedTo('COMPLETION');
    const { url } = await print(registrar, certificate);
    const revoked = await desk.onCertificate(
      schoolDesks(senior.code).head,
      'revokeCertificate',
      certificate,
      {
        reason: 'ISSUED_BY_MISTAKE',
      },
    );
    expect(revoked.certificate?.state).toBe('REVOKED');
    expect(codesOf(await print(registrar, certificate, { reason: '再印' }))).toEqual(['NOT_TO_PRINT']);
    expect((await fetchAs(registrar, url)).status).toBe(404);
  });

  test(holds('CRT-12', 'of schooling is printed for the seal, with the number of the original'), async () => {
    const { pupil, certificate: original } = await issuedTo('GRADUATION');
    const { certificate } = await desk.statement(registrar, pupil.person, original.number);
    if (certificate === null) throw new Error('Nothing was drafted');
    const text = await textOf(await fetchAs(registrar, (await print(registrar, certificate)).url));
    const words = ['山西省中小学生学历证明书', `原毕业证书号码${original.number}号`, '主管教育行政部门验印'];
    for (const each of [...words, `第${certificate.number}号`]) expect(text).toContain(each);
  });
});
