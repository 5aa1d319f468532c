import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { csvOf, goodRows } from '#services/enrollment/import/fixtures/form-files.ts';
import { ALL_ITEMS } from '#services/enrollment/import/form-f1/items.ts';
import { importWorkbook, type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, codesOf, counterOf, type Told, taiyuanPrimary } from './counter.ts';
import { schoolWith } from './old-pupils.ts';
import { type Form, girl } from './pupils.ts';

/** Pupils from abroad and of joint programmes who come by a file or by the month's list (ENR-17, ENR-18). */
describe('a pupil from abroad, or of a joint programme', () => {
  let registry: Registry;
  let counter: Counter;
  let senior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    senior = await schoolWith(registry, 'SENIOR');
  });
  afterAll(() => registry?.stop());

  const list = async (school: string, form: Form, more: Record<string, unknown> = {}) => {
    const answer = await counter.ask<{
      addNonGradeOneRow: { row: { id: string; batch: { id: string } } | null; findings: Told[] };
    }>(
      school,
      `mutation ($input: AddNonGradeOneRowInput!) { addNonGradeOneRow(input: $input) {
         row { id } findings { ruleId code } } }`,
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school, stage: 'PRIMARY', reason: '原就读学校未建籍', form },
          ...more,
        },
      },
    );
    return counter.answered(answer).addNonGradeOneRow;
  };
  const foreigner = (sequence: number): Form =>
    girl(sequence, {
      ...{ name: '外籍样例', idDocumentType: 'PASSPORT', idDocumentNumber: `E8765432${sequence}` },
      ...{ nationalityOrRegion: '840', overseasCategory: 'FOREIGN', ethnicGroup: null },
      ...{ birthDate: '2018-05-06', gradeName: '三年级' },
    });

  const file = (): Buffer => {
    const [good = {}] = goodRows(1);
    const cells = {
      ...good,
      ...{ overseasCategory: '外国人', nationalityOrRegion: 'FRA', ethnicGroup: '' },
      ...{ idDocumentType: '护照', idDocumentNumber: '12AB34567' },
    };
    const row = ALL_ITEMS.map(({ key }) => (cells as Record<string, string>)[key] ?? '');
    return Buffer.from(csvOf([ALL_ITEMS.map(({ header }) => header), row]));
  };
  const imported = (key: string, overseas?: { locallyAdmitted: boolean }) =>
    importWorkbook(registry, {
      ...{ who: 'registrar', school: taiyuanPrimary, bytes: file(), key, mediaType: 'text/csv', overseas },
    });

  test(
    breaks('ENR-17', 'is not brought in by a file of which the school states no local place'),
    async () => {
      const job = await imported('without');
      expect(job).toMatchObject({ state: 'DONE', registered: 0, bad: 1 });
      expect(job.badRows[0]?.problems).toMatchObject([{ ruleId: 'ENR-17', code: 'LOCAL_ADMISSION_MISSING' }]);
    },
  );

  test(
    holds('ENR-17', 'is brought in by a file of which the school states it, and told of as one'),
    async () => {
      expect(await imported('with', { locallyAdmitted: true })).toMatchObject({ registered: 1, bad: 0 });
      await registry.settled();
      expect(
        await counter.rows('enrollment', `select 1 from event_log where type = 'OverseasStudentRecorded'`),
      ).toHaveLength(1);
    },
  );

  test(breaks('ENR-17', 'is not listed without a local place'), async () => {
    const { row, findings } = await list(taiyuanPrimary, foreigner(1));
    expect(row).toBeNull();
    expect(codesOf(findings)).toEqual(['LOCAL_ADMISSION_MISSING']);
  });

  test(holds('ENR-17', 'is listed with one'), async () => {
    const { row } = await list(taiyuanPrimary, foreigner(1), { overseas: { locallyAdmitted: true } });
    expect(row).not.toBeNull();
  });

  test(
    breaks('ENR-18', 'of a joint programme, listed, is not approved before the city has confirmed'),
    async () => {
      const form = girl(2, { birthDate: '2009-05-06', gradeName: '高二' });
      const { row, findings } = await list(senior.code, form, {
        ...{ stage: 'SENIOR', overseas: { jointProgramme: true } },
      });
      expect(findings.filter(({ outcome }) => outcome === 'REJECT')).toEqual([]);
      expect(row).not.toBeNull();
      registry.clock.moveTo('2026-09-30T09:00:00+08:00');
      const submitted = await registry.ask<{ submitNonGradeOneBatch: { batch: { id: string } | null } }>(
        'shanxi',
        `mutation ($input: SubmitNonGradeOneBatchInput!) { submitNonGradeOneBatch(input: $input) { batch { id } } }`,
        { input: { idempotencyKey: randomUUID(), month: '2026-09' } },
      );
      const batch = counter.answered(submitted).submitNonGradeOneBatch.batch?.id;
      await registry.ask(
        'information-centre',
        `mutation ($input: CheckNonGradeOneBatchInput!) { checkNonGradeOneBatch(input: $input) { batch { id } } }`,
        { input: { idempotencyKey: randomUUID(), batch } },
      );
      const [found] = await counter.rows<{ id: string; version: number }>(
        'enrollment',
        `select e.person_id || '.' || e.enrollment_id as id, p.version from enrollment e join pupil p using (person_id)
       where e.school = $1`,
        [senior.code],
      );
      if (found === undefined) throw new Error('Not registered');
      const { decided, results } = await counter.decide('xiaodian', 'APPROVE', [found], { reason: '同意' });
      expect(decided).toBe(0);
      expect(codesOf(results[0]?.findings ?? [])).toEqual(['CITY_CONFIRMATION_MISSING']);
    },
  );
});
