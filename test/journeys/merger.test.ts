import { tmpdir } from 'node:os';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { recount } from '#services/statistics/recount.ts';
import { type CaseDesk, caseDeskOf, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, counterOf } from '#test/service/enrollment/counter.ts';
import { type Merging, mergingOf } from '#test/service/enrollment/merging.ts';
import { endProcesses, startProcess } from '#test/service/enrollment/own-process.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { fillSchool } from './mergers/stock.ts';

/**
 * Two primary schools of a county become one: the county decides, everybody moves, a process dies in between, and no
 * level ever counts anybody twice or misses anybody.
 */
const ending = DEMO_SCHOOLS.taiyuanPrimary;
const standing = '2114000002';
const from = '2026-09-21';
const merger = { standing, ending: [ending], from };

describe('a school is merged into another', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let merging: Merging;
  let schools: { ending: SchoolFact; standing: SchoolFact };
  let child: { id: string; student: { id: string; studentNumber: string | null }; version: number };
  let waiting: { id: string; student: { id: string } };

  const total = async (who: string | Desk, scope?: string): Promise<number | null> => {
    const text = `query ($scope: ID) { enrollmentStatistics(scope: $scope, by: [STAGE]) { total } }`;
    const answer =
      typeof who === 'string'
        ? await registry.ask<{ enrollmentStatistics: { total: number } }>(who, text, { scope })
        : await desk.ask<{ enrollmentStatistics: { total: number } }>(who, text, { scope });
    return answer.data?.enrollmentStatistics.total ?? null;
  };

  /** What every level above counts, and both schools. */
  const counts = async () => ({
    above: [
      await total('ministry', '000000'),
      await total('shanxi', '140000'),
      await total('taiyuan', '140100'),
      await total('xiaodian', '140105'),
    ],
    ending: await total('xiaodian', ending),
    standing: await total('xiaodian', standing),
  });

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    merging = mergingOf(registry);
    const { directory } = registry.network.service('enrollment').core;
    const [a, b] = await Promise.all([directory.school(ending), directory.school(standing)]);
    if (a === undefined || b === undefined) throw new Error('No schools');
    schools = { ending: a, standing: b };
    await fillSchool(registry, a, [
      { entryYear: 2021, name: '1班', pupils: 60 },
      { entryYear: 2022, name: '1班', pupils: 60, teacher: 'teacher-of-two' },
      { entryYear: 2023, name: '1班', pupils: 60 },
      { entryYear: 2024, name: '1班', pupils: 60 },
    ]);
    await fillSchool(registry, b, [{ entryYear: 2022, name: '1班', pupils: 45 }]);
    const registered = await counter.registered(ending, girl(1));
    const { results } = await counter.decide('xiaodian', 'APPROVE', [registered], { reason: '已核实' });
    const approved = results[0]?.enrollment;
    if (!approved) throw new Error('Not approved');
    child = approved;
    waiting = await counter.registered(ending, girl(2));
    await registry.settled();
  });
  afterAll(async () => {
    endProcesses();
    await registry?.stop();
  });

  test(breaks('ORG-11', 'another county does not decide on it'), async () => {
    const answer = await merging.merge(merger, 'beiguan');
    expect(answer).toMatchObject({ merger: null, findings: [{ code: 'NOT_REGISTRY_AUTHORITY' }] });
  });

  test('from a day that is over nothing is merged', async () => {
    const { errors } = await merging.tryMerge({ ...merger, from: '2026-09-01' });
    expect(errors[0]?.extensions).toMatchObject({ problems: [{ code: 'DAY_PAST', path: ['from'] }] });
  });

  test(holds('ORG-11', 'the county decides, and until the day nobody moves'), async () => {
    const before = await counts();
    expect(before).toMatchObject({ above: [287, 287, 287, 287], ending: 242, standing: 45 });
    expect(await merging.merge(merger)).toMatchObject({
      findings: [],
      merger: { state: 'DECIDED', movedRegistrations: 0, leftRegistrations: 242 },
    });
    await registry.settled();
    expect(await counts()).toEqual(before);
    expect((await counter.register(ending, girl(3))).enrollment).not.toBeNull();
    await registry.settled();
  });

  test('no second merger takes the school, and it is not closed meanwhile', async () => {
    const { errors } = await merging.tryMerge(merger);
    expect(errors[0]?.extensions).toMatchObject({ problems: [{ code: 'SCHOOL_MERGING' }] });
  });

  test('a process that dies in the middle of a batch leaves the batch undone and the one before done', async () => {
    const { core } = registry.network.service('enrollment');
    const order = {
      url: core.config.WORKER_DATABASE_URL,
      at: core.clock.now(),
      passage: {
        merger: (await merging.school(ending)).merger?.id,
        from: schools.ending,
        into: schools.standing,
      },
    };
    const child = startProcess('../../journeys/mergers/moving-process.ts', order, tmpdir());
    expect(await child.told()).toMatchObject({ reached: expect.any(String) });
    child.goOn();
    expect(await child.told()).toMatchObject({ reached: expect.any(String) });
    await child.crash();
    await registry.settled();
    expect(await counts()).toEqual({ above: [288, 288, 288, 288], ending: 143, standing: 145 });
    expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    expect((await merging.school(ending)).merger).toMatchObject({
      movedRegistrations: 100,
      leftRegistrations: 143,
    });
  });

  test('on the day everybody is at the school that stands, and the other one has ended', async () => {
    registry.clock.moveTo(`${from}T08:00:00+08:00`);
    await counter.until(
      'the school has ended',
      async () => (await merging.school(ending)).state === 'MERGED',
    );
    await registry.settled();
    expect(await counts()).toEqual({ above: [288, 288, 288, 288], ending: 0, standing: 288 });
    expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    expect(await merging.school(ending)).toMatchObject({
      successor: { id: standing },
      merger: { state: 'DONE', movedRegistrations: 243, leftRegistrations: 0, findings: [] },
    });
    expect((await merging.school(standing, 'guardian')).merger).toMatchObject({
      state: 'DONE',
      movedRegistrations: null,
      leftRegistrations: null,
    });
  });

  test('each registration is the one it was: same id, same number, same class, with its former school', async () => {
    const text = `query ($id: ID!) { student(id: $id) { studentNumber(full: true)
      enrollment { id status school { id } formerSchools { id } } } }`;
    const { data } = await counter.ask<{ student: Record<string, unknown> }>(standing, text, {
      id: child.student.id,
    });
    expect(data?.student).toEqual({
      studentNumber: child.student.studentNumber,
      enrollment: {
        id: child.id,
        status: 'IN_SCHOOL',
        school: { id: standing },
        formerSchools: [{ id: ending }],
      },
    });
    const classes = await counter.rows<{ name: string; school: string; size: number; seated: number }>(
      'enrollment',
      `select c.name, c.school, c.size, (select count(*)::int from enrollment e where e.class_id = c.class_id) as seated
       from school_class c where c.entry_year_adj = 2022 order by c.name`,
    );
    expect(classes).toEqual([
      { name: '1班', school: standing, size: 45, seated: 45 },
      { name: `1班（${schools.ending.name}）`, school: standing, size: 60, seated: 60 },
    ]);
  });

  test(
    holds('PRV-12', 'the people of the school that stands see them, those of the other one nobody'),
    async () => {
      const listed = async (who: Desk) => {
        const { data } = await desk.ask<{ enrollments: { edges: unknown[] } }>(
          who,
          `{ enrollments(first: 200) { edges { node { id } } } }`,
        );
        return data?.enrollments.edges.length;
      };
      expect(await listed(schoolDesks(standing).registrar)).toBe(200);
      expect(await listed(schoolDesks(ending).registrar)).toBe(0);
      const teacher = { sub: 'teacher-of-two', level: 'SCHOOL', roles: ['CLASS_TEACHER'] };
      expect(await listed({ ...teacher, school: standing })).toBe(60);
      expect(await listed({ ...teacher, school: ending })).toBe(0);
    },
  );

  test('what waited for the county still waits, and is approved for the school that stands', async () => {
    const [row] = await counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [waiting.student.id],
    );
    const { results } = await counter.decide(
      'xiaodian',
      'APPROVE',
      [{ id: waiting.id, version: row?.version ?? 0 }],
      { reason: '已核实' },
    );
    expect(results[0]?.enrollment).toMatchObject({ status: 'IN_SCHOOL', school: { id: standing } });
  });

  test('nothing of either service is left in the place of the school that ended', async () => {
    for (const [service, tables] of [
      ['enrollment', ['pupil', 'enrollment', 'school_class', 'class_teacher', 'intake']],
      ['identity', ['person', 'identity_document', 'guardian', 'student_number']],
    ] as const)
      for (const table of tables)
        expect(
          await counter.rows(service, `select 1 from ${table} where place = $1`, [schools.ending.place]),
        ).toEqual([]);
  });

  test('nobody is registered at a school that has ended', async () => {
    const { errors } = await counter.tryRegister(ending, girl(4));
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
