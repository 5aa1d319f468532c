import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, codesOf, counterOf, otherTaiyuanPrimary, taiyuanPrimary } from './counter.ts';
import { girl, idNumber, mother } from './pupils.ts';

/** One pupil at a time at the counter of a school in Taiyuan, Shanxi, on 2 September 2026 (W-03). */
describe('registering a pupil', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = taiyuanPrimary;

  describe('a good form', () => {
    test(holds('ENR-07', 'it becomes a registration in grade one that waits for approval'), async () => {
      const { enrollment, findings } = await counter.register(school, girl(1));
      expect(findings).toEqual([]);
      expect(enrollment).toMatchObject({
        status: 'PENDING_APPROVAL',
        grade: 1,
        cohort: 2026,
        channel: 'PRIMARY_GRADE_ONE',
        school: { id: school },
      });
    });

    test(
      holds('ID-04', 'it brings a temporary number of the school’s county and the child’s birthday'),
      async () => {
        const { student } = await counter.registered(school, girl(2));
        expect(student.numberKind).toBe('L_TEMPORARY');
        expect(student.studentNumber).toMatch(/^L14010520200506\d{4}$/);
        expect(student.studentNumber).toHaveLength(19);
      },
    );

    test(holds('ENR-08', 'the authority has ten working days, over the holidays of October'), async () => {
      const { id, decisionDueOn } = await counter.registered(school, girl(3));
      expect(decisionDueOn).toBe('2026-09-16');
      const [row] = await counter.rows<{ due_provisional: boolean }>(
        'enrollment',
        'select due_provisional from enrollment where person_id = $1',
        [id.slice(0, 36)],
      );
      expect(row?.due_provisional).toBe(false);
    });

    test('a name of rare characters, full-width digits and a small x arrive as they are meant', async () => {
      const number = idNumber('2020-03-04', 1);
      const withX = Array.from({ length: 400 }, (_, at) => idNumber('2020-03-05', at)).find((text) =>
        text.endsWith('X'),
      );
      const wide = [...number].map((digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join('');
      const rare = await counter.registered(
        school,
        girl(4, { name: ' 𠮷𫛭 ', birthDate: '2020-03-04', idDocumentNumber: wide }),
      );
      expect(rare.student.name).toBe('𠮷𫛭');
      const again = await counter.register(
        otherTaiyuanPrimary,
        girl(4, { birthDate: '2020-03-04', idDocumentNumber: number }),
      );
      expect(codesOf(again.findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
      const small = girl(5, { birthDate: '2020-03-05', idDocumentNumber: withX?.toLowerCase() });
      await counter.registered(school, small);
      const capital = await counter.register(otherTaiyuanPrimary, { ...small, idDocumentNumber: withX });
      expect(codesOf(capital.findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
    });

    test(
      holds('ID-22', 'a passport, documents of Hong Kong, Macao and Taiwan, and no document at all will do'),
      async () => {
        const documents = [
          {
            idDocumentType: 'PASSPORT',
            idDocumentNumber: 'E12345678',
            nationalityOrRegion: '840',
            overseasCategory: 'FOREIGN',
            ethnicGroup: null,
          },
          { idDocumentType: 'HK_MACAO_PERMIT', idDocumentNumber: 'H01234567', overseasCategory: 'HONG_KONG' },
          { idDocumentType: 'HK_MACAO_PERMIT', idDocumentNumber: 'M01234567', overseasCategory: 'MACAO' },
          { idDocumentType: 'TAIWAN_PERMIT', idDocumentNumber: '01234567', overseasCategory: 'TAIWAN' },
          { idDocumentType: 'NONE', idDocumentNumber: null },
        ];
        for (const [at, document] of documents.entries()) {
          const { enrollment, findings } = await counter.register(school, girl(10 + at, document));
          expect(findings).toEqual([]);
          expect(enrollment?.student.studentNumber).toMatch(/^L14010520200506\d{4}$/);
        }
      },
    );
  });

  describe('a bad form', () => {
    const bad = () =>
      girl(20, {
        name: '　',
        gender: 'MALE',
        birthDate: '2020-05-07',
        idDocumentNumber: idNumber('2020-05-06', 20),
        householdAddress: null,
        isBoarder: null,
        hasResidencePermit: true,
        guardians: [mother({ phone: null, isLegalGuardian: false })],
      });

    test(
      breaks('ID-23', 'every finding comes at once, each with its place in the form and its articles'),
      async () => {
        const { enrollment, findings } = await counter.register(school, bad());
        expect(enrollment).toBeNull();
        const places = findings.map(({ ruleId, path }) => `${ruleId} ${path?.join('.')}`).sort();
        expect(places).toEqual([
          'ID-22 form.birthDate',
          'ID-22 form.gender',
          'ID-23 form.guardians',
          'ID-23 form.guardians.0.phone',
          'ID-23 form.householdAddress',
          'ID-23 form.isBoarder',
          'ID-23 form.name',
          'ID-25 form.residencePermitIssueDate',
          'ID-25 form.residencePermitIssuer',
        ]);
        const layers = (rule: string) =>
          new Set(
            findings
              .filter(({ ruleId }) => ruleId === rule)
              .flatMap(({ basis }) => basis.map(({ layer }) => layer)),
          );
        expect([...layers('ID-23')]).toEqual(['SX26']);
        expect([...layers('ID-22')].sort()).toEqual(['N25', 'SX26']);
        expect(
          findings.every(({ basis }) => basis.every(({ document, article }) => document && article)),
        ).toBe(true);
      },
    );

    test('nothing that was typed comes back in a finding', async () => {
      const form = bad();
      const { findings } = await counter.register(school, form);
      expect(JSON.stringify(findings)).not.toContain(String(form.idDocumentNumber));
    });

    test(
      breaks('ID-18', 'a grade that the school does not have is told together with everything else'),
      async () => {
        const { findings } = await counter.register(
          school,
          girl(21, { gradeName: '高一', idDocumentNumber: null }),
        );
        expect(findings.map(({ code, path }) => [code, path?.join('.')])).toEqual([
          ['GRADE_NOT_IN_SCHOOL', 'form.gradeName'],
          ['IDENTITY_DOCUMENT_MISSING', 'form.idDocumentNumber'],
        ]);
      },
    );

    test(breaks('ID-22', 'a number with one wrong digit is refused'), async () => {
      const number = idNumber('2020-05-06', 22);
      const last = number.endsWith('0') ? '1' : '0';
      const { enrollment, findings } = await counter.register(
        school,
        girl(22, { idDocumentNumber: `${number.slice(0, 17)}${last}` }),
      );
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['IDENTITY_NUMBER_INVALID']);
    });

    test.each(['二年级', '六年级'])(
      breaks('ENR-09', 'a pupil of grade %s goes on the monthly list'),
      async (gradeName) => {
        const { enrollment, findings } = await counter.register(school, girl(23, { gradeName }));
        expect(enrollment).toBeNull();
        expect(findings).toMatchObject([
          {
            ruleId: 'ENR-09',
            outcome: 'REJECT',
            code: 'NON_GRADE_ONE_BATCH_REQUIRED',
            path: ['form', 'gradeName'],
          },
        ]);
      },
    );

    test(breaks('ENR-10', 'naming an earlier entry year is no way round the monthly list'), async () => {
      const { enrollment, findings } = await counter.register(school, girl(24, { birthDate: '2019-05-06' }), {
        entryYear: 2025,
      });
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['NON_GRADE_ONE_BATCH_REQUIRED']);
    });

    test(breaks('ENR-05', 'naming a later entry year makes no child older'), async () => {
      const { enrollment, findings } = await counter.register(school, girl(25, { birthDate: '2024-05-06' }), {
        entryYear: 2030,
      });
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['ENTRY_YEAR_TO_COME']);
    });
  });

  describe('a preview', () => {
    const forms = [
      ['good', girl(30)],
      ['of another grade', girl(31, { gradeName: '三年级' })],
      ['incomplete', girl(32, { className: null, guardians: [] })],
      ['known', girl(1)],
      ['under six', girl(33, { birthDate: '2020-09-01' })],
    ] as const;

    test.each(forms)(
      'tells of a form that is %s what registering it would tell, and leaves no trace',
      async (_, form) => {
        await registry.settled();
        const before = await counter.rowCounts();
        const previewed = await counter.preview(otherTaiyuanPrimary, form);
        expect(await counter.rowCounts()).toEqual(before);
        expect((await counter.register(otherTaiyuanPrimary, form)).findings).toEqual(previewed);
      },
    );
  });
});
