import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import {
  importWorkbook,
  type JobView,
  type Registry,
  sampleWorkbook,
  startRegistry,
} from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/**
 * The main job from end to end, through the gateway: a school's workbook of first-graders goes in, the county
 * approves, classes are placed, formal numbers are issued, and every level sees the same truth in its own scope.
 */
const school = DEMO_SCHOOLS.taiyuanPrimary;

type Node = { id: string; version: number; status: string; student: { id: string; numberKind: string } };
type List = { enrollments: { edges: { node: Node }[]; pageInfo: { hasNextPage: boolean } } };

const listFields = `edges { node { id version status student { id numberKind } } } pageInfo { hasNextPage }`;

describe('a school year begins', () => {
  let registry: Registry;
  let job: JobView;
  let badRows: readonly { row: number; code: string }[];

  const list = async (who: string, filter: Record<string, unknown>): Promise<Node[]> => {
    const { data } = await registry.ask<List>(
      who,
      `query ($filter: EnrollmentFilter) { enrollments(filter: $filter, first: 200) { ${listFields} } }`,
      { filter },
    );
    return data?.enrollments.edges.map(({ node }) => node) ?? [];
  };

  const total = async (who: string, scope?: string) => {
    const { data, errors } = await registry.ask<{ enrollmentStatistics: { total: number | null } | null }>(
      who,
      `query ($scope: ID) { enrollmentStatistics(scope: $scope, by: [STAGE]) { total } }`,
      { scope },
    );
    return { total: data?.enrollmentStatistics?.total, code: errors[0]?.extensions.code };
  };

  beforeAll(async () => {
    registry = await startRegistry();
    const { bytes, sample } = await sampleWorkbook({ rows: 100, bad: 10 });
    badRows = sample.bad;
    const dry = await importWorkbook(registry, { who: 'registrar', school, bytes, key: 'dry', dryRun: true });
    expect({ good: dry.good, bad: dry.bad, registered: dry.registered }).toEqual({
      good: 90,
      bad: 10,
      registered: 0,
    });
    expect(await list('registrar', {})).toEqual([]);
    job = await importWorkbook(registry, { who: 'registrar', school, bytes, key: 'first' });
    await registry.settled();
  });

  afterAll(() => registry?.stop());

  test('ninety of a hundred rows are registered and ten are told why they are not', () => {
    expect(job).toMatchObject({ state: 'DONE', total: 100, read: 100, good: 90, registered: 90, bad: 10 });
    expect(job.badRows.map(({ row }) => row).sort((a, b) => a - b)).toEqual(badRows.map(({ row }) => row));
    for (const { row, code } of badRows) {
      const told = job.badRows.find((candidate) => candidate.row === row);
      expect(told?.problems.map((problem) => problem.code)).toContain(code);
    }
    expect(job.reportUrl).toContain('/reports/');
  });

  test('importing the same file again changes nothing', async () => {
    const { bytes } = await sampleWorkbook({ rows: 100, bad: 10 });
    const again = await importWorkbook(registry, { who: 'registrar', school, bytes, key: 'again' });
    expect(again).toMatchObject({ state: 'DONE', good: 90, bad: 10 });
    expect(await list('registrar', {})).toHaveLength(90);
  });

  test(
    breaks('ENR-08', 'until the county decides, every registration waits and holds a temporary number'),
    async () => {
      const waiting = await list('xiaodian', { mine: true });
      expect(waiting).toHaveLength(90);
      expect(new Set(waiting.map((node) => node.status))).toEqual(new Set(['PENDING_APPROVAL']));
      expect(new Set(waiting.map((node) => node.student.numberKind))).toEqual(new Set(['L_TEMPORARY']));
    },
  );

  test(breaks('ORG-11', 'the city above may not decide for a school of the county'), async () => {
    const [first] = await list('taiyuan', { school, status: ['PENDING_APPROVAL'] });
    const { data } = await registry.ask<{
      decideRegistrations: { decided: number; results: { findings: { code: string }[] }[] };
    }>(
      'taiyuan',
      `mutation ($input: DecideRegistrationsInput!) {
        decideRegistrations(input: $input) { decided results { findings { code } } } }`,
      {
        input: {
          idempotencyKey: 'city',
          decision: 'APPROVE',
          registrations: [{ enrollment: first?.id, expectedVersion: first?.version }],
        },
      },
    );
    expect(data?.decideRegistrations).toMatchObject({
      decided: 0,
      results: [{ findings: [{ code: 'NOT_REGISTRY_AUTHORITY' }] }],
    });
  });

  test(
    holds('ENR-08', 'the county approves all that wait of the school, and they are in school'),
    async () => {
      const { data, errors } = await registry.ask<{
        decideRegistrations: { decided: number; refused: number };
      }>(
        'xiaodian',
        `mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) { decided refused } }`,
        {
          input: {
            idempotencyKey: 'county',
            decision: 'APPROVE',
            reason: '材料齐全',
            allPendingOfSchool: school,
          },
        },
      );
      expect(errors).toEqual([]);
      expect(data?.decideRegistrations).toEqual({ decided: 90, refused: 0 });
      expect(await list('xiaodian', { mine: true })).toEqual([]);
      expect(await list('registrar', { status: ['IN_SCHOOL'] })).toHaveLength(90);
    },
  );

  test(holds('ENR-16', 'the registrar places the pupils in two classes of forty-five'), async () => {
    const pupils = await list('registrar', { school });
    for (const [index, name] of ['1班', '2班'].entries()) {
      const made = await registry.ask<{ createClass: { schoolClass: { id: string } } }>(
        'registrar',
        `mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id } findings { code } } }`,
        {
          input: { idempotencyKey: `class-${name}`, school, stage: 'PRIMARY', grade: 1, name, capacity: 45 },
        },
      );
      const placed = await registry.ask<{ assignClass: { assigned: number; schoolClass: { size: number } } }>(
        'registrar',
        `mutation ($input: AssignClassInput!) {
          assignClass(input: $input) { assigned schoolClass { size grade } findings { code } } }`,
        {
          input: {
            idempotencyKey: `place-${name}`,
            schoolClass: made.data?.createClass.schoolClass.id,
            enrollments: pupils
              .slice(index * 45, index * 45 + 45)
              .map(({ id, version }) => ({ enrollment: id, expectedVersion: version })),
          },
        },
      );
      expect(placed.data?.assignClass).toMatchObject({ assigned: 45, schoolClass: { size: 45, grade: 1 } });
    }
  });

  test(breaks('ENR-16', 'a class that is full takes nobody else'), async () => {
    const [pupil] = await list('registrar', { school });
    const { data } = await registry.ask<{ schoolClasses: { id: string; name: string }[] }>(
      'registrar',
      `query ($school: ID!) { schoolClasses(school: $school) { id name } }`,
      { school },
    );
    const second = data?.schoolClasses.find(({ name }) => name === '2班');
    const refused = await registry.ask<{ assignClass: { assigned: number; findings: { code: string }[] } }>(
      'registrar',
      `mutation ($input: AssignClassInput!) { assignClass(input: $input) { assigned findings { code } } }`,
      {
        input: {
          idempotencyKey: 'overfull',
          schoolClass: second?.id,
          enrollments: [{ enrollment: pupil?.id, expectedVersion: pupil?.version }],
        },
      },
    );
    expect(refused.data?.assignClass.assigned).toBe(0);
    expect(refused.data?.assignClass.findings.map(({ code }) => code)).toContain('CLASS_CAPACITY_EXCEEDED');
  });

  test('ministry, province, city, county and school count the same ninety pupils', async () => {
    await registry.settled();
    for (const who of ['ministry', 'shanxi', 'taiyuan', 'xiaodian', 'registrar']) {
      expect({ who, ...(await total(who)) }).toEqual({ who, total: 90, code: undefined });
    }
  });

  test(breaks('PRV-12', 'another county and another school get no list, no count and no hint'), async () => {
    expect(await list('yingze', {})).toEqual([]);
    expect(await list('other-registrar', {})).toEqual([]);
    expect(await total('yingze', school)).toEqual({ total: undefined, code: 'OUT_OF_JURISDICTION' });
    expect(await total('yingze', '140105')).toEqual({ total: undefined, code: 'OUT_OF_JURISDICTION' });
    const [pupil] = await list('registrar', { school });
    const known = await registry.ask('other-registrar', `query ($id: ID!) { student(id: $id) { name } }`, {
      id: pupil?.student.id,
    });
    const unknown = await registry.ask('other-registrar', `query ($id: ID!) { student(id: $id) { name } }`, {
      id: '01900000-0000-7000-8000-000000000000',
    });
    expect(known.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    expect(known).toEqual(unknown);
  });

  test(
    holds('PRV-11', 'the guardian sees the own child, and a stranger’s guardian sees nobody'),
    async () => {
      const [pupil] = await list('registrar', { school });
      const linked = await registry.ask(
        'registrar',
        `mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { student { id } findings { code } } }`,
        {
          input: {
            idempotencyKey: 'guardian',
            student: pupil?.student.id,
            subject: 'demo-guardian',
            position: 1,
            basis: 'HOUSEHOLD_REGISTER',
          },
        },
      );
      expect(linked.errors).toEqual([]);
      await registry.settled();
      const own = await list('guardian', {});
      expect(own.map((node) => node.student.id)).toEqual([pupil?.student.id]);
      expect(await list('stranger', {})).toEqual([]);
      const stranger = await registry.ask('stranger', `query ($id: ID!) { student(id: $id) { name } }`, {
        id: pupil?.student.id,
      });
      expect(stranger.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  describe('after the spring term has opened', () => {
    const issue = async (key: string) =>
      registry.ask<{
        issueFormalNumbers: { run: { id: string; state: string } | null; findings: { code: string }[] };
      }>(
        'ministry',
        `mutation ($input: IssueFormalNumbersInput!) {
          issueFormalNumbers(input: $input) { run { id state examined issuedG issuedJ problems } findings { code } } }`,
        { input: { idempotencyKey: key } },
      );

    const kinds = async () => {
      const { data } = await registry.ask<{
        enrollmentStatistics: { rows: { keys: { value: string }[]; count: number }[] };
      }>('ministry', `{ enrollmentStatistics(by: [NUMBER_KIND]) { rows { keys { value } count } } }`);
      return Object.fromEntries(
        data?.enrollmentStatistics.rows.map(({ keys, count }) => [keys[0]?.value, count]) ?? [],
      );
    };

    test(breaks('ID-07', 'before the spring term the ministry cannot issue formal numbers'), async () => {
      registry.clock.moveTo('2027-01-10T09:00:00+08:00');
      const early = await issue('early');
      expect(early.data?.issueFormalNumbers.run).toBeNull();
      expect(early.data?.issueFormalNumbers.findings.map(({ code }) => code)).toEqual([
        'FORMAL_ISSUE_TOO_EARLY',
      ]);
    });

    test('one child’s name stands otherwise in the population register', async () => {
      const [, pupil] = await list('registrar', { school });
      const { data } = await registry.ask<{ student: { identityDocument: { number: string } } }>(
        'registrar',
        `query ($id: ID!) { student(id: $id) { identityDocument { number(full: true) } } }`,
        { id: pupil?.student.id },
      );
      expect(data?.student.identityDocument.number).toMatch(/^\d{17}[\dX]$/);
      registry.register.disagreeAbout(data?.student.identityDocument.number ?? '');
    });

    test(
      holds('ID-07', 'after it every pupil has a G number, or a J number without an ID, or a problem record'),
      async () => {
        registry.clock.moveTo('2027-03-10T09:00:00+08:00');
        const { errors, data } = await issue('spring');
        expect(errors).toEqual([]);
        expect(data?.issueFormalNumbers.findings).toEqual([]);
        const end = performance.now() + 20_000;
        let run = data?.issueFormalNumbers.run;
        while (run?.state !== 'DONE' && performance.now() < end) {
          run = (await issue('spring')).data?.issueFormalNumbers.run;
        }
        await registry.settled();
        expect(run?.state).toBe('DONE');
        const counted = await kinds();
        const formal = (counted.G_FORMAL ?? 0) + (counted.J_FORMAL ?? 0);
        expect(formal + (counted.L_TEMPORARY ?? 0)).toBe(90);
        expect(counted.L_TEMPORARY).toBe(1);
        expect(run).toMatchObject({
          examined: 90,
          issuedG: counted.G_FORMAL ?? 0,
          issuedJ: counted.J_FORMAL ?? 0,
        });
      },
    );

    test(
      holds('ID-19', 'where the register disagrees a problem record waits for the school and its county'),
      async () => {
        const problems = `{ problemRecords(filter: { state: OPEN }) { edges { node { kind dueOn student { numberKind } } } } }`;
        type Problems = {
          problemRecords: { edges: { node: { kind: string; student: { numberKind: string } } }[] };
        };
        for (const who of ['registrar', 'xiaodian']) {
          const { data } = await registry.ask<Problems>(who, problems);
          expect(data?.problemRecords.edges.map(({ node }) => node)).toMatchObject([
            { kind: 'COMPARISON_FAILED', student: { numberKind: 'L_TEMPORARY' } },
          ]);
        }
        const elsewhere = await registry.ask<Problems>('yingze', problems);
        expect(elsewhere.data?.problemRecords.edges).toEqual([]);
      },
    );

    test(holds('ID-32', 'a pupil’s old number still finds the person'), async () => {
      const [pupil] = await list('registrar', { school });
      type Numbers = { student: { numberHistory: { kind: string; state: string; value: string }[] } };
      const { data } = await registry.ask<Numbers>(
        'registrar',
        `query ($id: ID!) { student(id: $id) { numberHistory { kind state value(full: true) } } }`,
        { id: pupil?.student.id },
      );
      const former = data?.student.numberHistory.find(({ state }) => state === 'SUPERSEDED');
      expect(former?.kind).toBe('L_TEMPORARY');
      const found = await registry.ask<{ studentByNumber: { id: string } }>(
        'registrar',
        `query ($number: String!) { studentByNumber(number: $number) { id } }`,
        { number: former?.value },
      );
      expect(found.data?.studentByNumber.id).toBe(pupil?.student.id);
    });
  });
});
