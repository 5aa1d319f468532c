import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { endAdmissionOf } from '#services/enrollment/entry/release-admitted.ts';
import { admissionsById } from '#services/enrollment/yearly/admission-rows.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { type Merging, mergingOf } from './merging.ts';
import { oldPupil } from './old-pupils.ts';
import { girl } from './pupils.ts';

describe('a primary school that becomes a nine-year school', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let merging: Merging;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    merging = mergingOf(registry);
  });
  afterAll(() => registry?.stop());

  test(holds('ENR-69', 'goes on under a new code with its pupils, each in the year of before'), async () => {
    const waiting = await counter.registered(taiyuanPrimary, girl(1));
    const fact = await registry.network.service('enrollment').core.directory.school(taiyuanPrimary);
    if (fact === undefined) throw new Error('No school');
    const old = await oldPupil(registry, fact, 2022);
    await registry.settled();
    const { school, findings } = await merging.changeType(taiyuanPrimary, {
      ...{ kind: 'JUNIOR', stages: ['JUNIOR', 'PRIMARY'] },
    });
    expect(findings).toEqual([]);
    if (school === null) throw new Error('No school');
    expect(school).toMatchObject({ state: 'ACTIVE', merger: { kind: 'CHANGE_OF_TYPE' } });
    expect(school.id.slice(0, 4)).toBe('3114');
    await counter.until(
      'the old code has ended',
      async () => (await merging.school(taiyuanPrimary)).state === 'CLOSED',
    );
    await registry.settled();
    expect(await merging.school(taiyuanPrimary)).toMatchObject({
      successor: { id: school.id },
      merger: { state: 'DONE', movedRegistrations: 2 },
    });
    const { data } = await desk.ask<{ enrollments: { edges: { node: { id: string; grade: number } }[] } }>(
      schoolDesks(school.id).registrar,
      '{ enrollments(first: 10) { edges { node { id grade } } } }',
    );
    const listed = data?.enrollments.edges.map(({ node }) => node) ?? [];
    expect(new Map(listed.map(({ id, grade }) => [id, grade]))).toEqual(
      new Map([
        [waiting.id, 1],
        [old.id, 5],
      ]),
    );
  });

  test(
    breaks('ENR-69', 'does not become one of five years while somebody would change the stage'),
    async () => {
      const { successor } = await merging.school(taiyuanPrimary);
      const { school, findings } = await merging.changeType(successor?.id ?? '', {
        ...{ kind: 'JUNIOR', stages: ['PRIMARY', 'JUNIOR'], system: 'S54' },
      });
      expect(school).toBeNull();
      expect(findings).toMatchObject([{ ruleId: 'ENR-69', code: 'GRADE_MISMATCH' }]);
    },
  );
});

describe('a junior school that is merged before its new pupils have come', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let merging: Merging;
  let primary: SchoolFact;
  let junior: SchoolFact;
  let other: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    merging = mergingOf(registry);
    const all = await registry.network.service('enrollment').core.directory.schoolsIn(0, 99_999_999_999);
    const [one, two] = all.filter(
      ({ authority, kind, stages }) =>
        authority === '140105' && kind === 'JUNIOR' && stages.length === 1 && stages[0]?.stage === 'JUNIOR',
    );
    const first = all.find(({ code }) => code === taiyuanPrimary);
    if (one === undefined || two === undefined || first === undefined) throw new Error('No schools');
    primary = first;
    junior = one;
    other = two;
  });
  afterAll(() => registry?.stop());

  test(holds('ENR-27', 'whom it has admitted reports at the other one, and is in school there'), async () => {
    const pupil = await oldPupil(registry, primary, 2020);
    const admission = randomUUID();
    await counter.change(
      'enrollment',
      `update enrollment set status = 'ADMITTED', graduated_on = '2026-07-01' where person_id = $1`,
      [pupil.person],
    );
    await counter.change(
      'enrollment',
      `insert into admission (person_id, admission_id, place, school, province, stage, entry_year, last_grade,
         from_enrollment, from_school, state, version, admitted_at, admitted_by)
       values ($1, $2, $3, $4, $5, 'JUNIOR', 2026, 3, $6, $7, 'ADMITTED', 1, '2026-08-01T09:00:00+08:00', 'somebody')`,
      [pupil.person, admission, junior.place, junior.code, '140000', pupil.id.slice(37), primary.code],
    );
    await registry.settled();
    await merging.merge({ standing: other.code, ending: [junior.code], from: '2026-09-02' });
    await counter.until(
      'the school has ended',
      async () => (await merging.school(junior.code)).state === 'MERGED',
    );
    await registry.settled();
    const { data, errors } = await desk.ask<{ reportAdmitted: { results: unknown[] } }>(
      schoolDesks(other.code).registrar,
      `mutation ($input: ReportAdmittedInput!) { reportAdmitted(input: $input) {
         results { admission { enrollment { status grade school { id } } } findings { code } } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school: other.code, admissions: [admission] },
          reportedOn: '2026-09-02',
        },
      },
    );
    expect(errors).toEqual([]);
    expect(data?.reportAdmitted.results).toEqual([
      {
        admission: { enrollment: { status: 'IN_SCHOOL', grade: 1, school: { id: other.code } } },
        findings: [],
      },
    ]);
  });

  test('a graduate whose admission is ended afterwards is one of the school that goes on with the former', async () => {
    const { code } = primary;
    const standing = '2114000002';
    await merging.merge({ standing, ending: [code], from: '2026-09-02' });
    await counter.until('it has ended', async () => (await merging.school(code)).state === 'MERGED');
    await registry.settled();
    const [row] = await counter.rows<{ admission: string; person: string }>(
      'enrollment',
      'select admission_id as admission, person_id as person from admission',
    );
    const { core } = registry.network.service('enrollment');
    await asWorker(core.worker, async (tx) => {
      const [admission] = await admissionsById(tx, [row?.admission ?? ''], true);
      if (admission !== undefined) await endAdmissionOf(tx, core.clock.now(), admission);
    });
    expect(
      await counter.rows(
        'enrollment',
        'select school, former_schools as former, status from enrollment where person_id = $1 and active',
        [row?.person],
      ),
    ).toEqual([{ school: standing, former: [code], status: 'GRADUATED' }]);
    await registry.settled();
  });
});
