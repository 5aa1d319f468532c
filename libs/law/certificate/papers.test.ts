import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import {
  type ElectronicCertificate,
  judgeElectronic,
  knowsElectronicCertificates,
  leastDataOf,
  superfluousFields,
} from './electronic.ts';
import { COMPLETION_FORM, fieldsOf, formOf, judgeForm, SCHOOLING_FORM } from './forms.ts';
import { CERTIFICATE_KINDS } from './kinds.ts';
import { hasCopyFromStub, judgeIssue, judgeSchoolingCertificate, judgeSeal } from './lost-certificate.ts';
import {
  certificateNumber,
  judgeNumber,
  type NumberParts,
  parseCertificateNumber,
  serialPrefixOf,
} from './number.ts';
import { judgeRevocation, type RevocationFacts, revokedByRollback } from './revocation.ts';
import { judgeVerification, type RegisteredCertificate, verificationOf } from './verification.ts';

const ON = '2026-07-20';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('a lost certificate', () => {
  it(holds('CRT-10', 'was issued once, and a certificate of schooling takes effect by the seal'), () => {
    for (const place of PLACES) {
      for (const kind of CERTIFICATE_KINDS) {
        expect(judgeIssue({ kind, stage: 'JUNIOR', issuedBefore: false }, ON, place)).toEqual([]);
      }
      expect(judgeIssue({ kind: 'SCHOOLING', stage: 'JUNIOR', issuedBefore: true }, ON, place)).toEqual([]);
      expect(judgeSeal({ kind: 'SCHOOLING', stage: 'JUNIOR', sealed: true }, ON, place)).toEqual([]);
      expect(judgeSeal({ kind: 'GRADUATION', stage: 'JUNIOR', sealed: false }, ON, place)).toEqual([]);
    }
  });

  it(breaks('CRT-10', 'is not issued again, and nothing unsealed stands in for it'), () => {
    const again = { kind: 'GRADUATION', stage: 'JUNIOR', issuedBefore: true } as const;
    expect(said(judgeIssue(again, ON, SHANXI))).toEqual(['CRT-10 REJECT REISSUE_FORBIDDEN']);
    expect(said(judgeIssue(again, ON, ELSEWHERE))).toEqual(['CRT-13 REJECT REISSUE_FORBIDDEN']);
    expect(said(judgeSeal({ kind: 'SCHOOLING', stage: 'JUNIOR', sealed: false }, ON, SHANXI))).toEqual([
      'CRT-10 REJECT NOT_SEALED',
    ]);
  });

  it('of completion or incompletion is copied from the stub', () => {
    expect(CERTIFICATE_KINDS.filter(hasCopyFromStub)).toEqual(['COMPLETION', 'INCOMPLETION']);
    const again = { kind: 'COMPLETION', stage: 'SENIOR', issuedBefore: true } as const;
    expect(said(judgeIssue(again, ON, SHANXI))).toEqual(['CRT-13 REJECT REISSUE_FORBIDDEN']);
  });

  it(holds('CRT-11', 'is named by its number in the certificate of schooling'), () => {
    const facts = {
      stage: 'JUNIOR',
      originalNumber: '140105-1-2020-000001-11',
      ...{ originalKnown: true, inRegister: true, proofs: 0 },
    } as const;
    for (const place of PLACES) expect(judgeSchoolingCertificate(facts, ON, place)).toEqual([]);
  });

  it(
    breaks('CRT-11', 'is replaced by nothing while its number is missing or unknown to the register'),
    () => {
      for (const [originalNumber, originalKnown] of [
        [null, false],
        [' ', true],
        ['140105-1-2020-000001-11', false],
      ] as const) {
        const facts = {
          ...{
            stage: 'JUNIOR' as const,
            originalNumber,
            originalKnown,
            inRegister: originalKnown,
            proofs: 0,
          },
        };
        expect(said(judgeSchoolingCertificate(facts, ON, SHANXI))).toEqual([
          'CRT-11 REJECT ORIGINAL_NUMBER_MISSING',
        ]);
        expect(said(judgeSchoolingCertificate(facts, ON, ELSEWHERE))).toEqual([
          'CRT-13 REJECT ORIGINAL_NUMBER_MISSING',
        ]);
      }
    },
  );
});

