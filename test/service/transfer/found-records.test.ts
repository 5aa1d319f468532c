import { randomUUID } from 'node:crypto';
import { csv } from '#libs/platform/files/media-types.ts';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
} from '#services/enrollment/import/fixtures/form-files.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { type Form, girl } from '#test/service/enrollment/pupils.ts';
import { importWorkbook, type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  receiving,
  SECOND_GRADE,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
} from './transfer-desk.ts';

/** A registration that a check refuses because a record stands elsewhere goes on as a transfer. */
describe('a record that a check has found at another school', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  let next = 300;
  /** A pupil of the sending school, in the second grade, with the form by which it was registered. */
  const pupil = async (): Promise<{ form: Form; person: string }> => {
    const form = girl(++next);
    const waiting = await desk.counter.registered(sending.school, form);
    const [result] = (await desk.counter.decide('xiaodian', 'APPROVE', [waiting])).results;
    const person = result?.enrollment?.student.id ?? '';
    await desk.counter.change(
      'enrollment',
      'update enrollment set entry_year_adj = $2 where person_id = $1',
      [person, SECOND_GRADE],
    );
    return { form, person };
  };

  type Registering = {
    registerStudent: { enrollment: { id: string } | null; found: string | null; findings: Told[] };
  };
  const register = async (form: Form) =>
    desk.desk.answered(
      await desk.desk.ask<Registering>(
        receiving.registrar,
        `mutation ($input: RegisterStudentInput!) {
           registerStudent(input: $input) { enrollment { id } found findings { ruleId code message } } }`,
        { input: { idempotencyKey: randomUUID(), school: receiving.school, form } },
      ),
    ).registerStudent;

  const byCheck = async (who: typeof receiving | typeof third, found: string | null, more = {}) => {
    const { student: _, ...wanted } = desk.wanted({ person: '', enrollment: '', name: '', number: '' }, more);
    const evidence = await desk.papers(who.registrar);
    return desk.order(who.registrar, 'initiateTransfer', 'InitiateTransferInput', {
      ...wanted,
      found,
      evidence,
    });
  };

  const persons = () => desk.counter.rows('identity', 'select 1 from person');

  test(
    holds('TRF-53', 'is moved by a transfer that its school opens with the refused registration'),
    async () => {
      const { form, person } = await pupil();
      const refused = await register(form);
      expect(refused).toMatchObject({ enrollment: null, found: expect.any(String) });
      const { transfer } = await byCheck(receiving, refused.found);
      expect(transfer).toMatchObject({
        state: 'DRAFT',
        student: { id: person },
        source: { id: sending.school },
      });
    },
  );

  test(
    breaks('ENR-06', 'is not made a second time, and tells the school nothing of whose or where it is'),
    async () => {
      const { form, person } = await pupil();
      const before = await persons();
      const refused = await register(form);
      expect(refused.findings.map(({ ruleId, code }) => `${ruleId} ${code}`)).toEqual([
        'ENR-06 DUPLICATE_RECORD_FOUND',
      ]);
      for (const secret of [sending.school, person]) expect(JSON.stringify(refused)).not.toContain(secret);
      expect(await persons()).toEqual(before);
    },
  );

  test(breaks('PRV-15', 'is opened by no other school, and by nobody who guesses'), async () => {
    const { form } = await pupil();
    const { found } = await register(form);
    const [theirs, nobody] = [await byCheck(third, found), await byCheck(third, randomUUID())];
    expect(codes(theirs)).toEqual(['PUPIL_NOT_FOUND']);
    expect(theirs).toEqual(nobody);
  });

  test(breaks('TRF-53', 'is not opened where the number fits and the name does not'), async () => {
    const { form } = await pupil();
    const { found, enrollment } = await register({ ...form, name: '别的名字' });
    expect(enrollment).toBeNull();
    expect(codes(await byCheck(receiving, found))).toEqual(['PUPIL_NOT_FOUND']);
  });

  describe('by the import of a file', () => {
    /** A first-grader of another school, and a file of this one that names the same child. */
    const imported = async () => {
      const form = girl(++next);
      const waiting = await desk.counter.registered(receiving.school, form);
      const [result] = (await desk.counter.decide('yingze', 'APPROVE', [waiting])).results;
      const [good] = goodRows(1, 2026);
      const { name, birthDate, idDocumentNumber } = form;
      const cells = { ...good, name, birthDate, idDocumentNumber: String(idDocumentNumber), gender: '女' };
      const job = await importWorkbook(registry, {
        ...{ who: 'registrar', school: sending.school, key: randomUUID(), mediaType: csv },
        bytes: Buffer.from(csvOf([FORM_HEADER, inFormOrder(cells)])),
      });
      return { job: job.id, person: result?.enrollment?.student.id ?? '' };
    };
    const rowsSeenBy = async (who: Desk, id: string) =>
      desk.desk
        .answered(
          await desk.desk.ask<{
            importJob: { badRows: { found: string | null; problems: { ruleId: string; code: string }[] }[] };
          }>(who, 'query ($id: ID!) { importJob(id: $id) { badRows { found problems { ruleId code } } } }', {
            id,
          }),
        )
        .importJob.badRows.map(({ found, problems }) => ({ found, codes: problems.map(({ code }) => code) }));

    test(holds('TRF-53', 'is moved by a transfer that its school opens with the refused row'), async () => {
      const { job, person } = await imported();
      const [row] = await rowsSeenBy(sending.registrar, job);
      expect(row).toEqual({ found: expect.any(String), codes: ['DUPLICATE_RECORD_FOUND'] });
      const { transfer } = await byCheck(sending, row?.found ?? null, { grade: 1 });
      expect(transfer).toMatchObject({ student: { id: person }, source: { id: receiving.school } });
    });

    test(
      breaks('PRV-15', 'is told to the school alone: the county above it sees the refusal only'),
      async () => {
        const { job } = await imported();
        expect(await rowsSeenBy(xiaodian.registrar, job)).toEqual([
          { found: null, codes: ['DUPLICATE_RECORD_FOUND'] },
        ]);
      },
    );
  });

  describe('by the national check of the monthly list', () => {
    type Row = { id: string; status: string; found: string | null; findings: Told[] };
    type Batch = { id: string; rows: Row[] };
    const batch = 'id rows { id status found findings { ruleId code } }';
    const ask = async <Data>(who: string, text: string, input: Record<string, unknown>) =>
      desk.counter.answered(
        await desk.counter.ask<Data>(who, text, { input: { idempotencyKey: randomUUID(), ...input } }),
      );
    let known: Awaited<ReturnType<typeof pupil>>;
    let failed: Row;

    beforeAll(async () => {
      known = await pupil();
      await ask(
        receiving.school,
        'mutation ($input: AddNonGradeOneRowInput!) { addNonGradeOneRow(input: $input) { row { id } } }',
        {
          ...{ school: receiving.school, stage: 'PRIMARY', reason: '原就读学校未建籍' },
          form: { ...known.form, gradeName: '二年级' },
        },
      );
      registry.clock.moveTo('2026-09-30T09:00:00+08:00');
      const { submitNonGradeOneBatch: submitted } = await ask<{ submitNonGradeOneBatch: { batch: Batch } }>(
        'shanxi',
        `mutation ($input: SubmitNonGradeOneBatchInput!) { submitNonGradeOneBatch(input: $input) { batch { id } } }`,
        { month: '2026-09' },
      );
      await ask(
        'information-centre',
        'mutation ($input: CheckNonGradeOneBatchInput!) { checkNonGradeOneBatch(input: $input) { batch { id } } }',
        { batch: submitted.batch.id },
      );
      const { nonGradeOneBatches } = desk.counter.answered(
        await desk.counter.ask<{ nonGradeOneBatches: Batch[] }>(
          receiving.school,
          `{ nonGradeOneBatches { ${batch} } }`,
        ),
      );
      const row = nonGradeOneBatches.flatMap(({ rows }) => rows)[0];
      if (row === undefined) throw new Error('There is no row');
      failed = row;
    });

    test(
      breaks('TRF-53', 'is not registered anew: the row fails and the pupil is to be transferred'),
      async () => {
        expect(failed).toMatchObject({ status: 'FAILED', found: expect.any(String) });
        expect(failed.findings.map(({ code }) => code)).toContain('NATIONAL_DUPLICATE_CHECK_FAILED');
        const registered = await desk.registrationOf(known.person);
        expect(registered?.school).toBe(sending.school);
      },
    );

    test(holds('TRF-53', 'is handled as a transfer from the row, and the registration moves'), async () => {
      const applied = { appliedOn: '2026-09-30' };
      const draft = await desk.after(byCheck(receiving, failed.found, applied));
      expect(draft).toMatchObject({ student: { id: known.person }, source: { id: sending.school } });
      expect((await desk.after(desk.decide(receiving.head, draft, 'APPROVE'))).state).toBe(
        'SOURCE_SCHOOL_REVIEW',
      );
    });
  });
});
