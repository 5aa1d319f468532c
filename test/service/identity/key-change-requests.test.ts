import { randomUUID } from 'node:crypto';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import {
  beiguanPrimary,
  type Counter,
  codesOf,
  counterOf,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Change, type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** What the law says of a change of key information before anybody decides on it (ID-13, ID-14, ID-15). */
describe('a request for a change of key information', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const newPupil = async (): Promise<string> => (await desk.pupil(girl(++next))).student.id;
  const opened = async (to: Record<string, unknown> = { name: '改名后' }): Promise<[string, Change]> => {
    const student = await newPupil();
    return [student, await desk.after(desk.request(student, to))];
  };

  describe('is refused', () => {
    test(breaks('ID-13', 'without an image of its proof; the preview tells the same'), async () => {
      const student = await newPupil();
      const { change, findings } = await desk.request(student, { name: '改名后' }, { evidence: [] });
      expect(change).toBeNull();
      expect(codesOf(findings)).toEqual(['KEY_INFO_PROOF_MISSING']);
      expect(findings[0]?.basis.length).toBeGreaterThan(0);
      const preview = await desk.ask<{ previewKeyInformationChange: { findings: { code: string }[] } }>(
        school.registrar,
        `query ($input: RequestKeyInformationChangeInput!) {
          previewKeyInformationChange(input: $input) { findings { code } } }`,
        {
          input: {
            idempotencyKey: randomUUID(),
            ...(await desk.inputFor(student, { name: '改名后' }, { evidence: [] })),
          },
        },
      );
      expect(desk.answered(preview).previewKeyInformationChange.findings).toEqual([
        { code: 'KEY_INFO_PROOF_MISSING' },
      ]);
    });

    test(breaks('ID-14', 'where the gender is to be corrected without a copy of a proof'), async () => {
      const student = (
        await desk.pupil(girl(++next, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E00000101' }))
      ).student.id;
      const without = await desk.request(student, { gender: 'MALE' }, { evidence: [] });
      expect(codesOf(without.findings)).toEqual(['BASIC_INFO_PROOF_MISSING']);
    });

    test(
      holds('ID-14', 'only so: with it the correction of a gender goes to the school and the authority'),
      async () => {
        const student = (
          await desk.pupil(girl(++next, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E00000102' }))
        ).student.id;
        const asked = await desk.after(desk.request(student, { gender: 'MALE' }));
        expect(await desk.checked((await desk.approve(asked)).id)).toMatchObject({ state: 'APPLIED' });
        expect(await desk.identity(school.registrar, student)).toMatchObject({ gender: 'MALE' });
      },
    );

    test('where the document and the other data do not agree, each of them told', async () => {
      const student = await newPupil();
      const { findings } = await desk.request(student, {
        name: '改名后',
        idDocumentType: 'RESIDENT_ID',
        idDocumentNumber: idNumber('2019-01-01', 3).replace(/.$/, '0'),
      });
      expect(codesOf(findings)).toEqual(['IDENTITY_NUMBER_INVALID']);
      const other = await desk.request(student, {
        idDocumentType: 'RESIDENT_ID',
        idDocumentNumber: idNumber('2019-01-01', 3),
      });
      expect(other.findings.map(({ ruleId, code, path }) => [ruleId, code, path])).toEqual([
        ['ID-22', 'IDENTITY_DATA_MISMATCH', ['to', 'birthDate']],
      ]);
    });

    test('where nothing would change, and where a birth date lies ahead', async () => {
      const student = await newPupil();
      const { name } = await desk.identity(school.registrar, student);
      expect(codesOf((await desk.request(student, { name })).findings)).toEqual(['KEY_INFO_UNCHANGED']);
      const born = (await desk.request(student, { birthDate: '2026-09-03' })).findings;
      expect(codesOf(born)).toContain('BIRTH_DATE_IN_FUTURE');
    });

    test('while another change of the pupil runs, and before the registration is approved', async () => {
      const [student, running] = await opened();
      expect(codesOf((await desk.request(student, { name: '再改名' })).findings)).toEqual([
        'KEY_CHANGE_ALREADY_RUNNING',
      ]);
      await desk.after(desk.withdraw(school.registrar, running));
      await desk.after(desk.request(student, { name: '再改名' }));
      const waiting = await counter.registered(taiyuanPrimary, girl(++next));
      expect(codesOf((await desk.request(waiting.student.id, { name: '改名后' })).findings)).toEqual([
        'REGISTRATION_NOT_APPROVED',
      ]);
    });

    test('as a whole where its input is broken: every problem at once, none of the values told', async () => {
      const student = await newPupil();
      const { errors } = await desk.tryOn(
        school.registrar,
        'requestKeyInformationChange',
        'RequestKeyInformationChangeInput',
        { student, expectedVersion: 1, to: { name: '甲<b>', idDocumentNumber: '14010520200506001X' } },
      );
      const [{ extensions } = { extensions: {} }] = errors;
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(JSON.stringify(errors)).not.toContain('14010520200506001X');
    });
  });

  describe('in Beiguan', () => {
    const own = schoolDesks(beiguanPrimary);
    const ask = async (kind: string) => {
      const { student } = await desk.pupil(girl(++next), beiguanPrimary, 'beiguan');
      return desk.request(
        student.id,
        { name: '改名后' },
        { evidence: [await desk.proof(own.registrar, kind)] },
        own.registrar,
      );
    };

    test(holds('ID-15', 'rests on the household register, the ID card or a certificate'), async () => {
      expect((await ask('PUBLIC_SECURITY_CERTIFICATE')).change).toMatchObject({ state: 'SCHOOL_HANDLED' });
    });
    test(breaks('ID-15', 'and on nothing else'), async () => {
      expect(codesOf((await ask('OTHER_PROOF')).findings)).toEqual(['BASIC_INFO_PROOF_KIND_NOT_ACCEPTED']);
    });
  });
});
