import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { oldPupil, schoolWith } from '#test/service/enrollment/old-pupils.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import {
  beiguanSchool,
  guardian,
  receiving,
  sending,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ArchiveDesk, archiveDeskOf, codesOf } from './archive-desk.ts';

/** SQLSTATE of what a role of the database is refused, or that it is not. */
const onConnection = async (url: string, text: string, values: unknown[]): Promise<string> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, values);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
};

/** What lies in an archive, from the registration on. */
describe('the archive of a student', () => {
  let registry: Registry;
  let desk: ArchiveDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = archiveDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const pupil = async () => {
    const child = await desk.transfers.pupil();
    await registry.settled();
    return child;
  };
  const award = (student: string, more: Record<string, unknown> = {}) =>
    desk.order(sending.registrar, 'recordAward', 'RecordAwardInput', {
      ...{ student, level: 'COUNTY', title: '三好学生', awardedOn: '2026-09-01' },
      ...more,
    });
  const discipline = (student: string, more: Record<string, unknown> = {}) =>
    desk.order(sending.head, 'recordDiscipline', 'RecordDisciplineInput', {
      ...{ student, level: 'DEMERIT', decidedOn: '2026-09-01', endsOn: '2027-02-28' },
      ...more,
    });
  const material = (student: string, more: Record<string, unknown> = {}) =>
    desk.order(sending.registrar, 'addArchiveMaterial', 'AddArchiveMaterialInput', {
      ...{ student, kind: 'HEALTH_CHECK', category: 'HEALTH', occurredOn: '2026-09-01' },
      ...{ words: '健康体检合格', tellsOfSpecializedEducation: false },
      ...more,
    });

  test(holds('ARC-01', 'is opened with the approved registration, well within its two months'), async () => {
    const { person } = await pupil();
    const archive = await desk.seen(sending.registrar, person);
    expect(archive).toMatchObject({
      ...{ state: 'KEPT', openedOn: '2026-09-02', dueOn: '2026-11-02', intact: true, findings: [] },
      ...{ custodian: { kind: 'SCHOOL', code: sending.school }, handOver: null, copies: [] },
    });
    expect(archive.sections).toHaveLength(7);
    expect(desk.entriesOf(archive, 'BASIC_INFO')).toMatchObject([
      { number: 1, kind: 'INFORMATION_SHEET', change: 'REGISTERED' },
    ]);
  });

  test(
    breaks('ARC-01', 'is due from the registration on, and nothing is filed before it is opened'),
    async () => {
      const waiting = await desk.counter.registered(sending.school, girl(90), { entryYear: 2026 });
      await registry.settled();
      const person = waiting.student.id;
      expect(await desk.seen(sending.registrar, person)).toMatchObject({ state: 'DUE', openedOn: null });
      expect(codesOf(await award(person))).toEqual(['null REJECT ARCHIVE_NOT_OPEN']);
    },
  );

  test(holds('PRV-12', 'is seen by its school and authority, those above, and the guardian'), async () => {
    const { person } = await pupil();
    const mother = guardian('archive-mother');
    await desk.desk.ask(
      sending.registrar,
      'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student: person, subject: mother.sub },
          ...{ position: 1, basis: 'HOUSEHOLD_REGISTER' },
        },
      },
    );
    await registry.settled();
    for (const who of [sending.head, xiaodian.registrar, authorityDesks('140100', 'CITY').head, mother]) {
      expect((await desk.archiveOf(who, person))?.state).toBe('KEPT');
    }
  });

  test(
    breaks('PRV-12', 'is seen by no other school or authority, and by nobody else’s guardian'),
    async () => {
      const { person } = await pupil();
      for (const who of [receiving.registrar, beiguanSchool.head, yingze.registrar, guardian('stranger')]) {
        expect(await desk.archiveOf(who, person)).toBeNull();
        expect(await desk.asEntity(who, person)).toBeNull();
      }
      expect(await desk.asEntity(sending.head, person)).not.toBeNull();
      const foreign = await desk.tryOn(receiving.registrar, 'recordAward', 'RecordAwardInput', {
        ...{ student: person, level: 'CITY', title: '一', awardedOn: '2026-09-01' },
      });
      expect(foreign.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('is one with the child’s own data in the graph: its life, and how it stood on a day', async () => {
    const { person } = await pupil();
    await registry.settled();
    const { student } = desk.desk.answered(
      await desk.desk.ask<{
        student: {
          name: string;
          timeline: { edges: { node: { kind: string } }[] };
          recordAsOf: { school: { name: string }; grade: number; custodian: { code: string } };
        };
      }>(
        sending.registrar,
        `query ($id: ID!) { student(id: $id) { name timeline(first: 20) { edges { node { kind } } }
          recordAsOf(day: "2026-09-02") { school { name } grade custodian { code } } } }`,
        { id: person },
      ),
    );
    const kinds = student.timeline.edges.map(({ node }) => node.kind);
    expect(kinds.toSorted()).toEqual(['APPROVED', 'ARCHIVE_OPENED', 'NUMBER_ASSIGNED', 'REGISTERED']);
    expect(student.name).not.toBe('');
    expect(student.recordAsOf).toMatchObject({ grade: 1, custodian: { code: sending.school } });
    expect(student.recordAsOf.school.name).not.toBe('');
  });

  test(holds('ARC-17', 'takes an award, with its words for those alone who may see it'), async () => {
    const { person } = await pupil();
    const { archive, findings } = await award(person);
    expect(findings).toEqual([]);
    expect(archive && desk.entriesOf(archive, 'AWARDS')).toMatchObject([
      { number: 2, kind: 'AWARD', level: 'COUNTY', words: '三好学生', occurredOn: '2026-09-01' },
    ]);
    expect(archive?.intact).toBe(true);
  });

  test(breaks('ARC-17', 'warns of one of a class, and refuses one of tomorrow'), async () => {
    const { person } = await pupil();
    const warned = await award(person, { level: 'CLASS' });
    expect(codesOf(warned)).toEqual(['ARC-17 WARN AWARD_LEVEL_TOO_LOW']);
    expect(warned.archive).not.toBeNull();
    expect(codesOf(await award(person, { awardedOn: '2026-09-03' }))).toEqual(['null REJECT DAY_AHEAD']);
  });

  test(holds('ARC-18', 'takes a demerit, and keeps it beside the note that it was revoked'), async () => {
    const { person } = await pupil();
    const { archive } = await discipline(person);
    expect(archive && desk.entriesOf(archive, 'PROVINCIAL_OTHER')).toMatchObject([{ level: 'DEMERIT' }]);
    const revoked = await desk.order(sending.head, 'revokeDiscipline', 'RevokeDisciplineInput', {
      ...{ student: person, entry: 2, revokedOn: '2026-09-02' },
    });
    expect(revoked.archive && desk.entriesOf(revoked.archive, 'PROVINCIAL_OTHER')).toMatchObject([
      { number: 2, corrects: null },
      { number: 3, corrects: 2 },
    ]);
  });

  test(breaks('ARC-18', 'takes nothing below, and revokes nothing that is not there'), async () => {
    const { person } = await pupil();
    expect(codesOf(await discipline(person, { level: 'SERIOUS_WARNING' }))).toEqual([
      'ARC-18 REJECT DISCIPLINE_BELOW_THRESHOLD',
    ]);
    expect(codesOf(await discipline(person, { endsOn: '2026-08-31' }))).toEqual([
      'null REJECT ENDS_TOO_EARLY',
    ]);
    const revoked = await desk.order(sending.head, 'revokeDiscipline', 'RevokeDisciplineInput', {
      ...{ student: person, entry: 1, revokedOn: '2026-09-02' },
    });
    expect(codesOf(revoked)).toEqual(['null REJECT MEASURE_UNKNOWN']);
  });

  test(holds('ARC-02', 'takes material into its own category'), async () => {
    const { person } = await pupil();
    const { archive } = await material(person);
    expect(archive && desk.entriesOf(archive, 'HEALTH')).toMatchObject([{ words: '健康体检合格' }]);
  });

  test(breaks('ARC-02', 'takes none into another'), async () => {
    const { person } = await pupil();
    expect(codesOf(await material(person, { category: 'AWARDS' }))).toEqual([
      'ARC-02 REJECT ARCHIVE_CATEGORY_UNKNOWN',
    ]);
  });

  test(breaks('ARC-19', 'takes nothing that tells of specialised education of a minor'), async () => {
    const { person } = await pupil();
    expect(codesOf(await material(person, { tellsOfSpecializedEducation: true }))).toEqual([
      'ARC-19 REJECT SPECIALIZED_EDUCATION_NOT_ARCHIVABLE',
    ]);
  });

  test(holds('ARC-25', 'is corrected by a new entry that names the other'), async () => {
    const { person } = await pupil();
    await material(person);
    const { archive } = await material(person, { corrects: 2, words: '更正：需复查' });
    expect(archive && desk.entriesOf(archive, 'HEALTH').map(({ corrects }) => corrects)).toEqual([null, 2]);
    expect(codesOf(await material(person, { corrects: 9 }))).toEqual(['null REJECT ENTRY_UNKNOWN']);
  });

  test(
    breaks('ARC-25', 'shows that an entry was altered, which neither request nor worker can do'),
    async () => {
      const { person } = await pupil();
      await award(person);
      const { core } = registry.network.service('archive');
      const alter = (key: 'DATABASE_URL' | 'WORKER_DATABASE_URL' | 'OWNER_DATABASE_URL', text: string) =>
        onConnection(core.config[key], text, [person]);
      const text = `update archive_entry set level = 'NATION' where person_id = $1 and entry = 2`;
      const gone = 'delete from archive_entry where person_id = $1';
      for (const key of ['DATABASE_URL', 'WORKER_DATABASE_URL'] as const) {
        expect(await alter(key, text)).toBe('42501');
        expect(await alter(key, gone)).toBe('42501');
        expect(await alter(key, 'delete from archive where person_id = $1')).toBe('42501');
      }
      await desk.counter.change('archive', 'update archive set last_hash = last_hash where person_id = $1', [
        person,
      ]);
      expect((await desk.seen(sending.head, person)).intact).toBe(true);
    },
  );

  test(
    holds('ARC-11', 'is there at once for who was registered long ago and taken over, one for each'),
    async () => {
      const school = await schoolWith(registry, 'PRIMARY');
      const taken = [await oldPupil(registry, school, 2023), await oldPupil(registry, school, 2022)];
      await registry.settled();
      for (const { person } of taken) {
        const archive = await desk.seen(schoolDesks(school.code).registrar, person);
        expect(archive).toMatchObject({ state: 'KEPT', custodian: { code: school.code }, intact: true });
        expect(desk.entriesOf(archive, 'BASIC_INFO').map(({ change }) => change)).toEqual(['REGISTERED']);
      }
    },
  );

  test('files the same order once, however often it is sent', async () => {
    const { person } = await pupil();
    const idempotencyKey = randomUUID();
    await award(person, { idempotencyKey });
    const { archive } = await award(person, { idempotencyKey });
    expect(archive && desk.entriesOf(archive, 'AWARDS')).toHaveLength(1);
  });
});
