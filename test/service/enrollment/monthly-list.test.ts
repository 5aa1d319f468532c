import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  beiguanPrimary,
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Told,
  taiyuanPrimary,
} from './counter.ts';
import { type Form, girl } from './pupils.ts';

type Row = {
  id: string;
  status: string;
  school: { id: string };
  name: string | null;
  stage: string;
  grade: number;
  reason: string;
  enrollment: { id: string; status: string; student: { name: string } } | null;
  findings: (Told & { remedy: string })[];
};
type Batch = { id: string; month: string; province: string; status: string; dueOn: string; rows: Row[] };

const told = 'findings { ruleId outcome code message remedy path basis { document article layer } }';
const row = `id status reason school { id } name stage grade enrollment { id status student { name } } ${told}`;
const batch = `id month province status dueOn rows { ${row} }`;

/** Pupils of other grades without a record: the list of a province and month (W-04, ENR-10). */
describe('the monthly list', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry({ start: '2026-09-15T09:00:00+08:00' });
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const third = (sequence: number, changes: Record<string, unknown> = {}): Form =>
    girl(sequence, { birthDate: '2018-05-06', gradeName: '三年级', ...changes });

  const tryList = (school: string, form: Form, more: Record<string, unknown> = {}) =>
    counter.ask<{ addNonGradeOneRow: { row: Row | null; findings: Told[] } }>(
      school,
      `mutation ($input: AddNonGradeOneRowInput!) { addNonGradeOneRow(input: $input) { row { ${row} } ${told} } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          school,
          stage: 'PRIMARY',
          reason: '原就读学校未建籍',
          form,
          ...more,
        },
      },
    );
  const list = async (...order: Parameters<typeof tryList>) =>
    counter.answered(await tryList(...order)).addNonGradeOneRow;

  const submit = (who: string, month: string) =>
    counter.ask<{ submitNonGradeOneBatch: { batch: Batch | null; findings: Told[] } }>(
      who,
      `mutation ($input: SubmitNonGradeOneBatchInput!) {
        submitNonGradeOneBatch(input: $input) { batch { ${batch} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), month } },
    );

  const check = (who: string, id: string) =>
    counter.ask<{ checkNonGradeOneBatch: { batch: Batch } }>(
      who,
      `mutation ($input: CheckNonGradeOneBatchInput!) { checkNonGradeOneBatch(input: $input) { batch { ${batch} } } }`,
      { input: { idempotencyKey: randomUUID(), batch: id } },
    );

  const batches = async (who: string): Promise<Batch[]> =>
    counter.answered(
      await counter.ask<{ nonGradeOneBatches: Batch[] }>(who, `{ nonGradeOneBatches { ${batch} } }`),
    ).nonGradeOneBatches;

  const remove = (who: string, id: string, idempotencyKey: string = randomUUID()) =>
    counter.ask<{ removeNonGradeOneRow: { batch: Batch | null; findings: Told[] } }>(
      who,
      `mutation ($input: RemoveNonGradeOneRowInput!) {
        removeNonGradeOneRow(input: $input) { batch { ${batch} } ${told} } }`,
      { input: { idempotencyKey, row: id } },
    );

  const known = girl(50, { birthDate: '2018-05-06' });

  test(
    holds('ENR-10', 'a school lists a pupil of another grade on any day, and the pupil attends meanwhile'),
    async () => {
      await counter.registered(otherTaiyuanPrimary, { ...known, gradeName: '一年级' });
      const { row: listed } = await list(taiyuanPrimary, third(1));
      expect(listed).toMatchObject({
        status: 'LISTED',
        school: { id: taiyuanPrimary },
        reason: '原就读学校未建籍',
      });
      await list(taiyuanPrimary, { ...known, gradeName: '三年级' });
      await list(otherTaiyuanPrimary, third(1, { className: '3班' }));
      await list(otherTaiyuanPrimary, third(2));
      expect(await counter.rows('identity', 'select 1 from person')).toHaveLength(1);
    },
  );

  test(breaks('ORG-10', 'as long as it has no registration that is on record with the row'), async () => {
    const { row: listed, findings } = await list(taiyuanPrimary, third(3));
    expect(findings).toEqual([]);
    expect(listed?.findings).toMatchObject([
      { ruleId: 'ORG-10', outcome: 'RECORD', code: 'STUDENT_WITHOUT_REGISTRATION' },
    ]);
  });

  test('listed twice with the same content it is one row', async () => {
    const first = await list(taiyuanPrimary, third(3));
    const again = await list(taiyuanPrimary, third(3), { reason: '随家长从外地来' });
    expect(again.row?.id).toBe(first.row?.id);
    await registry.settled();
  });

  test(breaks('ID-23', 'a form with gaps is told at once and not listed'), async () => {
    const { row: listed, findings } = await list(taiyuanPrimary, third(4, { className: null }));
    expect(listed).toBeNull();
    expect(findings.map(({ path }) => path?.join('.'))).toEqual(['form.className']);
  });

  test(breaks('ENR-09', 'who begins grade one is registered directly and not listed'), async () => {
    const { row: listed, findings } = await list(taiyuanPrimary, girl(5));
    expect(listed).toBeNull();
    expect(codesOf(findings)).toEqual(['GRADE_ONE_REGISTERS_DIRECTLY']);
  });

  test('a stage that is not that of the grade is an error of the request', async () => {
    const { errors } = await tryList(taiyuanPrimary, third(6), { stage: 'JUNIOR' });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('shows its own school who stands on it, and everybody else the family name alone', async () => {
    const namesSeen = async (who: string) =>
      (await batches(who)).flatMap(({ rows }) =>
        rows
          .filter(({ school }) => school.id === taiyuanPrimary)
          .map(({ name, stage, grade }) => [name, stage, grade]),
      );
    const { name } = third(1);
    expect((await namesSeen('registrar'))[0]).toEqual([name, 'PRIMARY', 3]);
    for (const who of ['xiaodian', 'shanxi']) {
      expect((await namesSeen(who))[0]).toEqual([`${name.charAt(0)}*`, 'PRIMARY', 3]);
    }
  });

  test('a row that was wrong is taken off by its own school, and nobody else', async () => {
    const { row: wrong } = await list(taiyuanPrimary, third(8));
    const id = wrong?.id ?? '';
    for (const who of [otherTaiyuanPrimary, 'xiaodian', 'shanxi']) {
      const { errors } = await remove(who, id);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
    const key = randomUUID();
    const [first, again] = [await remove('registrar', id, key), await remove('registrar', id, key)];
    expect(again).toEqual(first);
    const { removeNonGradeOneRow: answer } = counter.answered(first);
    expect(answer.findings).toEqual([]);
    expect(answer.batch?.rows.map((each) => each.id)).not.toContain(id);
    const [left] = await counter.rows(
      'enrollment',
      `select status, sealed, sealed_name, reason, facts, findings from grade_batch_row where row_id = $1`,
      [id],
    );
    expect(left).toEqual({
      status: 'REMOVED',
      sealed: null,
      sealed_name: null,
      reason: '',
      facts: {},
      findings: [],
    });
    const { row: anew } = await list(taiyuanPrimary, third(8));
    expect(anew?.status).toBe('LISTED');
    await remove('registrar', anew?.id ?? '');
    const { errors } = await remove('registrar', id);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    await registry.settled();
  });

  test('each sees of the list what is its own, and another province nothing', async () => {
    const schoolsSeen = async (who: string) =>
      [...new Set((await batches(who)).flatMap(({ rows }) => rows.map((each) => each.school.id)))].sort();
    expect(await schoolsSeen('registrar')).toEqual([taiyuanPrimary]);
    expect(await schoolsSeen('xiaodian')).toEqual([taiyuanPrimary]);
    expect(await schoolsSeen('shanxi')).toEqual([taiyuanPrimary, otherTaiyuanPrimary]);
    expect(await schoolsSeen('beiguan')).toEqual([]);
    expect(await batches('information-centre')).toEqual([]);
  });

  test(breaks('ENR-10', 'nobody but the province submits it'), async () => {
    for (const who of ['registrar', 'xiaodian', 'taiyuan', 'ministry', 'information-centre']) {
      const { errors } = await submit(who, '2026-09');
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
  });

  test(breaks('ENR-10', 'the province cannot submit it the day before the last of the month'), async () => {
    registry.clock.moveTo('2026-09-29T23:59:59+08:00');
    const { submitNonGradeOneBatch: answer } = counter.answered(await submit('shanxi', '2026-09'));
    expect(answer).toMatchObject({
      batch: null,
      findings: [{ ruleId: 'ENR-10', code: 'BATCH_BEFORE_MONTH_END' }],
    });
  });

  test(holds('ENR-10', 'on the last day it can, once'), async () => {
    registry.clock.moveTo('2026-09-30T00:00:00+08:00');
    const { submitNonGradeOneBatch: first } = counter.answered(await submit('shanxi', '2026-09'));
    expect(first).toMatchObject({ batch: { status: 'SUBMITTED', dueOn: '2026-09-30' }, findings: [] });
    expect(new Set(first.batch?.rows.map(({ status }) => status))).toEqual(new Set(['SUBMITTED']));
    const { submitNonGradeOneBatch: again } = counter.answered(await submit('shanxi', '2026-09'));
    expect(codesOf(again.findings)).toEqual(['BATCH_ALREADY_SUBMITTED']);
  });

  test(breaks('ENR-10', 'after that no row is taken off it'), async () => {
    const [own] = (await batches('registrar')).flatMap(({ rows }) => rows);
    const { removeNonGradeOneRow: answer } = counter.answered(await remove('registrar', own?.id ?? ''));
    expect(codesOf(answer.findings)).toEqual(['BATCH_ALREADY_SUBMITTED']);
    expect(answer.batch?.rows.map((each) => each.id)).toContain(own?.id);
  });

  test(holds('ENR-10', 'who comes after that goes on the list of the next month'), async () => {
    await list(taiyuanPrimary, third(7));
    const months = (await batches('registrar')).map(({ month, status, rows }) => [
      month,
      status,
      rows.length,
    ]);
    expect(months).toEqual([
      ['2026-10', 'LISTED', 1],
      ['2026-09', 'SUBMITTED', 3],
    ]);
  });

  test('rows that come in while the list goes out are on one list or the other, and none is left behind', async () => {
    registry.clock.moveTo('2026-10-31T12:00:00+08:00');
    await Promise.all([
      ...Array.from({ length: 8 }, (_, at) => list(taiyuanPrimary, third(20 + at))),
      submit('shanxi', '2026-10'),
      ...Array.from({ length: 8 }, (_, at) => list(otherTaiyuanPrimary, third(40 + at))),
    ]);
    const left = await counter.rows(
      'enrollment',
      `select 1 from grade_batch_row r join grade_batch b using (batch_id)
       where r.status = 'LISTED' and b.status <> 'LISTED'`,
    );
    expect(left).toEqual([]);
    const [all] = await counter.rows(
      'enrollment',
      `select count(*)::int as rows from grade_batch_row where status <> 'REMOVED'`,
    );
    expect(all).toEqual({ rows: 5 + 1 + 16 });
  });

  test(breaks('ENR-10', 'nobody but the ministry’s centre checks it'), async () => {
    const [september] = (await batches('shanxi')).filter(({ month }) => month === '2026-09');
    for (const who of ['registrar', 'xiaodian', 'shanxi', 'ministry']) {
      const { errors } = await check(who, september?.id ?? '');
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
  });

  describe('checked by the centre', () => {
    let checked: Batch;

    beforeAll(async () => {
      const [september] = (await batches('information-centre')).filter(({ month }) => month === '2026-09');
      checked = counter.answered(await check('information-centre', september?.id ?? '')).checkNonGradeOneBatch
        .batch;
    });

    test(
      holds('ORG-10', 'who passes has a registration in that grade, which waits for the county'),
      async () => {
        expect(checked.status).toBe('CHECKED');
        const passed = checked.rows.filter(({ status }) => status === 'REGISTERED');
        expect(passed).toHaveLength(3);
        expect(passed.flatMap(({ findings }) => findings)).toEqual([]);
        const { data } = await counter.ask<{
          enrollments: { edges: { node: { grade: number; channel: string } }[] };
        }>(
          'xiaodian',
          `{ enrollments(filter: { mine: true, grade: 3 }, first: 50) { edges { node { grade channel status } } } }`,
        );
        expect(data?.enrollments.edges.map(({ node }) => node)).toEqual(
          Array(2).fill({ grade: 3, channel: 'NON_GRADE_ONE_BATCH', status: 'PENDING_APPROVAL' }),
        );
      },
    );

    test(
      breaks('ENR-10', 'who has a record already, or is listed by two schools, is to be transferred'),
      () => {
        const failed = checked.rows.filter(({ status }) => status === 'FAILED');
        expect(failed.map((each) => codesOf(each.findings))).toEqual(
          Array(2).fill([
            'DUPLICATE_RECORD_FOUND',
            'NATIONAL_DUPLICATE_CHECK_FAILED',
            'STUDENT_WITHOUT_REGISTRATION',
          ]),
        );
      },
    );

    test('who passed leads on to the registration, in the eyes of the own school', async () => {
      const [september] = (await batches('registrar')).filter(({ month }) => month === '2026-09');
      const passed = (september?.rows ?? []).filter(({ status }) => status === 'REGISTERED');
      expect(
        passed.map(({ name, enrollment }) => [enrollment?.status, enrollment?.student.name === name]),
      ).toEqual(Array(passed.length).fill(['PENDING_APPROVAL', true]));
      expect(passed.length).toBeGreaterThan(0);
      const failed = (september?.rows ?? []).filter(({ status }) => status === 'FAILED');
      expect(failed.map(({ name, enrollment }) => [name, enrollment])).toEqual([[known.name, null]]);
    });

    test('checked again it is as it was', async () => {
      const again = counter.answered(await check('information-centre', checked.id)).checkNonGradeOneBatch
        .batch;
      expect(again).toEqual(checked);
    });

    test('another province has its own list', async () => {
      const { row: listed } = await list(beiguanPrimary, third(60));
      expect(listed?.status).toBe('LISTED');
      expect((await batches('beiguan')).map(({ province }) => province)).toEqual(['410000']);
    });

    test('who has a record at the listing school itself is not told to transfer away from it', async () => {
      await list(beiguanPrimary, third(70, { birthDate: '2018-05-07' }));
      await list(beiguanPrimary, third(70, { birthDate: '2018-05-07', className: '5班' }));
      await counter.change(
        'enrollment',
        `update grade_batch set status = 'SUBMITTED' where province = '410000'`,
      );
      await counter.change(
        'enrollment',
        `update grade_batch_row set status = 'SUBMITTED' where school = $1 and status = 'LISTED'`,
        [beiguanPrimary],
      );
      const [henan] = (await batches('information-centre')).filter(({ province }) => province === '410000');
      const answer = counter.answered(await check('information-centre', henan?.id ?? ''));
      const failed = answer.checkNonGradeOneBatch.batch.rows.filter(({ status }) => status === 'FAILED');
      expect(failed.map((each) => codesOf(each.findings))).toEqual([
        ['DUPLICATE_RECORD_FOUND', 'NATIONAL_DUPLICATE_CHECK_FAILED'],
      ]);
      for (const { remedy } of failed[0]?.findings ?? []) expect(remedy).not.toContain('请发起转学');
    });
  });
});
