import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { pupilsOf } from '#deploy/demo/pupils.ts';
import { collectedFromRow } from '#services/enrollment/registration/collected-form.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { Pupil } from './support/truth.ts';
import { codesOf, type Visit, visit } from './support/visit.ts';

const fields = `name studentNumber(full: $full) identityDocument { number(full: $full) }
  numberHistory { value(full: $full) } guardians { name phone(full: $full) }
  profile { currentAddress(full: $full) householdAddress(full: $full) contactPhone(full: $full) }`;
const document = `query ($id: ID!, $full: Boolean!) { student(id: $id) { ${fields} } }`;

type Seen = {
  student: {
    name: string;
    studentNumber: string;
    identityDocument: { number: string | null };
    numberHistory: { value: string }[];
    guardians: { name: string; phone: string | null }[];
    profile: { currentAddress: string | null; householdAddress: string | null; contactPhone: string | null };
  } | null;
};

describe('values of a pupil', () => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(240);
  });
  afterAll(() => visited?.stop());

  const pupilOf = (school: string): Pupil => {
    const found = visited.truth.pupils.find((pupil) => pupil.school === school && /^G/.test(pupil.number));
    if (found === undefined) throw new Error(`${school} has no pupil with a G number`);
    return found;
  };

  const look = async (who: string, pupil: Pupil, full: boolean) => {
    const answer = await visited.as<Seen>(who, 'identity', document, { id: pupil.person, full });
    expect(answer.errors).toEqual([]);
    const seen = answer.data?.student;
    if (!seen) throw new Error('the pupil is not shown');
    return seen;
  };

  const isMasked = (seen: NonNullable<Seen['student']>, pupil: Pupil): void => {
    expect(seen.studentNumber).toBe(`${pupil.number.slice(0, 3)}${'*'.repeat(14)}${pupil.number.slice(-2)}`);
    for (const { value } of seen.numberHistory) expect(value).toMatch(/^[GJL].{2}\*{10,}.{2}$/);
    expect(seen.identityDocument.number).toMatch(/^\d{3}\*{13}[\dX]{2}$/);
    for (const { phone } of seen.guardians) expect(phone ?? '1******').toMatch(/\*{6}/);
    for (const address of [seen.profile.currentAddress, seen.profile.householdAddress]) {
      expect(address).toMatch(/\*\*\*$/);
      expect(address).not.toMatch(/\d/);
    }
    expect(JSON.stringify(seen)).not.toContain(pupil.number.slice(1));
  };

  const isFull = (seen: NonNullable<Seen['student']>, pupil: Pupil): void => {
    expect(seen.studentNumber).toBe(pupil.number);
    expect(seen.identityDocument.number).toMatch(/^\d{17}[\dX]$/);
    expect(seen.numberHistory.map(({ value }) => value)).toContain(pupil.number);
    expect(seen.guardians.some(({ phone }) => /^1\d{10}$/.test(phone ?? ''))).toBe(true);
    expect(seen.profile.currentAddress).toMatch(/^\(\d{6}\)/);
  };

  test.each([
    'registrar',
    'head',
    'principal',
    'xiaodian',
    'county registrar',
    'taiyuan',
    'shanxi',
    'guardian',
  ])(holds('PRV-14', 'come out masked by default, whoever asks: %s'), async (who) => {
    const pupil =
      who === 'guardian'
        ? visited.truth.pupils.find(({ person }) =>
            visited.truth.guardiansOf(person).includes('demo-guardian'),
          )
        : pupilOf(DEMO_SCHOOLS.taiyuanPrimary);
    if (pupil === undefined) throw new Error('the guardian has no child');
    isMasked(await look(who, pupil, false), pupil);
    expect((await visited.newAuditRows('identity')).map(({ full }) => full)).toEqual([false]);
  });

  test.each(['registrar', 'head', 'principal', 'xiaodian', 'county registrar'])(
    breaks('PRV-14', 'come out in full at the own school and its authority, and the access log says so: %s'),
    async (who) => {
      const pupil = pupilOf(DEMO_SCHOOLS.taiyuanPrimary);
      isFull(await look(who, pupil, true), pupil);
      expect(await visited.newAuditRows('identity')).toMatchObject([{ persons: [pupil.person], full: true }]);
    },
  );

  test.each(['taiyuan', 'shanxi'])(
    holds('PRV-14', 'stay masked for a level above the authority even when asked for in full: %s'),
    async (who) => {
      const pupil = pupilOf(DEMO_SCHOOLS.taiyuanPrimary);
      isMasked(await look(who, pupil, true), pupil);
      expect(await visited.newAuditRows('identity')).toMatchObject([
        { persons: [pupil.person], full: false },
      ]);
    },
  );

  test(
    holds('PRV-14', 'a city and a province read pupils of the schools that they run themselves in full'),
    async () => {
      for (const [who, unit] of [
        ['taiyuan', '140100'],
        ['shanxi', '140000'],
      ] as const) {
        const direct = visited.nation.plan.schools.find(({ authority }) => authority === unit);
        const pupil = pupilOf(direct?.code ?? '');
        isFull(await look(who, pupil, true), pupil);
        const other = unit === '140100' ? 'shanxi' : 'taiyuan';
        if (other === 'shanxi') isMasked(await look(other, pupil, true), pupil);
      }
      await visited.newAuditRows('identity');
    },
  );

  test(holds('PRV-11', 'a guardian reads the own child in full when it asks for it'), async () => {
    const own = visited.truth.pupils.find(({ person }) =>
      visited.truth.guardiansOf(person).includes('demo-guardian'),
    );
    if (own === undefined) throw new Error('the guardian has no child');
    isFull(await look('guardian', own, true), own);
    expect(await visited.newAuditRows('identity')).toMatchObject([
      { caller: 'demo-guardian', unit: null, persons: [own.person], full: true },
    ]);
  });

  test.each([
    'ministry',
    'information-centre',
    'call-centre',
    'integrator',
    'stranger',
    'yingze',
    'other-registrar',
  ])(
    breaks('PRV-12', 'do not come out at all for somebody without a case about the pupil: %s'),
    async (who) => {
      const pupil = pupilOf(DEMO_SCHOOLS.taiyuanPrimary);
      const answer = await visited.as<Seen>(who, 'identity', document, { id: pupil.person, full: true });
      expect(codesOf(answer)).toEqual(['OUT_OF_JURISDICTION']);
      expect(answer.data?.student).toBeNull();
      expect(await visited.newAuditRows('identity')).toEqual([]);
    },
  );

  describe('in the national search, which tells', () => {
    const preview = (form: unknown) =>
      visited.as<{ previewRegistration: { findings: { code: string; message: string; ruleId: string }[] } }>(
        'registrar',
        'enrollment',
        `query ($input: RegisterStudentInput!) { previewRegistration(input: $input) {
          findings { ruleId outcome code message messageEn remedy path } } }`,
        { input: { idempotencyKey: 'p', school: DEMO_SCHOOLS.taiyuanPrimary, form } },
      );
    const formsOf = (authority: string) =>
      [...pupilsOf(visited.nation.plan)]
        .filter(
          ({ class: { school, stage }, form }) =>
            school.authority === authority &&
            stage === 'PRIMARY' &&
            form.student.idDocumentType === 'RESIDENT_ID',
        )
        .slice(0, 4)
        .map(({ form }) => ({ ...inputOf(collectedFromRow(form)), gradeName: '一年级' }));
    const hits = async (form: unknown) => {
      const answer = await preview(form);
      expect(answer.errors).toEqual([]);
      return (
        answer.data?.previewRegistration.findings.filter(({ code, message }) =>
          /RECORD|DUPLICATE|已有学籍/.test(`${code}${message}`),
        ) ?? []
      );
    };

    test(
      breaks(
        'PRV-15',
        'that a record exists, the kind of its number and its authority, alike for every child of a county',
      ),
      async () => {
        const forms = formsOf('140106');
        expect(forms.length).toBeGreaterThan(2);
        const found = await Promise.all(forms.map(hits));
        for (const [index, one] of found.entries()) {
          expect(one).toHaveLength(1);
          expect(one).toEqual(found[0]);
          const text = JSON.stringify(one);
          expect(text).toContain('140106');
          const { name, idDocumentNumber, currentAddress } = forms[index] as Record<string, string>;
          for (const value of [name, idDocumentNumber, currentAddress, '2114000004', '迎泽区知行小学']) {
            expect(text).not.toContain(value);
          }
        }
      },
    );

    test(holds('PRV-15', 'nothing of a child whom the nation does not know'), async () => {
      const [form] = formsOf('140106');
      expect(
        await hits({
          ...form,
          idDocumentNumber: '140105202001050012',
          birthDate: '2020-01-05',
          gender: 'MALE',
        }),
      ).toEqual([]);
    });
  });
});

/** A collected form as a client sends it. */
const inputOf = (form: ReturnType<typeof collectedFromRow>): Record<string, unknown> => form;