describe('the number of a certificate that is older than the register', () => {
  const facts = { stage: 'SENIOR', originalNumber: '晋普高字第0012号', originalKnown: false } as const;

  it(holds('CRT-11', 'is stated by the school with a proof, and whoever seals is told so'), () => {
    for (const place of PLACES) {
      const rule = place === SHANXI ? 'CRT-11' : 'CRT-13';
      const judged = judgeSchoolingCertificate({ ...facts, inRegister: false, proofs: 1 }, ON, place);
      expect(said(judged)).toEqual([`${rule} WARN ORIGINAL_NOT_IN_REGISTER`]);
    }
  });

  it(breaks('CRT-11', 'is no number without a proof, nor where the register knows another one'), () => {
    for (const [inRegister, proofs] of [
      [false, 0],
      [true, 1],
    ] as const) {
      expect(said(judgeSchoolingCertificate({ ...facts, inRegister, proofs }, ON, SHANXI))).toEqual([
        'CRT-11 REJECT ORIGINAL_NUMBER_MISSING',
      ]);
    }
  });
});

describe('stub and body', () => {
  const filled = (form: object) => Object.fromEntries(Object.keys(form).map((field) => [field, 'x']));

  it(holds('CRT-12', 'of both forms are complete when every field has a value'), () => {
    const f4 = { kind: 'INCOMPLETION', stage: 'SENIOR', fields: filled(COMPLETION_FORM) } as const;
    const f5 = { kind: 'SCHOOLING', stage: 'PRIMARY', fields: filled(SCHOOLING_FORM) } as const;
    for (const form of [f4, f5]) expect(judgeForm(form, ON, SHANXI)).toEqual([]);
    expect(judgeForm({ kind: 'GRADUATION', stage: 'PRIMARY', fields: {} }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('CRT-12', 'are refused for each field that lacks, which is named'), () => {
    for (const kind of ['COMPLETION', 'SCHOOLING'] as const) {
      const form = formOf(kind) ?? {};
      for (const field of Object.keys(form).filter((each) => !each.endsWith('Seal'))) {
        for (const value of [undefined, null, ' ']) {
          const fields = { ...filled(form), [field]: value };
          const findings = judgeForm({ kind, stage: 'SENIOR', fields }, ON, SHANXI);
          expect(said(findings)).toEqual(['CRT-12 REJECT STUB_INCOMPLETE']);
          expect(findings[0]?.path).toEqual(['fields', field]);
        }
      }
    }
  });

  it(holds('CRT-12', 'leave the place of what a holder cannot have empty, and of nothing else'), () => {
    const without = { idDocument: true, household: true };
    const lacking = ['idDocumentNumber', 'nativeProvince', 'nativeCounty'];
    for (const kind of ['INCOMPLETION', 'SCHOOLING'] as const) {
      const fields = {
        ...filled(formOf(kind) ?? {}),
        ...Object.fromEntries(lacking.map((each) => [each, null])),
      };
      const form = { kind, stage: 'SENIOR' as const, fields };
      expect(judgeForm({ ...form, without }, ON, SHANXI)).toEqual([]);
      expect(judgeForm(form, ON, SHANXI)[0]?.path).toEqual(['fields', ...lacking]);
      const nameless = { ...form, without, fields: { ...fields, studentName: null } };
      expect(judgeForm(nameless, ON, SHANXI)[0]?.path).toEqual(['fields', 'studentName']);
    }
  });

  it('keep the reason of completion on the stub and the length of schooling too', () => {
    expect(fieldsOf('COMPLETION', 'STUB')).toContain('reason');
    expect(fieldsOf('COMPLETION', 'BODY')).not.toContain('reason');
    expect(fieldsOf('SCHOOLING', 'STUB')).toContain('schoolingYears');
    expect(fieldsOf('SCHOOLING', 'BODY')).not.toContain('schoolingYears');
    expect(fieldsOf('SCHOOLING', 'BODY')).toContain('originalCertificateNumber');
    expect(fieldsOf('GRADUATION', 'BODY')).toEqual([]);
  });
});

describe('the number of a certificate', () => {
  const parts: fc.Arbitrary<NumberParts> = fc.record({
    issuer: fc.integer({ min: 100_000, max: 9_999_999_999 }).map(String),
    kind: fc.constantFrom(...CERTIFICATE_KINDS),
    year: fc.integer({ min: 2000, max: 2099 }),
    serial: fc.integer({ min: 1, max: 999_999 }),
  });

  it(holds('CRT-13', 'is another for every issuer, kind, year and serial, and reads back'), () => {
    fc.assert(
      fc.property(parts, (each) => expect(parseCertificateNumber(certificateNumber(each))).toEqual(each)),
    );
    expect(judgeNumber({ taken: false }, ON, SHANXI)).toEqual([]);
  });

  it(breaks('CRT-13', 'with a wrong digit or two swapped ones is none, and none is used twice'), () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 9 }), (each, place, change) => {
        const text = certificateNumber(each);
        const at = [...text].map((_, index) => index).filter((index) => text[index] !== '-');
        const index = at[place % at.length] ?? 0;
        const wrong = (Number(text[index]) + change) % 10;
        expect(
          parseCertificateNumber(`${text.slice(0, index)}${wrong}${text.slice(index + 1)}`),
        ).toBeUndefined();
        const [a = '', b = ''] = text.slice(index, index + 2);
        const swapped = `${text.slice(0, index)}${b}${a}${text.slice(index + 2)}`;
        if (swapped !== text) expect(parseCertificateNumber(swapped)).toBeUndefined();
      }),
    );
    for (const place of PLACES) {
      expect(said(judgeNumber({ taken: true }, ON, place))).toEqual([
        'CRT-13 REJECT CERTIFICATE_NUMBER_TAKEN',
      ]);
    }
  });

  it('stands behind the sign of its province on a certificate of schooling', () => {
    expect(serialPrefixOf('SCHOOLING', '140000')).toBe('晋毕证字');
    expect(serialPrefixOf('SCHOOLING', '410000')).toBe('豫毕证字');
    expect(serialPrefixOf('COMPLETION', '410000')).toBe('结字');
  });

  it('is not made of parts outside their range', () => {
    const good = { issuer: '140105', kind: 'GRADUATION', year: 2026, serial: 1 } as const;
    expect(() => certificateNumber({ ...good, issuer: '14010' })).toThrow(RangeError);
    expect(() => certificateNumber({ ...good, serial: 0 })).toThrow(RangeError);
    expect(() => certificateNumber({ ...good, serial: 1_000_000 })).toThrow(RangeError);
    expect(() => certificateNumber({ ...good, year: 26 })).toThrow(RangeError);
    for (const text of ['', '140105', 'x', '140105-9-2026-000001-00']) {
      expect(parseCertificateNumber(text)).toBeUndefined();
    }
  });
});

