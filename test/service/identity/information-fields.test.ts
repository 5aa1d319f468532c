import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { idNumber, mother } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  school,
  standing,
} from './identity-desk.ts';

/** What may be kept of a child, and what the whole must look like after a change. */
describe('information that changes', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let next = 100;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const somebody = (changes: Record<string, unknown> = {}) => desk.child(++next, changes);
  const copyOf = async (kind: string) => {
    const { upload } = await desk.paper(school.registrar, kind, null);
    return { kind, upload };
  };
  /** Both the school and the authority have looked and agreed. */
  const agreed = async (
    student: string,
    changes: object,
    kind = 'HOUSEHOLD_REGISTER',
    reason: string | null = null,
  ) => {
    const entered = await desk.submit(school.registrar, student, changes, {
      ...{ evidence: [await copyOf(kind)], assessedByExpertCommittee: true },
    });
    const confirmed = await desk.decide(school.head, entered, 'CONFIRM');
    return desk.decide(county.head, await desk.handle(county.registrar, confirmed), 'CONFIRM', { reason });
  };

  describe('beside the basic set', () => {
    const province = authorityDesks('140000', 'CITY');
    const shanxi = { ...province.head, level: 'PROVINCE' };
    const file = (who: typeof shanxi, name: string) =>
      desk.ask<{ fileProvincialField: { field: { name: string; title: string } | null; findings: Told[] } }>(
        who,
        `mutation ($input: FileProvincialFieldInput!) {
          fileProvincialField(input: $input) { field { name title } findings { ruleId code } } }`,
        { input: { idempotencyKey: `file ${name} ${who.sub}`, name, title: '校车线路' } },
      );

    test(breaks('ID-20', 'a field that the province has not filed is refused'), async () => {
      const student = await somebody();
      const busLine = { provincial: [{ name: 'schoolBusLine', value: '3路' }] };
      expect(standing(await desk.preview(school.registrar, student, busLine))).toEqual([
        'ID-20 FIELD_NOT_IN_DICTIONARY',
      ]);
      const disguised = { provincial: [{ name: 'gender', value: 'MALE' }] };
      expect(standing(await desk.preview(school.registrar, student, disguised))).toEqual([
        'ID-20 FIELD_NOT_IN_DICTIONARY',
      ]);
      for (const who of [county.head, school.head, { ...county.head, level: 'CITY', unit: '140100' }]) {
        expect(errorsOf(await file(who, 'schoolBusLine'))).toEqual(['OUT_OF_JURISDICTION']);
      }
      const basic = desk.answered(await file(shanxi, 'currentAddress')).fileProvincialField;
      expect(basic).toMatchObject({ field: null, findings: [{ ruleId: 'ID-20', code: 'FIELD_IS_BASIC' }] });
    });

    test(holds('ID-20', 'a field that it has filed is kept and shown'), async () => {
      const student = await somebody();
      expect(desk.answered(await file(shanxi, 'busLine')).fileProvincialField.field).toEqual({
        ...{ name: 'busLine', title: '校车线路' },
      });
      const entered = await desk.submit(school.registrar, student, {
        provincial: [{ name: 'busLine', value: '3路' }],
      });
      expect(entered).toMatchObject({ depth: 'LIVING', fields: ['provincial.busLine'] });
      await desk.decide(school.head, entered, 'CONFIRM');
      const { profile } = await desk.kept<{ profile: { provincial: object[] } }>(
        student,
        'profile { provincial { name value } }',
      );
      expect(profile.provincial).toEqual([{ name: 'busLine', value: '3路' }]);
    });
  });

  test(holds('ID-25', 'a residence permit comes with its issuer and its date'), async () => {
    const student = await somebody();
    const permit = {
      ...{ hasResidencePermit: true, residencePermitIssuer: '太原市公安局小店分局' },
      residencePermitIssueDate: '2026-03-01',
    };
    expect(codes(await desk.preview(school.registrar, student, permit))).toEqual([]);
  });

  test(breaks('ID-25', 'without them it is warned of, and goes through'), async () => {
    const student = await somebody();
    const findings = await desk.preview(school.registrar, student, { hasResidencePermit: true });
    expect(codes(findings)).toEqual([
      'ID-25 RESIDENCE_PERMIT_INCOMPLETE',
      'ID-25 RESIDENCE_PERMIT_INCOMPLETE',
    ]);
    expect(findings[0]).toMatchObject({ outcome: 'WARN', path: ['changes', 'residencePermitIssuer'] });
    const entered = await desk.submit(school.registrar, student, { hasResidencePermit: true });
    expect((await desk.decide(school.head, entered, 'CONFIRM')).state).toBe('APPLIED');
  });

  describe('of a disabled child', () => {
    const disabled = {
      isDisabled: true,
      disabilityType: 'HEARING',
      disabilityLevel: 'II',
      placementMode: 'INCLUSIVE',
    };

    test(
      holds('ID-26', 'in an inclusive class rests on a proof, and is agreed by school and authority'),
      async () => {
        const student = await somebody();
        const applied = await agreed(student, disabled, 'DISABILITY_CERTIFICATE');
        expect(applied).toMatchObject({ state: 'APPLIED', depth: 'IDENTITY' });
        const { profile } = await desk.kept<{ profile: object }>(
          student,
          'profile { isDisabled disabilityType disabilityLevel placementMode }',
        );
        expect(profile).toEqual(disabled);
      },
    );

    test(
      breaks('ID-26', 'without one is refused, as without the committee’s assessment (ENR-20)'),
      async () => {
        const student = await somebody();
        const evidence = { evidence: [await copyOf('HOUSEHOLD_REGISTER')] };
        expect(standing(await desk.preview(school.registrar, student, disabled, evidence))).toEqual([
          'ENR-20 PLACEMENT_ASSESSMENT_MISSING',
          'ID-26 DISABILITY_PROOF_MISSING',
        ]);
        const assessed = { ...evidence, assessedByExpertCommittee: true };
        expect(standing(await desk.preview(school.registrar, student, disabled, assessed))).toEqual([
          'ID-26 DISABILITY_PROOF_MISSING',
        ]);
      },
    );

    test('is told to nobody whose token lacks the right to health data', async () => {
      const student = await somebody();
      const entered = await desk.submit(
        school.registrar,
        student,
        { ...disabled, contactPhone: '13900000020' },
        { evidence: [await copyOf('DISABILITY_CERTIFICATE')], assessedByExpertCommittee: true },
      );
      const scope = 'student:read student:identity student:contact student:guardian';
      const [seen] = await desk.updates({ ...school.registrar, scope } as typeof school.registrar, {
        student,
      });
      expect(seen?.id).toBe(entered.id);
      expect(seen?.fields).toEqual(['contactPhone']);
      expect(seen?.changes?.map(({ field }) => field)).toEqual(['contactPhone']);
      const blind = { ...school.registrar, scope: `${scope} student:write` } as typeof school.registrar;
      expect(errorsOf(await desk.trySubmit(blind, student, { isDisabled: true }))).toEqual([
        'UNAUTHORIZED_FIELD_OR_TYPE',
      ]);
      expect(errorsOf(await desk.tryHandle(blind, entered))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
    });
  });

  test(breaks('ID-30', 'what disagrees or lacks is on record, and stops nothing'), async () => {
    const student = await somebody();
    const findings = await desk.preview(school.registrar, student, {
      ...{ residencePermitIssuer: '某局', residencePermitIssueDate: '2026-03-01' },
    });
    expect(findings).toMatchObject([
      { ruleId: 'ID-30', outcome: 'RECORD', code: 'DATA_QUALITY_FINDING', path: ['hasResidencePermit'] },
    ]);
    const entered = await desk.submit(school.registrar, student, { residencePermitIssuer: '某局' });
    await desk.decide(school.head, entered, 'CONFIRM');
    const { dataQuality } = await desk.kept<{ dataQuality: Told[] }>(
      student,
      'dataQuality { ruleId code path }',
    );
    expect(dataQuality).toMatchObject([{ ruleId: 'ID-30', path: ['hasResidencePermit'] }]);
  });

  test(holds('ID-30', 'whole and in agreement there is nothing to say'), async () => {
    const student = await somebody();
    const { dataQuality } = await desk.kept<{ dataQuality: Told[] }>(student, 'dataQuality { code }');
    expect(dataQuality).toEqual([]);
  });

  test(breaks('ID-23', 'an item that must be there is not emptied'), async () => {
    const student = await somebody();
    expect(standing(await desk.preview(school.registrar, student, { currentAddress: null }))).toEqual([
      'ID-23 REQUIRED_ITEM_MISSING',
    ]);
  });

  describe('of guardians', () => {
    const father = {
      ...{
        position: 2,
        name: '样例父',
        relation: 'FATHER',
        isLegalGuardian: true,
        idDocumentType: 'RESIDENT_ID',
      },
      ...{
        idDocumentNumber: idNumber('1989-02-03', 4),
        householdAddress: '(140105)样例路1号',
        phone: '13800000001',
      },
    };
    type Lines = { guardians: { position: number; name: string; phone: string; documentNumber: string }[] };
    const linesOf = (student: string) =>
      desk.kept<Lines>(student, 'guardians { position name phone(full: true) documentNumber(full: true) }');

    test('a telephone is living, a person is identity, and both are written line by line', async () => {
      const student = await somebody();
      const phone = await desk.submit(school.registrar, student, {
        guardians: [{ position: 1, phone: '13800000009' }],
      });
      expect(phone.depth).toBe('LIVING');
      await desk.decide(school.head, phone, 'CONFIRM');
      const applied = await agreed(student, { guardians: [father] });
      expect(applied.depth).toBe('IDENTITY');
      const { guardians } = await linesOf(student);
      expect(guardians).toMatchObject([
        { position: 1, name: '样例母', phone: '13800000009', documentNumber: idNumber('1990-01-01', 7) },
        { position: 2, name: '样例父', phone: '13800000001', documentNumber: father.idDocumentNumber },
      ]);
    });

    test(breaks('PRV-11', 'who is guardian no more loses the child with the next request'), async () => {
      const student = await somebody({ guardians: [mother(), { ...father, position: undefined }] });
      const guardian = await desk.guardianOf(student);
      expect((await desk.kept<{ id: string }>(student, 'id', guardian)).id).toBe(student);
      await agreed(student, { guardians: [{ position: 1, isLegalGuardian: false }] });
      await registry.settled();
      const gone = await desk.ask(guardian, 'query ($id: ID!) { student(id: $id) { id } }', { id: student });
      expect(errorsOf(gone)).toEqual(['OUT_OF_JURISDICTION']);
    });

    test(
      breaks('ID-17', 'by a guardian’s document that makes the child another known one is refused'),
      async () => {
        const none = {
          idDocumentType: 'NONE',
          idDocumentNumber: null,
          name: '样例同名',
          birthDate: '2020-07-08',
        };
        await desk.child(301, {
          ...none,
          guardians: [mother({ idDocumentNumber: idNumber('1990-01-01', 8) })],
        });
        const second = await desk.child(302, {
          ...{ ...none, guardians: [mother({ idDocumentNumber: idNumber('1990-01-01', 9) })] },
        });
        const entered = await desk.submit(
          school.registrar,
          second,
          { guardians: [{ position: 1, idDocumentNumber: idNumber('1990-01-01', 8) }] },
          { evidence: [await copyOf('ID_CARD')] },
        );
        const confirmed = await desk.decide(school.head, entered, 'CONFIRM');
        const looked = await desk.handle(county.registrar, confirmed);
        const refused = desk.only(await desk.tryDecide(county.head, looked, 'CONFIRM'));
        expect(standing(refused.findings)).toEqual(['ID-17 DUPLICATE_RECORD_FOUND']);
        expect((await linesOf(second)).guardians[0]?.documentNumber).toBe(idNumber('1990-01-01', 9));
      },
    );
  });

  describe('known to change', () => {
    const stale = async (student: string): Promise<(string | undefined)[]> =>
      (
        await desk.kept<{ staleInformation: Told[] }>(student, 'staleInformation { ruleId code path }')
      ).staleInformation.map(({ ruleId, path }) => `${ruleId} ${path}`);
    const confirm = (who: Parameters<IdentityDesk['ask']>[0], students: string[], fields?: string[]) =>
      desk.ask<{ confirmInformation: { confirmed: number } }>(
        who,
        `mutation ($input: ConfirmInformationInput!) { confirmInformation(input: $input) { confirmed } }`,
        {
          input: { idempotencyKey: `${who.sub} ${students} ${fields}`, students, ...(fields && { fields }) },
        },
      );

    let student: string;
    beforeAll(async () => {
      student = await somebody();
    });

    test(
      breaks('ID-24', 'a field that nobody has confirmed since the opening of term is stale'),
      async () => {
        expect(await stale(student)).toEqual([]);
        registry.clock.moveTo('2027-03-10T09:00:00+08:00');
        expect(await stale(student)).toHaveLength(11);
        expect(await stale(student)).toContain('ID-24 currentAddress');
      },
    );

    test(holds('ID-24', 'what the class teacher or an update has confirmed is not'), async () => {
      const teacher = await desk.teacherOf(student);
      expect(
        desk.answered(await confirm(teacher, [student], ['contactPhone'])).confirmInformation.confirmed,
      ).toBe(1);
      const entered = await desk.submit(school.registrar, student, { isLeftBehind: true });
      await desk.decide(school.head, entered, 'CONFIRM');
      const left = await stale(student);
      expect(left).not.toContain('ID-24 contactPhone');
      expect(left).not.toContain('ID-24 isLeftBehind');
      expect(left).toHaveLength(9);
      await confirm(school.registrar, [student]);
      expect(await stale(student)).toEqual([]);
      const other = await desk.child(303);
      expect(errorsOf(await confirm(teacher, [student, other]))).toEqual(['OUT_OF_JURISDICTION']);
    });
  });

  describe('at rest', () => {
    test('is sealed while it is proposed and after it was replaced, and bound to its change', async () => {
      const student = await somebody({ contactPhone: '13911112222' });
      const entered = await desk.submit(school.registrar, student, { contactPhone: '13933334444' });
      await desk.decide(school.head, entered, 'CONFIRM');
      const rows = await desk.counter.rows<{ text: string }>(
        'identity',
        `select u::text || encode(u.sealed, 'escape') as text from information_update u where person_id = $1
         union all
         select h::text || encode(h.sealed, 'escape') from information_history h where person_id = $1`,
        [student],
      );
      expect(rows).toHaveLength(2);
      for (const { text } of rows) expect(text).not.toMatch(/13911112222|13933334444/);
      const { core } = registry.network.service('identity');
      await expect(
        asWorker(core.worker, (tx) =>
          execute(tx, `update information_history set field = 'x' where person_id = $1`, [student]),
        ),
      ).rejects.toMatchObject({ code: '42501' });
      await expect(
        asWorker(core.worker, (tx) =>
          query(tx, 'delete from information_history where person_id = $1', [student]),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    });

    test(
      holds('PRV-13', 'whoever reads what is proposed is on the trail, in full marked as such'),
      async () => {
        const student = await somebody();
        await desk.submit(school.registrar, student, { contactPhone: '13955556666' });
        await desk.updates({ ...school.registrar, sub: 'reader' }, { student });
        const lines = await desk.counter.rows<{ full_values: boolean }>(
          'identity',
          `select full_values from read_audit where caller = 'reader' and $1 = any(persons)`,
          [student],
        );
        expect(lines).toEqual([{ full_values: true }]);
      },
    );
  });
});
