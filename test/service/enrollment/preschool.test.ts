import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Registration, taiyuanPrimary } from './counter.ts';
import { type Merging, mergingOf } from './merging.ts';
import { girl } from './pupils.ts';

/** Children of a kindergarten, from their entry to primary school; tests follow one another in time. */
describe('a child of a kindergarten', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let merging: Merging;
  let kindergarten: SchoolFact;
  let other: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    merging = mergingOf(registry);
    const all = await registry.network.service('enrollment').core.directory.schoolsIn(0, 99_999_999_999);
    const found = all.find(({ kind, authority }) => kind === 'KINDERGARTEN' && authority === '140105');
    if (found === undefined) throw new Error('No kindergarten');
    kindergarten = found;
    other = await merging.create({ name: '小店区第二幼儿园', kind: 'KINDERGARTEN' });
  });
  afterAll(() => registry?.stop());

  const child = (sequence: number, birthDate: string, gradeName = '小班') =>
    girl(sequence, { birthDate, gradeName });

  const approved = async (waiting: Registration): Promise<Registration> => {
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting], { reason: '已核实' });
    const found = results[0]?.enrollment;
    if (!found) throw new Error('Not approved');
    return found;
  };

  const graduate = async ({ id, version }: Registration) =>
    desk.answered(
      await desk.ask<{ graduate: { done: number; results: { findings: { code: string }[] }[] } }>(
        schoolDesks(kindergarten.code).registrar,
        `mutation ($input: GraduateInput!) { graduate(input: $input) { done results { findings { code } } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: kindergarten.code, outcome: 'GRADUATE' },
            registrations: [{ enrollment: id, expectedVersion: version }],
          },
        },
      ),
    ).graduate;

  test(holds('PRE-02', 'of three, or of two by analogy, enters'), async () => {
    for (const [sequence, birthDate] of [
      [1, '2023-09-02'],
      [2, '2024-09-02'],
    ] as const) {
      const { enrollment, findings } = await counter.register(kindergarten.code, child(sequence, birthDate));
      expect(findings.filter(({ outcome }) => outcome === 'REJECT')).toEqual([]);
      expect(enrollment).toMatchObject({ status: 'PENDING_APPROVAL', grade: 1, channel: 'PRESCHOOL_LINK' });
    }
  });

  test(breaks('PRE-02', 'a day short of two does not'), async () => {
    const { enrollment, findings } = await counter.register(kindergarten.code, child(3, '2024-09-03'));
    expect(enrollment).toBeNull();
    expect(findings).toMatchObject([{ ruleId: 'PRE-02', code: 'PRESCHOOL_AGE_OUT_OF_RANGE' }]);
  });

  test(breaks('PRE-04', 'who is registered at one kindergarten is not registered at another'), async () => {
    const { enrollment, findings } = await counter.register(other, child(1, '2023-09-02'));
    expect(enrollment).toBeNull();
    expect(codesOf(findings)).toEqual(['ACTIVE_ENROLLMENT_EXISTS', 'NUMBER_APPLICATION_DUPLICATE']);
  });

  let graduating: Registration;

  test(breaks('PRE-01', 'is not expelled: of a kindergarten no text knows that'), async () => {
    graduating = await approved(await counter.registered(kindergarten.code, child(4, '2020-05-06', '大班')));
    expect(graduating.grade).toBe(3);
    const { case: opened, findings } = await desk.request(
      schoolDesks(kindergarten.code).registrar,
      'requestExpulsion',
      'ExpulsionInput',
      { enrollment: graduating.id, expectedVersion: graduating.version, decidedOn: '2026-09-01' },
    );
    expect(opened).toBeNull();
    expect(findings).toMatchObject([{ ruleId: 'PRE-01', code: 'CHANGE_TYPE_UNKNOWN' }]);
  });

  test(breaks('PRE-03', 'is not registered by a primary school before it has graduated'), async () => {
    await registry.settled();
    const { enrollment, findings } = await counter.register(taiyuanPrimary, child(4, '2020-05-06', '一年级'));
    expect(enrollment).toBeNull();
    expect(findings.map(({ outcome }) => outcome)).toEqual(['REJECT']);
  });

  test(holds('PRE-01', 'graduates, and is registered nowhere for the time being'), async () => {
    // Of the class whose last year was over in the summer.
    await counter.change(
      'enrollment',
      'update enrollment set entry_year_adj = entry_year_adj - 1 where person_id = $1',
      [graduating.student.id],
    );
    expect(await graduate(graduating)).toMatchObject({ done: 1 });
    await registry.settled();
    expect(
      await counter.rows('identity', 'select registered from person where person_id = $1', [
        graduating.student.id,
      ]),
    ).toEqual([{ registered: false }]);
  });

  test(holds('PRE-03', 'goes on in primary school under its number, which stays the only one'), async () => {
    const there = await counter.registered(taiyuanPrimary, child(4, '2020-05-06', '一年级'));
    expect(there).toMatchObject({
      ...{ channel: 'PRESCHOOL_LINK', grade: 1, school: { id: taiyuanPrimary } },
      student: { id: graduating.student.id, studentNumber: graduating.student.studentNumber },
    });
    await registry.settled();
    expect(
      await counter.rows('identity', 'select 1 from student_number where person_id = $1', [there.student.id]),
    ).toHaveLength(1);
  });

  test(holds('PRE-04', 'has one active registration, at the primary school'), async () => {
    expect(
      await counter.rows(
        'enrollment',
        'select stage, status, active from enrollment where person_id = $1 order by active',
        [graduating.student.id],
      ),
    ).toEqual([
      { stage: 'PRESCHOOL', status: 'GRADUATED', active: false },
      { stage: 'PRIMARY', status: 'PENDING_APPROVAL', active: true },
    ]);
  });
});