describe('the check of a certificate', () => {
  const certificate = (changes: Partial<RegisteredCertificate> = {}): RegisteredCertificate => ({
    kind: 'GRADUATION',
    issuedOn: '2026-07-10',
    sealedOn: null,
    revokedOn: null,
    ...changes,
  });

  it('tells whoever holds number and name that it is valid or revoked, its kind and its year', () => {
    expect(verificationOf(certificate(), true, ON)).toEqual({
      state: 'VALID',
      kind: 'GRADUATION',
      year: 2026,
    });
    const revoked = certificate({ revokedOn: ON });
    expect(verificationOf(revoked, true, ON)).toEqual({ state: 'REVOKED', kind: 'GRADUATION', year: 2026 });
    expect(verificationOf(revoked, true, '2026-07-19').state).toBe('VALID');
    const sealed = certificate({ kind: 'SCHOOLING', sealedOn: ON });
    expect(verificationOf(sealed, true, ON).state).toBe('VALID');
    expect(judgeVerification(verificationOf(sealed, true, ON), ON, SHANXI)).toEqual([]);
  });

  it('gives one answer to a wrong name, an unknown number, an unsealed paper and one not yet issued', () => {
    const answers = [
      verificationOf(certificate(), false, ON),
      verificationOf(undefined, true, ON),
      verificationOf(certificate({ kind: 'SCHOOLING' }), true, ON),
      verificationOf(certificate({ kind: 'SCHOOLING', sealedOn: '2026-07-21' }), true, ON),
      verificationOf(certificate(), true, '2026-07-09'),
    ];
    for (const answer of answers) {
      expect(answer).toEqual({ state: 'UNKNOWN' });
      expect(said(judgeVerification(answer, ON, SHANXI))).toEqual(['CRT-13 REJECT CERTIFICATE_NOT_FOUND']);
    }
  });
});

