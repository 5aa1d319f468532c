import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Registered,
  type Registration,
  taiyuanPrimary,
} from './counter.ts';
import { type Form, girl, idNumber, mother, withoutDocument } from './pupils.ts';

const rounds = 20;
const school = taiyuanPrimary;
const other = otherTaiyuanPrimary;

const father = (sequence = 4) =>
  mother({ name: '样例父', relation: 'FATHER', idDocumentNumber: idNumber('1989-02-03', sequence) });
const motherOf = (sequence: number) => mother({ idDocumentNumber: idNumber('1990-01-01', sequence) });
const undocumented = mother({ idDocumentType: 'NONE', idDocumentNumber: null });

/** A residence permit of a girl from Hong Kong. */
const residencePermit = (birthDate: string, sequence: number): string => {
  const body = `810000${birthDate.replaceAll('-', '')}${String(sequence * 2).padStart(3, '0')}`;
  return `${body}${checkCharacter(body)}`;
};

const permit = (number: string) => ({
  idDocumentType: 'HK_MACAO_PERMIT',
  idDocumentNumber: number,
  overseasCategory: 'HONG_KONG',
  nationalityOrRegion: '344',
});

/** One child that is met more than once, with other papers each time. */
describe('a child that is met again', () => {
  let registry: Registry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const personOf = ({ id }: Registration): string => id.slice(0, 36);

  const refusedAsKnown = async (at: string, form: Form): Promise<Registered> => {
    await registry.settled();
    const before = await counter.rowCounts();
    const answer = await counter.register(at, form);
    expect(answer.enrollment).toBeNull();
    expect(codesOf(answer.findings)).toContain('DUPLICATE_RECORD_FOUND');
    await registry.settled();
    const { 'enrollment.intake': _, 'enrollment.idempotency': __, ...after } = await counter.rowCounts();
    expect(before).toMatchObject(after);
    return answer;
  };

  const heldAsAlike = async (at: string, form: Form): Promise<{ waiting: Registration; said: string }> => {
    const foreseen = (await counter.preview(at, form)).filter(({ code }) => code === 'POSSIBLE_DUPLICATE');
    const { enrollment, findings } = await counter.register(at, form);
    const held = findings.filter(({ code }) => code === 'POSSIBLE_DUPLICATE');
    if (enrollment === null) throw new Error(`Not registered: ${JSON.stringify(findings)}`);
    expect(held.length).toBeGreaterThan(0);
    expect(held).toMatchObject(held.map(() => ({ ruleId: 'ID-17', outcome: 'HOLD' })));
    expect(foreseen).toEqual(held);
    return { waiting: enrollment, said: JSON.stringify(held) };
  };

  const returned = async (form: Form): Promise<Registration> => {
    const waiting = await counter.registered(school, form);
    const { results } = await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '请核对' });
    return results[0]?.enrollment ?? waiting;
  };

  const correct = async (sent: Registration, form: Form): Promise<Registered> => {
    const { data, errors } = await counter.resubmit(school, sent, '已更正', { form });
    if (!data) throw new Error(`Not answered: ${JSON.stringify(errors)}`);
    return data.resubmitRegistration;
  };

  describe('as one person', () => {
    test(breaks('ID-17', 'with a resident ID number under no type at all'), async () => {
      await counter.registered(school, girl(1));
      await refusedAsKnown(other, girl(1, { idDocumentType: 'NONE' }));
    });

    test(breaks('ID-17', 'with a permit that was issued again'), async () => {
      const birthDate = '2020-03-01';
      await counter.registered(school, girl(2, { birthDate, ...permit('H22345678') }));
      await refusedAsKnown(other, girl(2, { birthDate, ...permit('H2234567801'), name: '另一种写法' }));
      await heldAsAlike(other, girl(2, { birthDate, ...permit(residencePermit(birthDate, 2)) }));
    });

    test(breaks('ID-17', 'with a guardian in common, and no document there or here'), async () => {
      await counter.registered(school, girl(3, { guardians: [mother(), father()] }));
      await refusedAsKnown(other, withoutDocument(3, { guardians: [father()] }));
      await counter.registered(school, withoutDocument(4, { guardians: [father()] }));
      await refusedAsKnown(other, girl(4, { guardians: [mother(), father()] }));
      await refusedAsKnown(other, withoutDocument(4, { guardians: [mother(), father()] }));
    });

    test(
      breaks('ID-17', `at one moment, with other guardians and papers, ${rounds} times of ${rounds}`),
      async () => {
        for (let round = 0; round < rounds; round++) {
          const guardians = [motherOf(round), father(round)];
          const papers = round % 3 === 0 ? girl : withoutDocument;
          const answers = await Promise.all([
            counter.register(school, withoutDocument(100 + round, { guardians })),
            counter.register(other, papers(100 + round, { guardians: [father(round)] })),
          ]);
          expect(answers.filter(({ enrollment }) => enrollment !== null)).toHaveLength(1);
        }
      },
    );

    test(
      holds('ID-31', 'carries its person on after a final refusal, with a document or without'),
      async () => {
        const first = await counter.registered(school, withoutDocument(5));
        await counter.decide('xiaodian', 'REFUSE', [first], { reason: '不属于本区', ground: 'NOT_ADMITTED' });
        await registry.settled();
        const again = await counter.registered(other, girl(5));
        expect(personOf(again)).toBe(personOf(first));
        await refusedAsKnown(school, withoutDocument(5));
        await refusedAsKnown(school, girl(5, { guardians: [father()] }));
      },
    );
  });

  describe('as perhaps one person', () => {
    test(
      breaks('ID-17', 'is registered, held for the county, and the school told at once where the other is'),
      async () => {
        const birthDate = '2020-03-02';
        const first = await counter.registered(
          school,
          withoutDocument(10, { birthDate, guardians: [father()] }),
        );
        const { waiting, said } = await heldAsAlike(school, girl(10, { birthDate }));
        expect(said).toContain(personOf(first));
        const elsewhere = await heldAsAlike(
          other,
          girl(10, { birthDate, idDocumentNumber: idNumber(birthDate, 11), guardians: [father(5)] }),
        );
        expect(personOf(elsewhere.waiting)).not.toBe(personOf(waiting));
      },
    );

    test(breaks('ENR-08', 'is approved with a written reason only'), async () => {
      const birthDate = '2020-03-03';
      await counter.registered(school, withoutDocument(11, { birthDate, guardians: [father()] }));
      const { waiting } = await heldAsAlike(school, girl(11, { birthDate }));
      const silent = await counter.decide('xiaodian', 'APPROVE', [waiting]);
      expect(codesOf(silent.results[0]?.findings ?? [])).toEqual([
        'APPROVAL_REASON_MISSING',
        'POSSIBLE_DUPLICATE',
      ]);
      expect(
        await counter.decide('xiaodian', 'APPROVE', [waiting], { reason: '已核实为两名学生' }),
      ).toMatchObject({ decided: 1 });
    });

    test(
      breaks('PRV-15', 'elsewhere the kind of number and the authority are told, and nothing else'),
      async () => {
        const form = withoutDocument(12, { name: '不可泄露', guardians: [father()] });
        const { student } = await counter.registered(school, form);
        const { said } = await heldAsAlike(other, girl(12, { name: '不可泄露' }));
        expect(said).toContain('L字头');
        expect(said).toContain('140105');
        for (const secret of [student.id, student.studentNumber, '不可泄露', school]) {
          expect(said).not.toContain(secret);
        }
      },
    );

    test(
      breaks('ID-17', 'two children without any document are two registrations, and the second is held'),
      async () => {
        const form = withoutDocument(13, { guardians: [undocumented] });
        const first = await counter.registered(school, form);
        const { waiting } = await heldAsAlike(other, form);
        expect(personOf(waiting)).not.toBe(personOf(first));
        expect(await counter.registered(school, form)).toEqual(first);
        expect(await counter.registered(other, form)).toEqual(waiting);
      },
    );

    test(
      breaks('ID-17', `at one moment at least one of the two is held, ${rounds} times of ${rounds}`),
      async () => {
        for (let round = 0; round < rounds; round++) {
          const form = withoutDocument(200 + round, { guardians: [undocumented] });
          const answers = await Promise.all([
            counter.register(school, form),
            counter.register(other, round % 2 === 0 ? form : girl(200 + round)),
          ]);
          expect(answers.filter(({ enrollment }) => enrollment !== null)).toHaveLength(2);
          expect(answers.flatMap(({ findings }) => codesOf(findings))).toContain('POSSIBLE_DUPLICATE');
        }
      },
    );

    test('is said again where the same is asked again', async () => {
      const form = withoutDocument(14, { guardians: [undocumented] });
      await counter.registered(school, form);
      const { waiting } = await heldAsAlike(other, form);
      await counter.registered(other, girl(14, { guardians: [father()] }));
      const again = await counter.register(other, form);
      expect(again.enrollment).toEqual(waiting);
      expect(codesOf(again.findings)).toEqual(['POSSIBLE_DUPLICATE']);
    });
  });

  describe('as nobody else', () => {
    test(holds('ID-17', 'twins with their own names are two, with documents and without'), async () => {
      for (const twin of [girl, withoutDocument]) {
        const both = [
          await counter.register(school, twin(20, { name: `样例大${twin.name}` })),
          await counter.register(other, twin(21, { name: `样例小${twin.name}` })),
        ];
        expect(both.map(({ enrollment, findings }) => [enrollment !== null, findings])).toEqual([
          [true, []],
          [true, []],
        ]);
      }
    });

    test(holds('ID-17', 'namesakes of one day with resident ID numbers are two'), async () => {
      await counter.registered(school, girl(22, { name: '样例重名' }));
      const { enrollment, findings } = await counter.register(
        other,
        girl(23, { name: '样例重名', guardians: [father(23)] }),
      );
      expect(enrollment).not.toBeNull();
      expect(findings).toEqual([]);
    });
  });

  describe('when a registration that was sent back is corrected', () => {
    test(holds('ID-17', 'every key of the wrong form is let go'), async () => {
      const wrong = withoutDocument(30, { guardians: [mother(), father()] });
      const sent = await returned(wrong);
      expect((await correct(sent, girl(31))).enrollment?.status).toBe('PENDING_APPROVAL');
      const owner = await counter.register(other, { ...wrong, guardians: [father()] });
      expect(owner).toMatchObject({ enrollment: { status: 'PENDING_APPROVAL' }, findings: [] });
      await refusedAsKnown(other, girl(31));
      await refusedAsKnown(other, withoutDocument(31));
    });

    test(breaks('ID-17', 'what makes it perhaps another child’s holds it, whoever came first'), async () => {
      const sent = await returned(withoutDocument(32, { guardians: [undocumented] }));
      await counter.registered(other, girl(33));
      const { enrollment, findings } = await correct(
        sent,
        withoutDocument(33, { guardians: [undocumented] }),
      );
      expect(enrollment?.status).toBe('PENDING_APPROVAL');
      expect(codesOf(findings)).toEqual(['POSSIBLE_DUPLICATE']);
      const { decided } = await counter.decide('xiaodian', 'APPROVE', [enrollment ?? sent]);
      expect(decided).toBe(0);
    });

    test(breaks('ID-17', 'to be a child that is registered elsewhere it changes nothing'), async () => {
      await counter.registered(other, girl(34, { guardians: [father()] }));
      const sent = await returned(withoutDocument(35));
      await registry.settled();
      const before = await counter.rowCounts();
      const { enrollment, findings } = await correct(sent, withoutDocument(34, { guardians: [father()] }));
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['DUPLICATE_RECORD_FOUND']);
      const { 'enrollment.intake': _, 'enrollment.idempotency': __, ...after } = await counter.rowCounts();
      expect(before).toMatchObject(after);
      await refusedAsKnown(other, withoutDocument(35));
    });
  });
});
