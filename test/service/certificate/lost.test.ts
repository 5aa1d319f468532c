import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolSet } from '#libs/contracts/events/organization.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Certificate,
  type CertificateDesk,
  certificateDeskOf,
  codesOf,
  everyCondition,
  type Pupil,
} from './certificate-desk.ts';

const county = authorityDesks('140105');
const city = authorityDesks('140100', 'CITY');
const other = authorityDesks('140106');

type Desks = { registrar: Desk; head: Desk };
type Waiting = {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean };
};
type Certified = { pupil: Pupil; certificate: Certificate };

describe('a certificate once issued', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let senior: SchoolFact;
  let junior: SchoolFact;
  let own: Desks;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    senior = await desk.schoolWith('SENIOR');
    junior = await desk.schoolWith('JUNIOR');
    own = schoolDesks(junior.code);
  });
  afterAll(() => registry?.stop());

  const service = () => registry.network.service('certificate');
  const ofPupil = async (who: Desk, { person }: Pupil, kind: string): Promise<Certificate> => {
    const found = (await desk.certificatesOf(who, person)).findLast((each) => each.kind === kind);
    if (found === undefined) throw new Error(`There is no ${kind}`);
    return found;
  };
  /** A graduate of a junior school, or somebody who completed senior school, with the certificate. */
  const certified = async (school: SchoolFact = junior): Promise<Certified> => {
    const [pupil] = await desk.graduating(school, 1);
    if (pupil === undefined) throw new Error('nobody');
    const isJunior = school.code === junior.code;
    const outcome = isJunior ? 'GRADUATION' : 'COMPLETION';
    const conditions = isJunior ? null : { ...everyCondition, fitnessPassed: false };
    const desks = schoolDesks(school.code);
    const { batch } = await desk.upload(desks.registrar, [{ student: pupil.person, outcome, conditions }]);
    const { id } = await desk.reviewed(county, batch);
    await desk.graduate(school, [pupil], isJunior ? 'GRADUATE' : 'COMPLETE');
    await registry.settled();
    await desk.issued(isJunior ? county : desks, id);
    return { pupil, certificate: await ofPupil(desks.head, pupil, outcome) };
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
  const check = async ({ number }: Certificate, { name }: Pupil): Promise<string> =>
    desk.desk.answered(
      await desk.desk.ask<{ verifyCertificate: { state: string } }>(
        own.head,
        'query ($number: String, $name: String) { verifyCertificate(number: $number, name: $name) { state } }',
        { number, name },
      ),
    ).verifyCertificate.state;
  const toldAbout = (certificate: Certificate, type: string) =>
    asWorker(service().core.worker, (tx) =>
      query(tx, 'select seq from event_log where aggregate_id = $1 and type = $2', [
        `certificate:${certificate.id.split('.')[1]}`,
        type,
      ]),
    );

  test(
    holds(
      'CRT-10',
      'a lost one is stood in for by a certificate of schooling, in force once the authority sealed it',
    ),
    async () => {
      const known = await certified();
      const made = await drafted(known);
      expect(made).toMatchObject({
        ...{ kind: 'SCHOOLING', state: 'DRAFTED', sealDueOn: '2026-07-20', sealedOn: null },
        ...{ originalNumber: known.certificate.number, issuer: { kind: 'SCHOOL', code: junior.code } },
      });
      expect(await check(made, known.pupil)).toBe('UNKNOWN');
      const { certificate: sealed, findings } = await desk.onCertificate(
        county.head,
        'sealEducationStatement',
        made,
      );
      expect(findings).toEqual([]);
      expect(sealed).toMatchObject({ state: 'ISSUED', sealedOn: '2026-07-06', sealedBy: '140105' });
      expect(await check(made, known.pupil)).toBe('VALID');
      const again = await desk.statement(own.registrar, known.pupil.person, known.certificate.number);
      expect(again.certificate?.id).toBe(made.id);
    },
  );

  const waiting = async (who: Desk, after: string | null = null): Promise<Waiting> => {
    const asked = await desk.desk.ask<{ statementsToSeal: Waiting }>(
      who,
      `query ($after: String) { statementsToSeal(first: 1, after: $after) {
        edges { cursor node { id } } pageInfo { hasNextPage } } }`,
      { after },
    );
    return desk.desk.answered(asked).statementsToSeal;
  };
  const idsWaiting = async (who: Desk): Promise<string[]> => {
    const ids: string[] = [];
    for (let page = await waiting(who); ; page = await waiting(who, page.edges.at(-1)?.cursor)) {
      ids.push(...page.edges.map(({ node }) => node.id));
      if (!page.pageInfo.hasNextPage) return ids;
    }
  };

  test(
    holds('CRT-10', 'the authority finds what waits for its seal page by page, until it has sealed it'),
    async () => {
      const made = [await drafted(await certified()), await drafted(await certified())];
      const ids = made.map(({ id }) => id);
      const listed = await idsWaiting(county.head);
      expect(listed).toEqual(expect.arrayContaining(ids));
      expect(new Set(listed).size).toBe(listed.length);
      expect(await idsWaiting(other.head)).toEqual([]);
      const [first] = made;
      if (first) await desk.onCertificate(county.head, 'sealEducationStatement', first);
      const left = await idsWaiting(county.head);
      expect(left).toContain(ids[1]);
      expect(left).not.toContain(ids[0]);
    },
  );

  test('who does not seal has no such list', async () => {
    const query = '{ statementsToSeal { edges { node { id } } } }';
    for (const who of [county.registrar, own.head]) {
      const { errors } = await desk.desk.ask(who, query);
      expect(errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    }
  });

  test(
    breaks('CRT-10', 'a graduation certificate is not issued again, and the refusal is told'),
    async () => {
      const { certificate } = await certified();
      const answer = await desk.onCertificate(own.registrar, 'replaceLostCertificate', certificate);
      expect(codesOf(answer)).toEqual(['CRT-10 REJECT REISSUE_FORBIDDEN']);
      await registry.settled();
      expect(await toldAbout(certificate, 'ReissueRefused')).toHaveLength(1);
    },
  );

  test(
    breaks('CRT-10', 'another authority does not seal, and hears of nothing that is not its own'),
    async () => {
      const made = await drafted(await certified());
      expect(codesOf(await desk.onCertificate(city.head, 'sealEducationStatement', made))).toEqual([
        'ACC-18 REJECT ROLE_MISSING',
      ]);
      const foreign = await desk.ask(
        other.head,
        'sealEducationStatement',
        'OnCertificateInput',
        'findings { code }',
        {
          ...{ certificate: made.id, expectedVersion: made.version },
        },
      );
      expect(foreign.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
      expect(await desk.certificatesOf(other.head, made.id.split('.')[0] ?? '')).toEqual([]);
    },
  );

  test(holds('CRT-11', 'the statement names the number of the lost original'), async () => {
    const known = await certified();
    expect((await drafted(known)).originalNumber).toBe(known.certificate.number);
  });

  test(
    breaks('CRT-11', 'without that number, or with one that the register does not have, none is given'),
    async () => {
      const { pupil } = await certified();
      for (const number of [undefined, '140105-1-2026-999999-00']) {
        expect(codesOf(await desk.statement(own.registrar, pupil.person, number))).toEqual([
          'CRT-11 REJECT ORIGINAL_NUMBER_MISSING',
        ]);
      }
    },
  );

  test(breaks('CRT-14', 'nobody acts for a school that stands'), async () => {
    const { pupil, certificate } = await certified();
    const answer = await desk.statement(county.registrar, pupil.person, certificate.number);
    expect(codesOf(answer)).toContain('CRT-14 HOLD ISSUER_SUCCESSION');
    expect(answer.certificate).toBeNull();
  });

  test('a lost certificate of completion is copied from the stub, and the copy is told', async () => {
    const { certificate } = await certified(senior);
    const { registrar } = schoolDesks(senior.code);
    const once = await desk.onCertificate(registrar, 'replaceLostCertificate', certificate);
    expect(once.certificate).toMatchObject({ copies: 1, state: 'ISSUED', number: certificate.number });
    await registry.settled();
    expect(await toldAbout(certificate, 'CertificateCopied')).toHaveLength(1);
  });

  test('the issuer alone revokes, and by rollback only once the graduation is undone', async () => {
    const { pupil, certificate } = await certified();
    const revoke = (who: Desk, reason: string) =>
      desk.onCertificate(who, 'revokeCertificate', certificate, { reason });
    expect(codesOf(await revoke(own.head, 'ISSUED_BY_MISTAKE'))).toEqual([
      'CRT-13 REJECT ISSUER_NOT_AUTHORISED',
    ]);
    expect(codesOf(await revoke(county.head, 'GRADUATION_ROLLED_BACK'))).toEqual([
      'ENR-35 REJECT ROLLBACK_NOT_ALLOWED',
    ]);
    const { certificate: revoked } = await revoke(county.head, 'ISSUED_BY_MISTAKE');
    expect(revoked).toMatchObject({ state: 'REVOKED', revokedOn: '2026-07-06', allowedActions: [] });
    expect(await check(certificate, pupil)).toBe('REVOKED');
    const { batch } = await desk.upload(own.registrar, [{ student: pupil.person, outcome: 'GRADUATION' }]);
    await desk.reviewed(county, batch);
    await desk.issued(county, batch?.id ?? null);
    const second = await ofPupil(county.head, pupil, 'GRADUATION');
    expect(second.state).toBe('ISSUED');
    expect(second.number).not.toBe(certificate.number);
  });

  test(
    holds('ENR-35', 'a graduation that is rolled back takes its certificate and what stood in for it along'),
    async () => {
      const known = await certified();
      const made = await drafted(known);
      const reverted = await desk.ask<{ findings: unknown[] }>(
        county.head,
        'revertGraduation',
        'RevertGraduationInput',
        'enrollment { id } findings { code }',
        { enrollment: known.pupil.enrollment, expectedVersion: 2, reason: '误操作' },
      );
      expect(reverted.errors).toEqual([]);
      await registry.settled();
      const after = await desk.certificatesOf(county.head, known.pupil.person);
      expect(after.map(({ kind, state, revocationReason }) => [kind, state, revocationReason])).toEqual([
        ['GRADUATION', 'REVOKED', 'GRADUATION_ROLLED_BACK'],
        ['SCHOOLING', 'REVOKED', 'GRADUATION_ROLLED_BACK'],
      ]);
      expect(await check(known.certificate, known.pupil)).toBe('REVOKED');
      expect(await check(made, known.pupil)).toBe('UNKNOWN');
      const entries = await asWorker(registry.network.service('archive').core.worker, (tx) =>
        query<{ kind: string; change: string }>(
          tx,
          `select kind, change from archive_entry where person_id = $1 and change like 'CERTIFICATE%' order by entry`,
          [known.pupil.person],
        ),
      );
      expect(entries).toEqual([
        { kind: 'PROOF', change: 'CERTIFICATE_ISSUED' },
        { kind: 'PROOF', change: 'CERTIFICATE_REVOKED' },
        { kind: 'PROOF', change: 'CERTIFICATE_REVOKED' },
      ]);
    },
  );

  test(
    holds(
      'PRV-11',
      'is seen by the guardian of its holder, by the school of the studies and those above it, by nobody else',
    ),
    async () => {
      const { pupil, certificate } = await certified();
      const guardian: Desk = { sub: `guardian-${randomUUID()}`, level: 'NONE', roles: ['GUARDIAN'] };
      const asks = async (who: Desk) => (await desk.certificatesOf(who, pupil.person)).map(({ id }) => id);
      expect(await asks(guardian)).toEqual([]);
      await asWorker(service().core.worker, (tx) =>
        execute(tx, 'insert into standing_ref (subject, person_id, since) values ($1, $2, now())', [
          guardian.sub,
          pupil.person,
        ]),
      );
      for (const who of [guardian, own.registrar, county.head, city.registrar])
        expect(await asks(who)).toEqual([certificate.id]);
      const teacher: Desk = {
        sub: 'teacher',
        level: 'SCHOOL',
        school: junior.code,
        roles: ['CLASS_TEACHER'],
      };
      for (const who of [other.head, schoolDesks(senior.code).registrar, teacher])
        expect(await asks(who)).toEqual([]);
    },
  );

  test(
    holds('CRT-14', 'the custodian of the archives of a closed school gives the statement in its place'),
    async () => {
      const { pupil, certificate } = await certified();
      const { core, projections } = service();
      const closed = { ...junior, state: 'CLOSED' };
      const event = {
        ...{ specversion: '1.0' as const, id: uuidv7(), source: 'organization', type: SchoolSet.type },
        ...{
          time: registry.clock.now(),
          subject: `school:${junior.code}`,
          aggregateversion: 9,
          data: closed,
        },
        ...{
          dataschema: `urn:xueji:event:${SchoolSet.type}:1`,
          datacontenttype: 'application/json' as const,
        },
      };
      const hearing = projections.filter(({ types }) => types?.includes(SchoolSet.type) ?? true);
      expect(hearing.length).toBeGreaterThan(1);
      for (const projection of hearing.toReversed()) {
        await asWorker(core.worker, (tx) => projection.apply(tx, [event]));
        projection.applied?.([event]);
      }
      const answer = await desk.statement(own.registrar, pupil.person, certificate.number).catch(() => null);
      expect(answer).toBeNull();
      const { certificate: made, findings } = await desk.statement(
        county.registrar,
        pupil.person,
        certificate.number,
      );
      expect(findings).toEqual([]);
      expect(made).toMatchObject({
        state: 'DRAFTED',
        issuer: { code: '140105' },
        school: { id: junior.code },
      });
      const same = { ...county.head, sub: county.registrar.sub };
      if (made === null) return;
      expect(codesOf(await desk.onCertificate(same, 'sealEducationStatement', made))).toEqual([
        'ACC-18 REJECT SAME_PERSON_HANDLES_AND_DECIDES',
      ]);
      const sealed = await desk.onCertificate(county.head, 'sealEducationStatement', made);
      expect(sealed.certificate?.state).toBe('ISSUED');
    },
  );
});