describe('an electronic certificate', () => {
  it(holds('CRT-09', 'is given where the plan of the province has started'), () => {
    for (const place of PLACES) {
      for (const kind of ['GRADUATION', 'COMPLETION', 'INCOMPLETION'] as const) {
        expect(judgeElectronic({ kind, stage: 'SENIOR', planStarted: true }, ON, place)).toEqual([]);
      }
    }
    expect(knowsElectronicCertificates('2025-01-03', ELSEWHERE)).toBe(true);
    expect(knowsElectronicCertificates('2025-01-02', ELSEWHERE)).toBe(false);
  });

  it(breaks('CRT-09', 'is not given before the plan, nor in place of the seal'), () => {
    const REFUSED = ['CRT-09 REJECT E_CERTIFICATE_NOT_ENABLED'];
    for (const place of PLACES) {
      const graduation = { kind: 'GRADUATION', stage: 'SENIOR', planStarted: false } as const;
      expect(said(judgeElectronic(graduation, ON, place))).toEqual(REFUSED);
      const schooling = { kind: 'SCHOOLING', stage: 'SENIOR', planStarted: true } as const;
      expect(said(judgeElectronic(schooling, ON, place))).toEqual(REFUSED);
    }
  });

  it(holds('PRV-14', 'carries who, what, where and when, and nothing of the person beside'), () => {
    const known: ElectronicCertificate & { idDocumentNumber: string } = {
      number: 'n',
      kind: 'GRADUATION',
      stage: 'SENIOR',
      holderName: '甲',
      schoolName: '某校',
      issuerName: '某市教育局',
      endedIn: '2026-06',
      issuedOn: '2026-07-10',
      idDocumentNumber: 'secret',
    };
    expect(superfluousFields(leastDataOf(known))).toEqual([]);
    expect(superfluousFields(known)).toEqual(['idDocumentNumber']);
    expect(Object.keys(leastDataOf(known))).toHaveLength(8);
  });
});

describe('the revocation of a certificate', () => {
  const facts = (changes: Partial<RevocationFacts> = {}): RevocationFacts => ({
    reason: 'GRADUATION_ROLLED_BACK',
    stage: 'SENIOR',
    byIssuer: true,
    graduationStands: false,
    ...changes,
  });

  it(holds('ENR-35', 'follows the rollback of the graduation, and takes what stood in for it'), () => {
    for (const place of PLACES) expect(judgeRevocation(facts(), ON, place)).toEqual([]);
    const issued = [
      { id: 1, kind: 'GRADUATION', outcomeId: 'junior', revoked: false },
      { id: 2, kind: 'GRADUATION', outcomeId: 'senior', revoked: false },
      { id: 3, kind: 'SCHOOLING', outcomeId: 'senior', revoked: false },
      { id: 4, kind: 'GRADUATION', outcomeId: 'senior', revoked: true },
      { id: 5, kind: 'COMPLETION', outcomeId: 'senior', revoked: false },
    ] as const;
    expect(revokedByRollback(issued, 'senior')).toEqual([2, 3]);
  });

  it(breaks('ENR-35', 'does not come while the graduation stands, nor from another than the issuer'), () => {
    expect(said(judgeRevocation(facts({ graduationStands: true }), ON, SHANXI))).toEqual([
      'ENR-35 REJECT ROLLBACK_NOT_ALLOWED',
    ]);
    const mistake = facts({ reason: 'ISSUED_BY_MISTAKE', graduationStands: true });
    expect(judgeRevocation(mistake, ON, SHANXI)).toEqual([]);
    expect(said(judgeRevocation({ ...mistake, byIssuer: false }, ON, SHANXI))).toEqual([
      'CRT-13 REJECT ISSUER_NOT_AUTHORISED',
    ]);
  });
});
