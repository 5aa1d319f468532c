import { randomUUID } from 'node:crypto';
import { archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import {
  holdPlace,
  moveRegistration,
  type RegistrationFact,
  readRegistration,
  releasePlace,
} from '#libs/contracts/commands/hand-over-registration.ts';
import { answerTo, ask } from '#libs/platform/commands/internal.ts';
import { recount } from '#services/statistics/recount.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, otherTaiyuanPrimary, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

const [here, there] = [schoolDesks(taiyuanPrimary), schoolDesks(otherTaiyuanPrimary)];
type Cohort = { school: string; stage: 'PRIMARY'; entryYearAdj: number };
const cohortOf = (school: string): Cohort => ({ school, stage: 'PRIMARY', entryYearAdj: 2026 });
const cohort = cohortOf(otherTaiyuanPrimary);
const [third, fourth] = ['2114000002', '2114000003'];

/** What the service of transfers asks of the owner of registrations: to hold a place, and to move a registration. */
describe('the move of a registration to another school', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let next = 0;
  /** What the archive says of everybody here. */
  const archive = { version: 3, underDiscipline: false, backedUp: true };

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    await answerTo(bus(), archiveStanding, async () => archive);
  });
  afterAll(() => registry?.stop());

  const bus = () => registry.network.service('statistics').core.bus;
  const read = async (person: string): Promise<RegistrationFact> => {
    const { registration } = await ask(bus(), readRegistration, { person });
    if (registration === null) throw new Error('Nobody is registered');
    return registration;
  };
  const pupil = async () => {
    const waiting = await counter.registered(taiyuanPrimary, girl(++next));
    const [result] = (await counter.decide('xiaodian', 'APPROVE', [waiting])).results;
    if (!result?.enrollment) throw new Error('Not approved');
    const person = result.enrollment.student.id;
    return { person, id: result.enrollment.id, enrollment: (await read(person)).enrollment };
  };
  const hold = (transfer: string, schoolClass: string | null = null, at: Cohort = cohort) =>
    ask(bus(), holdPlace, { transfer, ...at, schoolClass });
  const move = async (
    transfer: string,
    { person, enrollment }: { person: string; enrollment: string },
    more: { expectedVersion?: number; archiveVersion?: number; at?: Cohort } = {},
  ) => {
    const expectedVersion = more.expectedVersion ?? (await read(person)).version;
    const into = { ...(more.at ?? cohort), lastGrade: 6 };
    const kind = 'IN_PROVINCE_TRANSFER' as const;
    return ask(bus(), moveRegistration, {
      ...{ transfer, person, enrollment, into, expectedVersion, kind },
      ...{ reportedOn: null, archiveVersion: more.archiveVersion ?? archive.version },
      gradeAsOf: registry.clock.now(),
    });
  };
  const newClass = async (capacity: number, school: string = otherTaiyuanPrimary) => {
    const answer = await counter.ask<{ createClass: { schoolClass: { id: string } | null } }>(
      school,
      `mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          school,
          stage: 'PRIMARY',
          grade: 1,
          name: `${++next}班`,
          capacity,
        },
      },
    );
    return counter.answered(answer).createClass.schoolClass?.id ?? '';
  };
  const sizeOf = async (schoolClass: string) =>
    (
      await counter.rows<{ size: number }>(
        'enrollment',
        'select size from school_class where class_id = $1',
        [schoolClass],
      )
    )[0]?.size;
  const seenBy = async (who: Desk, id: string) => {
    const { enrollments } = desk.answered(
      await desk.ask<{
        enrollments: { edges: { node: { id: string; status: string; school: { id: string } } }[] };
      }>(who, '{ enrollments(first: 100) { edges { node { id status school { id } } } } }'),
    );
    return enrollments.edges.find(({ node }) => node.id === id)?.node ?? null;
  };
  const total = async (school: string) =>
    (
      await registry.ask<{ enrollmentStatistics: { total: number } }>(
        'shanxi',
        'query ($scope: ID) { enrollmentStatistics(scope: $scope, by: [STAGE]) { total } }',
        { scope: school },
      )
    ).data?.enrollmentStatistics.total ?? 0;

  test(
    holds('TRF-01', 'keeps person, registration, number and status; only the school is another'),
    async () => {
      const child = await pupil();
      await registry.settled();
      const before = [await total(taiyuanPrimary), await total(otherTaiyuanPrimary)];
      const transfer = randomUUID();
      expect(await hold(transfer)).toMatchObject({ held: true });
      expect(await move(transfer, child)).toMatchObject({ outcome: 'MOVED' });
      await registry.settled();
      expect(await read(child.person)).toMatchObject({
        ...{ enrollment: child.enrollment, school: otherTaiyuanPrimary, status: 'IN_SCHOOL' },
      });
      expect(await seenBy(there.registrar, child.id)).toMatchObject({
        ...{ id: child.id, status: 'IN_SCHOOL', school: { id: otherTaiyuanPrimary } },
      });
      const rows = await counter.rows<{ active: boolean; former: string[] }>(
        'enrollment',
        'select active, former_schools as former from enrollment where person_id = $1',
        [child.person],
      );
      expect(rows).toEqual([{ active: true, former: [taiyuanPrimary] }]);
      const [was = 0, came = 0] = before;
      expect([await total(taiyuanPrimary), await total(otherTaiyuanPrimary)]).toEqual([was - 1, came + 1]);
      expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    },
  );

  test(breaks('TRF-01', 'leaves nothing at the former school for it to see'), async () => {
    const child = await pupil();
    expect(await seenBy(here.registrar, child.id)).toMatchObject({ id: child.id });
    const transfer = randomUUID();
    await hold(transfer);
    await move(transfer, child);
    await registry.settled();
    expect(await seenBy(here.registrar, child.id)).toBeNull();
  });

  test('is done once for a case, however often it is asked for', async () => {
    const child = await pupil();
    const transfer = randomUUID();
    await hold(transfer);
    const { version } = await read(child.person);
    const answers = await Promise.all(
      [1, 2, 3].map(() => move(transfer, child, { expectedVersion: version })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: 'MOVED' });
    expect((await read(child.person)).version).toBe(version + 1);
    expect((await hold(transfer)).held).toBe(false);
    await registry.settled();
  });

  test(breaks('TRF-01', 'to two schools at once ends at one of them'), async () => {
    const child = await pupil();
    const { version } = await read(child.person);
    const goals = [cohort, cohortOf(third)];
    const cases = goals.map((at) => ({ transfer: randomUUID(), at }));
    for (const { transfer, at } of cases) expect((await hold(transfer, null, at)).held).toBe(true);
    const answers = await Promise.all(
      cases.map(({ transfer, at }) => move(transfer, child, { expectedVersion: version, at })),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['CHANGED', 'MOVED']);
    const won = goals[answers.findIndex(({ outcome }) => outcome === 'MOVED')];
    expect((await read(child.person)).school).toBe(won?.school);
    await registry.settled();
  });

  test('does not happen where the registration is not as the case has seen it', async () => {
    const child = await pupil();
    const transfer = randomUUID();
    await hold(transfer);
    const { version } = await read(child.person);
    const stale = await move(transfer, child, { expectedVersion: version - 1 });
    expect(stale).toMatchObject({ outcome: 'CHANGED', registration: { version, school: taiyuanPrimary } });
    expect(await move(transfer, child, { expectedVersion: version })).toMatchObject({ outcome: 'MOVED' });
    await registry.settled();
  });

  test(
    breaks('TRF-19', 'does not happen where the archive says something newer than was judged'),
    async () => {
      const child = await pupil();
      const transfer = randomUUID();
      await hold(transfer);
      const stale = await move(transfer, child, { archiveVersion: archive.version - 1 });
      expect(stale).toMatchObject({ outcome: 'CHANGED', registration: { school: taiyuanPrimary } });
      expect(await move(transfer, child)).toMatchObject({ outcome: 'MOVED' });
      await registry.settled();
    },
  );

  describe('into a class', () => {
    test(breaks('TRF-09', 'with one place takes one of two'), async () => {
      const at = cohortOf(fourth);
      const schoolClass = await newClass(1, fourth);
      const [first, second] = [randomUUID(), randomUUID()];
      const answers = await Promise.all([hold(first, schoolClass, at), hold(second, schoolClass, at)]);
      expect(answers.map(({ held }) => held).sort()).toEqual([false, true]);
      const [winner, loser] = answers[0]?.held ? [first, second] : [second, first];
      const child = await pupil();
      expect(await move(loser, child, { at })).toEqual({ outcome: 'NO_PLACE' });
      expect(await ask(bus(), releasePlace, { transfer: winner })).toEqual({ released: true });
      expect(await ask(bus(), releasePlace, { transfer: winner })).toEqual({ released: false });
      expect(await hold(loser, schoolClass, at)).toMatchObject({ held: true });
      expect(await move(loser, child, { at })).toMatchObject({ outcome: 'MOVED' });
      expect(await sizeOf(schoolClass)).toBe(1);
      await registry.settled();
    });

    test('gives up the seat in the former one', async () => {
      const former = await newClass(10, taiyuanPrimary);
      const later = await newClass(10);
      const child = await pupil();
      const { version } = await read(child.person);
      counter.answered(
        await counter.ask(
          taiyuanPrimary,
          `mutation ($input: AssignClassInput!) { assignClass(input: $input) { assigned } }`,
          {
            input: {
              ...{ idempotencyKey: randomUUID(), schoolClass: former },
              enrollments: [{ enrollment: child.id, expectedVersion: version }],
            },
          },
        ),
      );
      expect(await sizeOf(former)).toBe(1);
      const transfer = randomUUID();
      await hold(transfer, later);
      await move(transfer, child);
      expect([await sizeOf(former), await sizeOf(later)]).toEqual([0, 1]);
      await registry.settled();
    });

    test(breaks('ENR-16', 'keeps its held place from pupils of the school itself'), async () => {
      const schoolClass = await newClass(1);
      await hold(randomUUID(), schoolClass);
      const own = await counter.registered(otherTaiyuanPrimary, girl(++next));
      const { assignClass } = counter.answered(
        await counter.ask<{ assignClass: { assigned: number; findings: { code: string }[] } }>(
          otherTaiyuanPrimary,
          `mutation ($input: AssignClassInput!) { assignClass(input: $input) { assigned findings { code } } }`,
          {
            input: {
              ...{ idempotencyKey: randomUUID(), schoolClass },
              enrollments: [{ enrollment: own.id, expectedVersion: own.version }],
            },
          },
        ),
      );
      expect(assignClass).toMatchObject({ assigned: 0, findings: [{ code: 'CLASS_CAPACITY_EXCEEDED' }] });
      await registry.settled();
    });
  });
});
