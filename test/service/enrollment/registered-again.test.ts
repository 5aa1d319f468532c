import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import { type Counter, codesOf, counterOf, otherTaiyuanPrimary, taiyuanPrimary } from './counter.ts';
import { girl, idNumber, mother, withoutDocument } from './pupils.ts';

/** The same request once more, and the same child once more. */
describe('registering a pupil again', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;

  describe('the same request again', () => {
    test('under the same key it is the same answer', async () => {
      const idempotencyKey = randomUUID();
      const first = await counter.register(school, girl(40), { idempotencyKey });
      const again = await counter.register(school, girl(40), { idempotencyKey });
      expect(first.enrollment).not.toBeNull();
      expect(again).toEqual(first);
    });

    test('under the same key with another content it is refused', async () => {
      const idempotencyKey = randomUUID();
      await counter.register(school, girl(41), { idempotencyKey });
      const { data, errors } = await counter.tryRegister(school, girl(42), { idempotencyKey });
      expect(data?.registerStudent ?? null).toBeNull();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
      expect((await counter.register(school, girl(42))).enrollment).not.toBeNull();
    });

    test('under another key with the same content it is the same registration', async () => {
      const first = await counter.registered(school, girl(43));
      expect(await counter.registered(school, girl(43))).toEqual(first);
    });

    test('sent five times at one moment it is one registration, and every answer names it', async () => {
      const idempotencyKey = randomUUID();
      const answers = await Promise.all([
        ...Array.from({ length: 3 }, () => counter.registered(school, girl(44), { idempotencyKey })),
        ...Array.from({ length: 2 }, () => counter.registered(school, girl(44))),
      ]);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    });
  });

  describe('a child that has a record', () => {
    test(
      breaks(
        'PRV-15',
        'another school hears that it exists, the kind of number and the authority, nothing else',
      ),
      async () => {
        const known = girl(50, { name: '不可泄露' });
        const { student } = await counter.registered(school, known);
        const { enrollment, findings } = await counter.register(otherTaiyuanPrimary, known);
        expect(enrollment).toBeNull();
        expect(findings).toMatchObject([
          { ruleId: 'ENR-06', outcome: 'REJECT', code: 'DUPLICATE_RECORD_FOUND' },
        ]);
        const said = JSON.stringify(findings);
        expect(said).toContain('L字头');
        expect(said).toContain('140105');
        for (const secret of [
          student.id,
          student.studentNumber,
          '不可泄露',
          school,
          String(known.idDocumentNumber),
        ]) {
          expect(said).not.toContain(secret);
        }
      },
    );

    test(breaks('ID-18', 'the same school hears that it is its own pupil'), async () => {
      await counter.registered(school, girl(51));
      const { enrollment, findings } = await counter.register(school, girl(51, { className: '2班' }));
      expect(enrollment).toBeNull();
      expect(findings).toMatchObject([
        { ruleId: 'ID-18', outcome: 'REJECT', code: 'DUPLICATE_RECORD_FOUND' },
      ]);
    });

    test(
      breaks(
        'ID-18',
        'a wrong digit may be another child’s number: both schools are told to look at the card',
      ),
      async () => {
        await counter.registered(school, girl(54));
        for (const at of [school, otherTaiyuanPrimary]) {
          const { findings } = await counter.register(at, girl(54, { name: '样例录错' }));
          expect(findings.map(({ remedy }) => remedy)).toEqual([
            expect.stringMatching(/不是同一学生的，请对照证件核对.*证件号码/u),
          ]);
          expect(findings[0]?.remedy).not.toContain('删除');
        }
      },
    );

    test(
      breaks('ID-18', 'a registration that was sent back is corrected where it is, and not brought in anew'),
      async () => {
        const waiting = await counter.registered(school, girl(55));
        const remedies = async () => {
          const told = await counter.register(school, girl(55, { className: '3班' }));
          const foreseen = await counter.preview(school, girl(55, { className: '3班' }));
          expect(foreseen).toEqual(told.findings);
          return told.findings.map(({ remedy }) => remedy);
        };
        expect(await remedies()).toEqual([expect.not.stringContaining('重新提交更正')]);
        await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '姓名有误' });
        expect(await remedies()).toEqual([expect.stringMatching(/退回.*重新提交更正，不要重新导入/u)]);
        const elsewhere = await counter.register(otherTaiyuanPrimary, girl(55));
        expect(elsewhere.findings.map(({ remedy }) => remedy)).toEqual([expect.not.stringContaining('退回')]);
      },
    );

    test(breaks('ID-17', 'calling a resident ID number another document hides nobody'), async () => {
      await counter.registered(school, girl(52));
      for (const idDocumentType of ['OTHER', 'PASSPORT', 'HK_MACAO_PERMIT']) {
        const { enrollment, findings } = await counter.register(
          otherTaiyuanPrimary,
          girl(52, { idDocumentType }),
        );
        expect(enrollment).toBeNull();
        expect(codesOf(findings)).toEqual(['DOCUMENT_TYPE_MISMATCH', 'DUPLICATE_RECORD_FOUND']);
      }
    });

    test(
      breaks(
        'ID-17',
        'a child without a document is found by its name, birthday and guardian, however they are written',
      ),
      async () => {
        const father = mother({
          name: '样例父',
          relation: 'FATHER',
          idDocumentNumber: idNumber('1989-02-03', 4),
        });
        await counter.registered(
          school,
          withoutDocument(53, { name: '阿依古丽·样例', guardians: [mother(), father] }),
        );
        const { enrollment } = await counter.register(
          otherTaiyuanPrimary,
          withoutDocument(53, { name: '阿依古丽 • 样例', guardians: [father, mother()] }),
        );
        expect(enrollment).toBeNull();
        const sibling = await counter.register(
          school,
          withoutDocument(53, { name: '阿依仙·样例', guardians: [mother(), father] }),
        );
        expect(sibling.enrollment).not.toBeNull();
      },
    );
  });
});
