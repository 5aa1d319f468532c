import { v7 as uuidv7 } from 'uuid';
import { type SchoolFact, SchoolSet } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CertificateDesk, certificateDeskOf, codesOf, everyCondition } from './certificate-desk.ts';

const county = authorityDesks('140105');

describe('a school that ended, and the one that went on in its place and ended too', () => {
  let registry: Registry;
  let desk: CertificateDesk;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** What the certificate service hears when a school is written anew. */
  const hears = async (school: SchoolFact): Promise<void> => {
    const { core, projections } = registry.network.service('certificate');
    const event = {
      ...{ specversion: '1.0' as const, id: uuidv7(), source: 'organization', type: SchoolSet.type },
      ...{ time: registry.clock.now(), subject: `school:${school.code}`, aggregateversion: 9, data: school },
      ...{ dataschema: `urn:xueji:event:${SchoolSet.type}:1`, datacontenttype: 'application/json' as const },
    };
    for (const projection of projections.filter(({ types }) => types?.includes(SchoolSet.type) ?? true)) {
      await asWorker(core.worker, (tx) => projection.apply(tx, [event]));
      projection.applied?.([event]);
    }
  };
  /** One more school of the province, under the authority of the first. */
  const another = async ({ code, province, authority }: SchoolFact): Promise<SchoolFact> => {
    const all = await registry.network.service('certificate').core.directory.schoolsIn(0, 99_999_999_999);
    const found = all.find(
      (each) => each.province === province && each.code !== code && each.authority !== authority,
    );
    if (found === undefined) throw new Error('There is no other school');
    return { ...found, authority, competentAuthority: null };
  };
  const merged = (school: SchoolFact, into: SchoolFact): SchoolFact => ({
    ...school,
    ...{ state: 'MERGED', succession: { merger: uuidv7(), into: into.code, from: '2026-07-06' } },
  });

  test(
    holds('CRT-14', 'whoever acts for the last of them acts for all, and issues what was left to issue'),
    async () => {
      const first = await desk.schoolWith('SENIOR');
      const second = await another(first);
      const own = schoolDesks(first.code);
      const [pupil] = await desk.graduating(first, 1);
      if (pupil === undefined) throw new Error('nobody');
      const conditions = { ...everyCondition, fitnessPassed: false };
      const claim = { student: pupil.person, outcome: 'COMPLETION', conditions };
      const batch = await desk.reviewed(county, (await desk.upload(own.registrar, [claim])).batch);
      await desk.graduate(first, [pupil], 'COMPLETE');
      await registry.settled();
      await hears(merged(first, second));
      const issuer = async () =>
        asWorker(registry.network.service('certificate').core.worker, async (tx) =>
          (
            await query<{ issuer: string; place: string }>(
              tx,
              'select issuer, place::text as place from outcome where person_id = $1',
              [pupil.person],
            )
          ).at(0),
        );
      expect(await issuer()).toEqual({ issuer: second.code, place: String(second.place) });
      await hears({ ...second, state: 'CLOSED' });
      expect((await issuer())?.issuer).toBe('140105');
      expect(await desk.issued(county, batch.id)).toMatchObject({ state: 'DONE', issued: 1 });
      const [certificate] = await desk.certificatesOf(county.head, pupil.person);
      expect(certificate).toMatchObject({ issuer: { code: '140105' }, school: { id: first.code } });
    },
  );

  test(breaks('CRT-14', 'two that name each other end with their authority'), async () => {
    const one = await desk.schoolWith('JUNIOR');
    const other = await another(one);
    const own = schoolDesks(one.code);
    const [pupil] = await desk.graduating(one, 1);
    if (pupil === undefined) throw new Error('nobody');
    const claim = { student: pupil.person, outcome: 'GRADUATION' };
    const batch = await desk.reviewed(county, (await desk.upload(own.registrar, [claim])).batch);
    await desk.graduate(one, [pupil]);
    await registry.settled();
    await desk.issued(county, batch.id);
    await hears(merged(one, other));
    await hears(merged(other, one));
    const [certificate] = await desk.certificatesOf(county.head, pupil.person);
    const { findings, certificate: made } = await desk.statement(
      county.registrar,
      pupil.person,
      certificate?.number,
    );
    expect(findings).toEqual([]);
    expect(made?.issuer.code).toBe('140105');
  });

  test(
    breaks(
      'CRT-10',
      'who does not act for the school is refused as such, and no refusal of a second one is told',
    ),
    async () => {
      const school = await desk.schoolWith('PRIMARY');
      const [pupil] = await desk.graduating(school, 1);
      if (pupil === undefined) throw new Error('nobody');
      const claim = { student: pupil.person, outcome: 'GRADUATION' };
      const own = schoolDesks(school.code);
      const batch = await desk.reviewed(county, (await desk.upload(own.registrar, [claim])).batch);
      await desk.graduate(school, [pupil]);
      await registry.settled();
      await desk.issued(county, batch.id);
      const [certificate] = await desk.certificatesOf(county.head, pupil.person);
      if (certificate === undefined) throw new Error('none');
      const answer = await desk.onCertificate(county.registrar, 'replaceLostCertificate', certificate);
      expect(codesOf(answer)).toEqual(['CRT-14 HOLD ISSUER_SUCCESSION']);
      await registry.settled();
      const told = await asWorker(registry.network.service('certificate').core.worker, (tx) =>
        query(tx, `select 1 from event_log where type = 'ReissueRefused' and aggregate_id = $1`, [
          `certificate:${certificate.id.split('.')[1]}`,
        ]),
      );
      expect(told).toEqual([]);
    },
  );
});
