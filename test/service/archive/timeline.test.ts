import { v7 as uuidv7 } from 'uuid';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { EnrollmentMarksChanged } from '#libs/contracts/events/enrollment-marks.ts';
import {
  FormalNumberIssued,
  GuardianLinked,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

type Line = {
  on: string;
  kind: string;
  unit: string | null;
  toUnit: string | null;
  grade: number | null;
  status: string | null;
  entry: { kind: string } | null;
};
type Page = { edges: { node: Line }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type Student = {
  timeline: Page | null;
  recordAsOf: {
    school: { id: string } | null;
    grade: number | null;
    status: string | null;
    custodian: { code: string } | null;
    entries: { kind: string }[];
  } | null;
};

/** The life of a student, line by line, and as it stood on any day. */
describe('the life of a student', () => {
  let world: LifeWorld;
  let here: Site;
  let there: Site;
  let child: Child;

  const today = (day: string): void => world.network.clock.moveTo(`${day}T09:00:00+08:00`);
  const about = () => ({ person: child.person, province: here.province, place: here.place });

  beforeAll(async () => {
    world = await startLifeWorld();
    here = await world.newSchool();
    there = await world.newSchool();
    child = { person: uuidv7(), enrollment: uuidv7() };
    today('2026-03-03');
    // Told by another service, and earlier than the registration itself.
    await world.tell(
      world.envelope(TemporaryNumberAssigned, child.person, { ...about(), kind: 'L_TEMPORARY' }),
    );
    child = await world.registers(here, child.person);
    today('2026-04-01');
    await world.tell(
      world.envelope(FormalNumberIssued, child.person, { ...about(), kind: 'G_FORMAL' }),
      world.envelope(EnrollmentMarksChanged, child.person, { ...child, ...world.seatOf(here) }),
    );
    await world.award(here.code, child);
    today('2026-05-06');
    await world.handsOver(child, here, there, 'TRANSFER');
    today('2026-05-20');
    await world.step(here.code, 'handOverArchive', child);
    today('2026-05-25');
    await world.step(there.code, 'acceptArchive', child);
    today('2026-09-01');
    await world.network.settled();
  });
  afterAll(() => world?.network.stop());

  const asked = async (
    desk: object,
    variables: Record<string, unknown> = {},
  ): Promise<Student | undefined> => {
    const { _entities } = await world.ask<{ _entities: (Student | undefined)[] }>(
      desk,
      `query ($r: [_Any!]!, $first: Int, $after: String, $until: Date, $day: Date!) {
        _entities(representations: $r) { ... on Student {
          timeline(first: $first, after: $after, until: $until) {
            edges { node { on kind unit toUnit grade status entry { kind } } } pageInfo { hasNextPage endCursor } }
          recordAsOf(day: $day) { school { id } grade status custodian { code } entries { kind } } } } }`,
      { r: [{ __typename: 'Student', id: child.person }], first: 50, day: '2026-05-22', ...variables },
    );
    return _entities[0];
  };
  const registrar = () => world.deskOf(there.code);
  const kindsOf = (student: Student | undefined): string[] =>
    (student?.timeline?.edges ?? []).map(({ node }) => node.kind);

  const whole = [
    'NUMBER_ASSIGNED',
    'REGISTERED',
    'ARCHIVE_OPENED',
    'FORMAL_NUMBER_ISSUED',
    'ARCHIVE_ENTRY',
    'TRANSFERRED',
    'ARCHIVE_OWED',
    'ARCHIVE_COPY_STORED',
    'ARCHIVE_PASSED_ON',
    'ARCHIVE_ACCEPTED',
  ];

  test('is told in its order by what every service has told, each thing once', async () => {
    const student = await asked(registrar());
    expect(kindsOf(student)).toEqual(whole);
    const lines = student?.timeline?.edges.map(({ node }) => node) ?? [];
    expect(lines.map(({ on }) => on)).toEqual([
      ...['2026-03-03', '2026-03-03', '2026-03-03', '2026-04-01', '2026-04-01'],
      ...['2026-05-06', '2026-05-06', '2026-05-06', '2026-05-20', '2026-05-25'],
    ]);
    expect(lines[5]).toMatchObject({ unit: here.code, toUnit: there.code, grade: 3, status: 'IN_SCHOOL' });
    expect(lines[4]?.entry).toEqual({ kind: 'AWARD' });
  });

  test('comes in pages that go on where the last one ended, and until a day', async () => {
    const found: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page++) {
      const student = await asked(registrar(), { first: 3, after });
      found.push(...kindsOf(student));
      after = student?.timeline?.pageInfo.endCursor ?? null;
      expect(student?.timeline?.pageInfo.hasNextPage).toBe(page < 3);
    }
    expect(found).toEqual(whole);
    expect(kindsOf(await asked(registrar(), { until: '2026-04-01' }))).toEqual(whole.slice(0, 5));
    expect(kindsOf(await asked(registrar(), { until: '2026-03-02' }))).toEqual([]);
  });

  test('stands as it stood at the end of any day: school, grade, custodian and what the archive held', async () => {
    const on = async (day: string) => (await asked(registrar(), { day }))?.recordAsOf;
    expect(await on('2026-03-02')).toMatchObject({ school: null, grade: null, custodian: null, entries: [] });
    expect(await on('2026-03-03')).toMatchObject({
      ...{ school: { id: here.code }, grade: 3, status: 'IN_SCHOOL', custodian: { code: here.code } },
      entries: [{ kind: 'INFORMATION_SHEET' }],
    });
    expect(await on('2026-05-24')).toMatchObject({
      ...{ school: { id: there.code }, custodian: { code: here.code } },
      entries: [{ kind: 'INFORMATION_SHEET' }, { kind: 'AWARD' }, { kind: 'STATUS_CHANGE' }],
    });
    expect(await on('2026-05-25')).toMatchObject({ custodian: { code: there.code }, grade: 3 });
    expect(await on('2026-08-31')).toMatchObject({ grade: 4 });
  });

  const guardian = (sub: string) => ({
    ...{ sub, level: 'NONE', roles: ['GUARDIAN'], scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS },
  });

  test(holds('PRV-12', 'is told to school and authority of today and to the guardian'), async () => {
    const linked = { ...about(), subject: 'life-mother', from: '2026-03-04T00:00:00+08:00' };
    await world.tell(world.envelope(GuardianLinked, child.person, linked));
    for (const who of [registrar(), world.deskOf('140106', 'DECISION_MAKER'), guardian('life-mother')]) {
      expect(kindsOf(await asked(who))).toEqual(whole);
    }
  });

  test(
    breaks('PRV-12', 'is told to no other school, authority or guardian, nor to the school left behind'),
    async () => {
      for (const who of [
        world.deskOf(here.code),
        world.deskOf('140105'),
        world.deskOf('410503'),
        guardian('life-stranger'),
      ]) {
        const student = await asked(who);
        expect([student?.timeline, student?.recordAsOf]).toEqual([null, null]);
      }
    },
  );

  test(breaks('ARC-19', 'says nothing of marks, under which specialised education is kept'), async () => {
    const lines = await world.lines(child);
    expect(lines.map(({ kind }) => kind).sort()).toEqual([...whole].sort());
  });
});
