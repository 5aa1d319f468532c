import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Registration,
  taiyuanPrimary,
} from './counter.ts';
import { type Form, girl, idNumber, mother } from './pupils.ts';

/** A registration that the county sent back, and the school collects again (W-03). */
describe('correcting a registration that was sent back', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;

  const returned = async (form: Form, at = school): Promise<Registration> => {
    const waiting = await counter.registered(at, form);
    const { results } = await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '姓名与户口簿不符' });
    const sent = results[0]?.enrollment;
    if (!sent) throw new Error('The county sees what it sent back');
    return sent;
  };

  const correct = async (
    at: string,
    sent: Registration,
    form: Form,
    idempotencyKey: string = randomUUID(),
  ) => {
    const { data, errors } = await counter.resubmit(at, sent, '已按户口簿更正', { form, idempotencyKey });
    if (!data) throw new Error(`Not answered: ${JSON.stringify(errors)}`);
    return data.resubmitRegistration;
  };

  test(
    holds('ENR-08', 'the corrected form is what the county decides on, about the same person and number'),
    async () => {
      const sent = await returned(girl(1, { name: '写错了' }));
      const { enrollment, findings } = await correct(school, sent, girl(1, { name: '写对了' }));
      expect(findings.filter(({ outcome }) => outcome === 'REJECT')).toEqual([]);
      expect(enrollment).toMatchObject({
        id: sent.id,
        status: 'PENDING_APPROVAL',
        version: sent.version + 1,
        decisionReason: '姓名与户口簿不符',
        schoolNote: '已按户口簿更正',
        student: { id: sent.student.id, name: '写对了', studentNumber: sent.student.studentNumber },
      });
      const { decided } = await counter.decide('xiaodian', 'APPROVE', [enrollment ?? sent]);
      expect(decided).toBe(1);
    },
  );

  test(
    holds('ID-17', 'a wrong ID number is let go: the child that really has it can be registered'),
    async () => {
      const sent = await returned(girl(2));
      await correct(school, sent, girl(3));
      const owner = await counter.registered(otherTaiyuanPrimary, girl(2));
      expect(owner.student.id).not.toBe(sent.student.id);
      const { enrollment, findings } = await counter.register(otherTaiyuanPrimary, girl(3));
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
    },
  );

  test(
    breaks('ID-17', 'a correction that names a child with a record elsewhere changes nothing'),
    async () => {
      await counter.registered(otherTaiyuanPrimary, girl(4));
      const sent = await returned(girl(5));
      await registry.settled();
      const before = await counter.rowCounts();
      const { enrollment, findings } = await correct(school, sent, girl(4));
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
      const { 'enrollment.intake': _, 'enrollment.idempotency': __, ...after } = await counter.rowCounts();
      expect(before).toMatchObject(after);
      expect(await counter.registered(school, girl(5))).toMatchObject({
        id: sent.id,
        version: sent.version,
        status: 'RETURNED_TO_SCHOOL',
      });
    },
  );

  test(
    breaks('ID-23', 'what the law refuses stays with the school as it was, with all findings'),
    async () => {
      const sent = await returned(girl(6));
      const broken = girl(6, { idDocumentNumber: idNumber('2019-01-01', 6), guardians: [] });
      const { enrollment, findings } = await correct(school, sent, broken);
      expect(enrollment).toBeNull();
      expect(findings.filter(({ outcome }) => outcome === 'REJECT').length).toBeGreaterThan(1);
      const { enrollment: again } = await correct(school, sent, girl(6));
      expect(again?.status).toBe('PENDING_APPROVAL');
    },
  );

  test('sent twice under one key it is one correction', async () => {
    const sent = await returned(girl(7));
    const key = randomUUID();
    const form = girl(7, { className: '2班' });
    const [first, again] = await Promise.all([
      correct(school, sent, form, key),
      correct(school, sent, form, key),
    ]);
    expect(again).toEqual(first);
    expect(first.enrollment?.version).toBe(sent.version + 1);
  });

  test('importing the first, wrong form once more makes nobody new', async () => {
    const sent = await returned(girl(8));
    await correct(school, sent, girl(9));
    const again = await counter.registered(school, girl(8));
    expect(again.id).toBe(sent.id);
  });

  test('another birth date brings another temporary number, and the first stays in the history', async () => {
    const sent = await returned(girl(10));
    const { enrollment } = await correct(school, sent, girl(10, { birthDate: '2020-05-07' }));
    expect(enrollment?.student.studentNumber).not.toBe(sent.student.studentNumber);
    const numbers = await counter.rows<{ state: string }>(
      'identity',
      'select state from student_number where person_id = $1 order by ordinal',
      [sent.student.id],
    );
    expect(numbers.map(({ state }) => state)).toEqual(['SUPERSEDED', 'ACTIVE']);
  });

  test('the counts follow the correction', async () => {
    const sent = await returned(girl(11));
    await correct(school, sent, girl(11, { isBoarder: true }));
    await registry.settled();
    const [row] = await counter.rows<{ boarder: boolean; status: string }>(
      'statistics',
      'select boarder, status from pupil where person_id = $1',
      [sent.student.id],
    );
    expect(row).toEqual({ boarder: true, status: 'PENDING_APPROVAL' });
  });

  test(breaks('PRV-11', 'a guardian who is no longer on the form loses the tie to the child'), async () => {
    const sent = await returned(girl(12));
    const subject = `guardian-${randomUUID()}`;
    await counter.ask(
      school,
      `mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { student { id } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          student: sent.student.id,
          subject,
          position: 1,
          basis: 'HOUSEHOLD_REGISTER',
        },
      },
    );
    const links = () =>
      counter.rows<{ position: number; ended: boolean }>(
        'identity',
        'select position, until is not null as ended from guardian_link where subject = $1',
        [subject],
      );
    const father = mother({
      name: '样例父',
      relation: 'FATHER',
      idDocumentNumber: idNumber('1989-02-02', 5),
    });
    const { enrollment } = await correct(school, sent, girl(12, { guardians: [father, mother()] }));
    expect(await links()).toEqual([{ position: 2, ended: false }]);
    const { results } = await counter.decide('xiaodian', 'RETURN', [enrollment ?? sent], {
      reason: '再核对',
    });
    await correct(school, results[0]?.enrollment ?? sent, girl(12, { guardians: [father] }));
    expect(await links()).toEqual([{ position: 2, ended: true }]);
  });
});
