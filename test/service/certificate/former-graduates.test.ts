import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CertificateDesk, certificateDeskOf, codesOf, type Payload } from './certificate-desk.ts';

const county = authorityDesks('140105');
const number = '晋普高字第20040012号';

type Made = {
  id: string;
  state: string;
  version: number;
  number: string;
  originalNumber: string;
  beforeRegister: boolean;
  proofs: { kind: string; url: string | null }[] | null;
};

describe('a certificate of schooling for who graduated before the register existed', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let junior: SchoolFact;
  let own: { registrar: Desk; head: Desk };

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    junior = await desk.schoolWith('JUNIOR');
    own = schoolDesks(junior.code);
  });
  afterAll(() => registry?.stop());

  const made = `certificate { id state version number originalNumber beforeRegister proofs { kind } }
    findings { ruleId outcome code message path basis { document article layer } }`;
  const graduate = (more: object = {}) => ({
    ...{ school: junior.code, stage: 'JUNIOR', name: '样例旧生', gender: 'FEMALE', birthDate: '1988-05-06' },
    ...{ idDocumentNumber: '140105198805060025', nativeProvince: '山西省', nativeCounty: '小店区' },
    ...{ studiedFrom: '2001-09-01', graduatedOn: '2004-07-01', schoolingYears: 3, ...more },
  });
  const proof = async (who: Desk) => {
    const { upload } = await desk.desk.paper(who, 'OTHER');
    return { upload, kind: 'STUB' };
  };
  const asked = (who: Desk, input: object) =>
    desk.ask<Payload<'certificate', Made>>(
      who,
      'issueEducationStatement',
      'IssueEducationStatementInput',
      made,
      { originalNumber: number, handler: '样例经手', responsible: '样例负责', ...input },
    );
  const statement = async (who: Desk, input: object) =>
    desk.desk.answered(await asked(who, input)).issueEducationStatement as Payload<'certificate', Made>;
  const check = async (certificate: Made, name: string): Promise<string> =>
    desk.desk.answered(
      await desk.desk.ask<{ verifyCertificate: { state: string } }>(
        own.head,
        'query ($number: String, $name: String) { verifyCertificate(number: $number, name: $name) { state } }',
        { number: certificate.number, name },
      ),
    ).verifyCertificate.state;

  test(
    holds(
      'CRT-11',
      'rests on the proofs of the school, says so, and is in force once the authority sealed it',
    ),
    async () => {
      const input = { formerGraduate: graduate(), evidence: [await proof(own.registrar)] };
      const drafted = await statement(own.registrar, input);
      expect(codesOf(drafted)).toEqual(['CRT-11 WARN ORIGINAL_NOT_IN_REGISTER']);
      expect(drafted.certificate).toMatchObject({
        ...{ state: 'DRAFTED', originalNumber: number, beforeRegister: true, proofs: [{ kind: 'STUB' }] },
      });
      const again = await statement(own.registrar, {
        ...{ formerGraduate: graduate(), evidence: [await proof(own.registrar)] },
      });
      expect(again.certificate?.id).toBe(drafted.certificate?.id);
      if (drafted.certificate === null) throw new Error('Not drafted');
      const { id, version } = drafted.certificate;
      const sealed = await desk.ask<{ certificate: Made; findings: unknown[] }>(
        county.head,
        'sealEducationStatement',
        'OnCertificateInput',
        'certificate { id state } findings { code }',
        { certificate: id, expectedVersion: version },
      );
      expect(sealed.data?.sealEducationStatement).toMatchObject({
        certificate: { state: 'ISSUED' },
        findings: [],
      });
      expect(await check(drafted.certificate, '样例旧生')).toBe('VALID');
    },
  );

  test(holds('PRV-11', 'shows its proofs to whoever is to seal it, and to nobody else'), async () => {
    const evidence = [await proof(own.registrar)];
    const { certificate } = await statement(own.registrar, {
      ...{ formerGraduate: graduate({ name: '样例验印' }), evidence },
    });
    const { data } = await desk.desk.ask<{ certificate: Made | null }>(
      county.head,
      'query ($id: ID!) { certificate(id: $id) { proofs { kind url } } }',
      { id: certificate?.id },
    );
    const url = new URL(data?.certificate?.proofs?.[0]?.url ?? '');
    const statusFor = async (who: Desk): Promise<number> => {
      const claims = { scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who };
      const authorization = `Bearer ${await registry.network.tokenFor({ ...claims, department: 'ADMINISTRATIVE' })}`;
      return (
        await fetch(`${registry.gatewayUrl}${url.pathname}${url.search}`, { headers: { authorization } })
      ).status;
    };
    expect(await statusFor(county.head)).toBe(200);
    expect(await statusFor(county.registrar)).toBe(403);
    expect(await statusFor({ ...authorityDesks('140106').head, sub: county.head.sub })).toBe(403);
  });

  test('keeps its proofs: they are swept away no more', async () => {
    const evidence = [await proof(own.registrar)];
    await statement(own.registrar, { formerGraduate: graduate({ name: '样例另生' }), evidence });
    await registry.settled();
    const { core } = registry.network.service('enrollment');
    const taken = await asWorker(core.worker, (tx) =>
      query(tx, 'select 1 from upload where upload_id = $1 and taken_at is not null', [evidence[0]?.upload]),
    );
    expect(taken).toHaveLength(1);
  });

  test(
    breaks('CRT-11', 'is not given without a proof, nor under a number that the register has given'),
    async () => {
      const bare = await statement(own.registrar, { formerGraduate: graduate({ name: '样例无证' }) });
      expect(codesOf(bare)).toEqual(['CRT-11 REJECT ORIGINAL_NUMBER_MISSING']);
      const [pupil] = await desk.graduating(junior, 1);
      if (pupil === undefined) throw new Error('nobody');
      const { batch } = await desk.upload(own.registrar, [{ student: pupil.person, outcome: 'GRADUATION' }]);
      const { id } = await desk.reviewed(county, batch);
      await desk.graduate(junior, [pupil]);
      await registry.settled();
      await desk.issued(county, id);
      const [certificate] = await desk.certificatesOf(own.head, pupil.person);
      const evidence = [await proof(own.registrar)];
      const taken = { formerGraduate: graduate(), originalNumber: certificate?.number, evidence };
      expect(codesOf(await statement(own.registrar, taken))).toEqual([
        'CRT-11 REJECT ORIGINAL_NUMBER_MISSING',
      ]);
      const wrong = { student: pupil.person, evidence };
      expect(codesOf(await statement(own.registrar, wrong))).toEqual([
        'CRT-11 REJECT ORIGINAL_NUMBER_MISSING',
      ]);
    },
  );

  test(
    holds('CRT-10', 'is given for a graduate of the register whose certificate the register has not'),
    async () => {
      const [pupil] = await desk.graduating(junior, 1);
      if (pupil === undefined) throw new Error('nobody');
      await asWorker(registry.network.service('certificate').core.worker, (tx) =>
        execute(tx, `update study set status = 'GRADUATED', ended_on = '2025-06-30' where person_id = $1`, [
          pupil.person,
        ]),
      );
      const evidence = [await proof(own.registrar)];
      const { certificate, findings } = await statement(own.registrar, { student: pupil.person, evidence });
      expect(findings.map(({ code }) => code)).toEqual(['ORIGINAL_NOT_IN_REGISTER']);
      expect(certificate).toMatchObject({ state: 'DRAFTED', beforeRegister: true });
    },
  );

  test(breaks('CRT-14', 'is given by nobody but the school, and for one thing at a time'), async () => {
    for (const who of [county.registrar, schoolDesks((await desk.schoolWith('SENIOR')).code).registrar]) {
      const { errors } = await asked(who, { formerGraduate: graduate(), evidence: [await proof(who)] });
      expect(errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    }
    for (const input of [
      {},
      { student: 'x', formerGraduate: graduate() },
      { formerGraduate: graduate({ graduatedOn: '1999-07-01' }) },
    ]) {
      const { errors } = await asked(own.registrar, input);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});
