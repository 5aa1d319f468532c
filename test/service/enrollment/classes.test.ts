import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Registration,
  type Told,
  taiyuanPrimary,
} from './counter.ts';
import { girl } from './pupils.ts';

type Made = { createClass: { schoolClass: { id: string; size: number } | null } };
type Assigned = { assignClass: { assigned: number; findings: Told[] } };
type Wanted = {
  assignWantedClasses: {
    assigned: number;
    left: number;
    classes: { id: string; name: string; size: number }[];
    findings: Told[];
  };
};

/** Classes of a school and who sits in them (ENR-16). */
describe('placing pupils in classes', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;

  const tryMake = (name: string, more: Record<string, unknown> = {}) =>
    counter.ask<Made>(
      school,
      `mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id size } } }`,
      { input: { idempotencyKey: randomUUID(), school, stage: 'PRIMARY', grade: 1, name, ...more } },
    );
  const made = async (...order: Parameters<typeof tryMake>): Promise<string> =>
    counter.answered(await tryMake(...order)).createClass.schoolClass?.id ?? '';

  const assign = (schoolClass: string, pupils: readonly Pick<Registration, 'id' | 'version'>[]) =>
    counter.ask<Assigned>(
      school,
      `mutation ($input: AssignClassInput!) {
        assignClass(input: $input) { assigned findings { ruleId code path } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          schoolClass,
          enrollments: pupils.map(({ id, version }) => ({ enrollment: id, expectedVersion: version })),
        },
      },
    );

  const placeWanted = (who: string, idempotencyKey: string = randomUUID()) =>
    counter.ask<Wanted>(
      who,
      `mutation ($input: AssignWantedClassesInput!) {
        assignWantedClasses(input: $input) {
          assigned left classes { id name size } findings { ruleId outcome code } } }`,
      { input: { idempotencyKey, school, stage: 'PRIMARY', cohort: 2026 } },
    );

  const classOf = async ({ id }: Registration): Promise<string | null> => {
    const [row] = await counter.rows<{ name: string | null }>(
      'enrollment',
      `select c.name from enrollment e left join school_class c using (class_id) where e.person_id = $1`,
      [id.slice(0, 36)],
    );
    return row?.name ?? null;
  };

  test('a class of a grade that the school does not have is an error of the request', async () => {
    const { errors } = await tryMake('1班', { stage: 'JUNIOR' });
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'BAD_USER_INPUT', problems: [{ path: ['grade'], code: 'GRADE_NOT_IN_SCHOOL' }] },
    ]);
  });

  test('one pupil listed twice is an error of the request, and nobody is placed', async () => {
    const into = await made('试一班');
    const pupil = await counter.registered(school, girl(1, { className: '无此班' }));
    const { errors } = await assign(into, [pupil, pupil]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(await classOf(pupil)).toBeNull();
  });

  test('of several pupils the one that changed meanwhile is named', async () => {
    const into = await made('试一班');
    const pupils = [
      await counter.registered(school, girl(2, { className: '无此班' })),
      await counter.registered(school, girl(3, { className: '无此班' })),
    ];
    const stale = pupils.map((pupil, at) => ({ ...pupil, version: pupil.version + at }));
    const { errors } = await assign(into, stale);
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: pupils[1]?.version, enrollment: pupils[1]?.id },
    ]);
    const { assignClass: done } = counter.answered(await assign(into, pupils));
    expect(done.assigned).toBe(2);
  });

  describe('who leads a class', () => {
    type Shown = {
      schoolClass: {
        sizeBand: string | null;
        teacher: { subject: string } | null;
        allowedActions: string[];
      } | null;
    };

    const shown = async (who: string, id: string) =>
      (
        await counter.ask<Shown>(
          who,
          'query ($id: ID!) { schoolClass(id: $id) { sizeBand teacher { subject } allowedActions } }',
          { id },
        )
      ).data?.schoolClass;
    const lead = async (schoolClass: string, subject: string | null) =>
      counter.answered(
        await counter.ask<{ assignClassTeacher: Shown }>(
          school,
          `mutation ($input: AssignClassTeacherInput!) {
            assignClassTeacher(input: $input) { schoolClass { teacher { subject } } } }`,
          { input: { idempotencyKey: randomUUID(), schoolClass, subject } },
        ),
      ).assignClassTeacher.schoolClass?.teacher;

    test('is told with the class to the school and its authority, which are told what they may do; to no other school', async () => {
      const id = await made('试二班');
      expect(await lead(id, 'teacher-of-two')).toEqual({ subject: 'teacher-of-two' });
      const teacher = { subject: 'teacher-of-two' };
      const seen = { sizeBand: null, teacher };
      expect(await shown(school, id)).toEqual({ ...seen, allowedActions: ['ASSIGN', 'ASSIGN_TEACHER'] });
      expect(await shown('xiaodian', id)).toEqual({ ...seen, allowedActions: ['ASSIGN'] });
      expect(await shown('taiyuan', id)).toEqual({ ...seen, allowedActions: [] });
      expect(await shown(otherTaiyuanPrimary, id)).toBeNull();
    });

    test('is nobody once the teacher was taken off it', async () => {
      const id = await made('试三班');
      await lead(id, 'teacher-of-three');
      expect(await lead(id, null)).toBeNull();
    });
  });

  test('pupils without a class are listed by themselves, until they have one', async () => {
    type Listed = { enrollments: { edges: { node: { id: string } }[] } };
    const without = async (): Promise<string[]> => {
      const answer = await counter.ask<Listed>(
        school,
        'query ($school: ID) { enrollments(first: 200, filter: { school: $school, unplaced: true }) { edges { node { id } } } }',
        { school },
      );
      return counter.answered(answer).enrollments.edges.map(({ node }) => node.id);
    };
    const into = await made('试四班');
    const [placed, waits] = [
      await counter.registered(school, girl(4, { className: '无此班' })),
      await counter.registered(school, girl(5, { className: '无此班' })),
    ];
    expect(await without()).toEqual(expect.arrayContaining([placed.id, waits.id]));
    counter.answered(await assign(into, [placed]));
    expect(await without()).toContain(waits.id);
    expect(await without()).not.toContain(placed.id);
    counter.answered(await assign(into, [waits]));
    expect(await without()).not.toContain(waits.id);
  });

  describe('as their forms say', () => {
    let first: string;
    let pupils: Registration[];

    beforeAll(async () => {
      first = await made('1班', { capacity: 2 });
      await made('2班', { capacity: 40 });
      pupils = [];
      for (const [at, className] of ['1班', ' 1 班', '1班', '2班', '９９班'].entries())
        pupils.push(await counter.registered(school, girl(10 + at, { className })));
    });

    test(breaks('ENR-16', 'is done by the school or its authority, not by another school'), async () => {
      for (const who of [otherTaiyuanPrimary, 'yingze', 'taiyuan']) {
        const { errors } = await placeWanted(who);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      }
    });

    test(
      breaks(
        'ENR-16',
        'is done up to the size of a class, in the order of registration; who is left is told',
      ),
      async () => {
        const key = randomUUID();
        const answer = await placeWanted(school, key);
        const { assignWantedClasses: placed } = counter.answered(answer);
        expect(placed).toMatchObject({ assigned: 3, left: 3 });
        expect(placed.classes.map(({ name, size }) => [name, size]).sort()).toEqual([
          ['1班', 2],
          ['2班', 1],
        ]);
        expect(codesOf(placed.findings)).toEqual(['CLASS_CAPACITY_EXCEEDED']);
        expect(await Promise.all(pupils.map(classOf))).toEqual(['1班', '1班', null, '2班', null]);
        expect(await placeWanted(school, key)).toEqual(answer);
      },
    );

    test(holds('ENR-16', 'done again it places who has found a seat since, and nobody twice'), async () => {
      await counter.change('enrollment', 'update school_class set capacity = 3 where class_id = $1', [first]);
      const { assignWantedClasses: placed } = counter.answered(await placeWanted(school));
      expect(placed).toMatchObject({ assigned: 1, classes: [{ id: first, size: 3 }], findings: [] });
      expect(await Promise.all(pupils.map(classOf))).toEqual(['1班', '1班', '1班', '2班', null]);
    });

    test('whom the county refuses gives up the seat', async () => {
      const [, second] = pupils;
      if (second === undefined) throw new Error('A pupil is missing');
      const [current] = await counter.rows<{ version: number }>(
        'enrollment',
        'select version from pupil where person_id = $1',
        [second.id.slice(0, 36)],
      );
      await counter.decide('xiaodian', 'REFUSE', [{ ...second, ...current }], {
        reason: '不属于本区',
        ground: 'NOT_ADMITTED',
      });
      expect(await classOf(second)).toBeNull();
      const [row] = await counter.rows<{ size: number }>(
        'enrollment',
        'select size from school_class where class_id = $1',
        [first],
      );
      expect(row).toEqual({ size: 2 });
      await registry.settled();
    });
  });
});
