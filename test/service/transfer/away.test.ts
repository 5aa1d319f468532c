import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** Pupils who are away: they are transferred straight away, and in school again after formalities at the new school. */
describe('the transfer of a pupil who is away', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** Left on a day of the school year before, in the second grade, which stands still. */
  const away = async (status: string): Promise<Pupil> => {
    const child = await desk.pupil(2024);
    await desk.counter.change(
      'enrollment',
      `update enrollment set status = $2, frozen_at = '2026-03-02T09:00:00+08:00' where person_id = $1`,
      [child.person, status],
    );
    return child;
  };
  const moved = async (child: Pupil) => {
    const begun = await desk.nearlyApproved(child);
    await desk.approve(yingze, begun);
    await desk.atRest();
    return desk.seen(receiving.head, begun.id);
  };
  const takeUp = async (who: Desk, { enrollment, person }: Pupil) => {
    const version = (await desk.registrationOf(person))?.version;
    const answer = await desk.desk.ask<{
      completeTransferFormalities: {
        enrollment: { status: string; grade: number } | null;
        findings: { code: string; ruleId: string }[];
      };
    }>(
      who,
      `mutation ($input: RegistrationOrderInput!) { completeTransferFormalities(input: $input) {
         enrollment { status grade } findings { code ruleId } } }`,
      { input: { idempotencyKey: randomUUID(), enrollment, expectedVersion: version } },
    );
    return { ...answer, done: answer.data?.completeTransferFormalities };
  };
  const gradeOf = async ({ enrollment }: Pupil) => {
    const { enrollments } = desk.desk.answered(
      await desk.desk.ask<{ enrollments: { edges: { node: { id: string; grade: number } }[] } }>(
        receiving.registrar,
        '{ enrollments(first: 100) { edges { node { id grade } } } }',
      ),
    );
    return enrollments.edges.find(({ node }) => node.id === enrollment)?.node.grade;
  };

  test.each(['ABROAD', 'LEFT_OTHER'])(
    holds('TRF-21', 'leaves the status as it is until the formalities at the new school are done: %s'),
    async (status) => {
      const child = await away(status);
      expect((await moved(child)).state).toBe('HANDED_OVER');
      expect(await desk.registrationOf(child.person)).toMatchObject({ school: receiving.school, status });
      expect(await gradeOf(child)).toBe(2);
      const { done } = await takeUp(receiving.registrar, child);
      expect(done).toEqual({ enrollment: { status: 'IN_SCHOOL', grade: 2 }, findings: [] });
    },
  );

  test(breaks('TRF-21', 'is not what brings somebody back to the school that was left'), async () => {
    const child = await away('LEFT_OTHER');
    const { done } = await takeUp(sending.registrar, child);
    expect(done).toMatchObject({
      enrollment: null,
      findings: [{ ruleId: 'TRF-21', code: 'NOT_TRANSFERRED_HERE' }],
    });
    expect((await desk.registrationOf(child.person))?.status).toBe('LEFT_OTHER');
  });

  /** Places of the second grade at the receiving school. */
  const capacity = async (more: number) => {
    await desk.counter.change('enrollment', 'delete from school_class where school = $1', [receiving.school]);
    await desk.counter.change(
      'enrollment',
      `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
       select $1, $2, min(e.place), 'PRIMARY', 2025, '一班',
         count(*) filter (where e.status = 'IN_SCHOOL' and e.entry_year_adj = 2025) + $3::int, 0, 1
       from enrollment e where e.school = $2`,
      [randomUUID(), receiving.school, more],
    );
  };

  describe('into a grade with one place left', () => {
    const another = async () => codes(await desk.initiate(receiving, await desk.pupil()));
    afterAll(() => capacity(100));
    test(breaks('TRF-09', 'leaves none: it is that of the pupil who is awaited'), async () => {
      await capacity(1);
      const child = await away('LEFT_OTHER');
      await moved(child);
      expect(await another()).toContain('NO_PLACE_AVAILABLE');
      expect((await takeUp(receiving.registrar, child)).done?.enrollment?.status).toBe('IN_SCHOOL');
      expect(await another()).toContain('NO_PLACE_AVAILABLE');
    });

    test(holds('TRF-09', 'leaves one once the awaited pupil has gone on to another school'), async () => {
      await capacity(1);
      const child = await away('ABROAD');
      await moved(child);
      expect(await another()).toContain('NO_PLACE_AVAILABLE');
      const on = await desk.started(child, third);
      await desk.approve(receiving, on);
      await desk.approve(yingze, on);
      await desk.approve(xiaodian, on);
      await desk.atRest();
      expect((await desk.registrationOf(child.person))?.school).toBe(third.school);
      expect(await another()).toEqual([]);
    });
  });

  test(breaks('TRF-21', 'is completed once, and by the receiving school alone'), async () => {
    const child = await away('ABROAD');
    await moved(child);
    const stranger = await takeUp(sending.registrar, child);
    expect(stranger.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    expect((await takeUp(receiving.registrar, child)).done?.enrollment?.status).toBe('IN_SCHOOL');
    const again = await takeUp(receiving.registrar, child);
    expect(again.done?.enrollment).toBeNull();
    expect(again.done?.findings).toHaveLength(1);
  });

  describe('into a class with one place left', () => {
    /** The one class of the grade, with so many seats. */
    const classOf = async (seats: number) => {
      await desk.counter.change(
        'enrollment',
        'update school_class set capacity = size + $2 where school = $1',
        [receiving.school, seats],
      );
      const [found] = await desk.counter.rows<{ id: string; size: number }>(
        'enrollment',
        'select class_id as id, size from school_class where school = $1',
        [receiving.school],
      );
      if (found === undefined) throw new Error('There is no class');
      return found;
    };
    const assign = async (schoolClass: string, { enrollment, person }: Pupil) => {
      const expectedVersion = (await desk.registrationOf(person))?.version;
      const { assignClass } = desk.desk.answered(
        await desk.desk.ask<{ assignClass: { assigned: number; findings: { ruleId: string }[] } }>(
          receiving.registrar,
          `mutation ($input: AssignClassInput!) { assignClass(input: $input) { assigned findings { ruleId } } }`,
          {
            input: {
              ...{ idempotencyKey: randomUUID(), schoolClass },
              enrollments: [{ enrollment, expectedVersion }],
            },
          },
        ),
      );
      return assignClass;
    };

    test(breaks('TRF-09', 'leaves none in the class either, in which the pupil then sits'), async () => {
      await capacity(50);
      const schoolClass = (await classOf(50)).id;
      const child = await away('LEFT_OTHER');
      const begun = await desk.nearlyApproved(child, { schoolClass });
      await desk.approve(yingze, begun);
      await desk.atRest();
      await classOf(1);
      const classless = await desk.pupil(2025, { school: receiving.school, county: 'yingze', form: {} });
      expect(await assign(schoolClass, classless)).toMatchObject({
        assigned: 0,
        findings: [{ ruleId: 'ENR-16' }],
      });
      expect((await takeUp(receiving.registrar, child)).done?.enrollment?.status).toBe('IN_SCHOOL');
      expect((await classOf(0)).size).toBe(1);
      expect((await assign(schoolClass, classless)).assigned).toBe(0);
      await classOf(1);
      expect((await assign(schoolClass, classless)).assigned).toBe(1);
    });
  });
});
