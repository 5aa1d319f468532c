import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import { type Certificate, type CertificateDesk, certificateDeskOf, type Pupil } from './certificate-desk.ts';

const county = authorityDesks('140105');
const byMistake = { reason: 'ISSUED_BY_MISTAKE' };

type Certified = { pupil: Pupil; certificate: Certificate };

describe('a certificate of schooling and the one that it stands for', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let school: SchoolFact;
  let own: { registrar: Desk; head: Desk };

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    school = await desk.schoolWith('JUNIOR');
    own = schoolDesks(school.code);
  });
  afterAll(() => registry?.stop());

  const graduationOf = async ({ person }: Pupil): Promise<Certificate> => {
    const held = await desk.certificatesOf(county.head, person);
    const found = held.findLast(({ kind }) => kind === 'GRADUATION');
    if (found === undefined) throw new Error('There is no graduation certificate');
    return found;
  };
  const issued = async (pupil: Pupil): Promise<Certificate> => {
    const { batch } = await desk.upload(own.registrar, [{ student: pupil.person, outcome: 'GRADUATION' }]);
    const { id } = await desk.reviewed(county, batch);
    await desk.issued(county, id);
    return graduationOf(pupil);
  };
  const certified = async (): Promise<Certified> => {
    const [pupil] = await desk.graduating(school, 1);
    if (pupil === undefined) throw new Error('Nobody is about to graduate');
    await desk.graduate(school, [pupil], 'GRADUATE');
    await registry.settled();
    return { pupil, certificate: await issued(pupil) };
  };
  const drafted = async ({ pupil, certificate }: Certified): Promise<Certificate> => {
    const { certificate: made, findings } = await desk.statement(
      own.registrar,
      pupil.person,
      certificate.number,
    );
    if (made === null) throw new Error(`Not drafted: ${JSON.stringify(findings)}`);
    return made;
  };
  const revoke = async (pupil: Pupil) =>
    desk.onCertificate(county.head, 'revokeCertificate', await graduationOf(pupil), byMistake);
  const check = async ({ number }: Certificate, { name }: Pupil): Promise<string> => {
    const question = `query ($number: String, $name: String) {
      verifyCertificate(number: $number, name: $name) { state } }`;
    const asked = desk.desk.ask<{ verifyCertificate: { state: string } }>(own.head, question, {
      number,
      name,
    });
    return desk.desk.answered(await asked).verifyCertificate.state;
  };

  test(breaks('CRT-10', 'does not outlive it'), async () => {
    const { pupil, certificate } = await certified();
    const made = await drafted({ pupil, certificate });
    const { certificate: sealed } = await desk.onCertificate(county.head, 'sealEducationStatement', made);
    expect(sealed?.state).toBe('ISSUED');
    expect((await revoke(pupil)).certificate?.state).toBe('REVOKED');
    expect(await check(certificate, pupil)).toBe('REVOKED');
    expect(await check(made, pupil)).toBe('REVOKED');
  });

  test(breaks('CRT-10', 'is not sealed once that one is revoked'), async () => {
    const { pupil, certificate } = await certified();
    const made = await drafted({ pupil, certificate });
    await revoke(pupil);
    const fallen = (await desk.certificatesOf(county.head, pupil.person)).find(
      ({ kind }) => kind === 'SCHOOLING',
    );
    const asked = { ...made, version: fallen?.version ?? made.version };
    const { findings } = await desk.onCertificate(county.head, 'sealEducationStatement', asked);
    expect(findings.map(({ code }) => code)).toEqual(['ORDER_STATE']);
    expect(await check(made, pupil)).not.toBe('VALID');
  });

  test(
    breaks('CRT-11', 'names the certificate that stands, not one that was revoked before it'),
    async () => {
      const { pupil, certificate } = await certified();
      await drafted({ pupil, certificate });
      await revoke(pupil);
      const second = await issued(pupil);
      const { certificate: made } = await desk.statement(own.registrar, pupil.person, second.number);
      expect(second.number).not.toBe(certificate.number);
      expect(made?.originalNumber).toBe(second.number);
    },
  );
});
