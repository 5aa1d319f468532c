import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { completeForm, idNumberBornOn, lawfulRegistration } from '../testing/registration.ts';
import type { CollectionFormFacts } from './collection-form.ts';
import { judgeRegistration, mayProceed, type RegistrationFacts } from './registration.ts';

const ON = '2026-09-01';
const judge = (changes: Partial<RegistrationFacts> = {}, place: LawPlace = SHANXI) =>
  judgeRegistration(lawfulRegistration(changes), ON, place);
const judgeForm = (changes: Partial<CollectionFormFacts>, place: LawPlace = SHANXI) =>
  judge({ form: completeForm(changes) }, place);
const codes = (findings: ReturnType<typeof judge>) => findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('the collection form', () => {
  it(
    holds('ID-23', 'a form with every marked item is complete; items 36 and 37 are for disabled pupils'),
    () => {
      expect(judgeForm({ disabilityType: null, placementMode: null, isDisabled: false })).toEqual([]);
      expect(judgeForm({ ethnicGroup: null, overseasCategory: 'FOREIGN' })).toEqual([]);
    },
  );

  it(breaks('ID-23', 'each missing item is refused by its number, the asterisk items too'), () => {
    const missing = judgeForm({ name: '', isBoarder: null, currentAddress: undefined, ethnicGroup: null });
    expect(missing.map(({ code, path }) => [code, path])).toEqual([
      ['REQUIRED_ITEM_MISSING', ['form', 'name']],
      ['REQUIRED_ITEM_MISSING', ['form', 'ethnicGroup']],
      ['REQUIRED_ITEM_MISSING', ['form', 'currentAddress']],
      ['REQUIRED_ITEM_MISSING', ['form', 'isBoarder']],
    ]);
    expect(missing[2]?.message).toContain('第10项');
  });

  it(breaks('ID-23', 'a second family member counts once entered, and somebody must be the guardian'), () => {
    const [mother] = completeForm().guardians ?? [];
    const findings = judgeForm({
      guardians: [
        { ...mother, isLegalGuardian: false },
        { ...mother, isLegalGuardian: false, phone: '' },
      ],
    });
    expect(findings.map(({ path }) => path)).toEqual([
      ['form', 'guardians', '1', 'phone'],
      ['form', 'guardians'],
    ]);
    expect(findings[0]?.message).toContain('第35项');
    expect(judgeForm({ guardians: [] })).toHaveLength(1);
  });

  it(holds('ENR-07', 'outside Shanxi the items of the identity document are enough'), () => {
    expect(judgeForm({ isBoarder: null, currentAddress: null, guardians: [] }, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ENR-07', 'outside Shanxi one of them missing is refused REQUIRED_ITEM_MISSING'), () => {
    expect(judgeForm({ name: null }, BEIGUAN)).toMatchObject([
      { ruleId: 'ENR-07', outcome: 'REJECT', code: 'REQUIRED_ITEM_MISSING', path: ['form', 'name'] },
    ]);
  });

  it(
    holds('ID-22', 'data rest on a valid document, and a child without any is registered all the same'),
    () => {
      expect(judgeForm({ idDocumentType: 'NONE', idDocumentNumber: null })).toEqual([]);
      expect(judgeForm({ idDocumentType: 'PASSPORT', idDocumentNumber: 'E12345678' })).toEqual([]);
      expect(judgeForm({ idDocumentNumber: idNumberBornOn('2020-05-06').toLowerCase() })).toEqual([]);
    },
  );

  it(
    breaks('ID-22', 'a document without number, a wrong number or data that contradict it are refused'),
    () => {
      expect(codes(judgeForm({ idDocumentNumber: ' ' }))).toEqual(['ID-22 IDENTITY_DOCUMENT_MISSING']);
      expect(codes(judgeForm({ idDocumentNumber: '140105202005060021' }))).toEqual([
        'ID-22 IDENTITY_NUMBER_INVALID',
      ]);
      expect(codes(judgeForm({ birthDate: '2020-05-07', gender: 'MALE' }))).toEqual([
        'ID-22 IDENTITY_DATA_MISMATCH',
        'ID-22 IDENTITY_DATA_MISMATCH',
      ]);
    },
  );

  it(holds('ID-25', 'a residence permit comes with issuer and date'), () => {
    const permit = {
      hasResidencePermit: true,
      residencePermitIssuer: '公安局',
      residencePermitIssueDate: '2026-01-01',
    };
    expect(judgeForm(permit)).toEqual([]);
    expect(judgeForm({ hasResidencePermit: false })).toEqual([]);
  });

  it(breaks('ID-25', 'without them the registration goes on with a warning'), () => {
    const findings = judgeForm({ hasResidencePermit: true });
    expect(findings).toMatchObject([
      { outcome: 'WARN', path: ['form', 'residencePermitIssuer'] },
      { outcome: 'WARN', path: ['form', 'residencePermitIssueDate'] },
    ]);
    expect(mayProceed(findings)).toBe(true);
  });
});

describe('a disabled child', () => {
  const disabled = (mode: string) =>
    completeForm({ isDisabled: true, disabilityType: 'HEARING', placementMode: mode });

  it(holds('ENR-20', 'it is registered at the place that the county committee has assessed'), () => {
    expect(judge({ form: disabled('SPECIAL_SCHOOL'), assessedByExpertCommittee: true })).toEqual([]);
    expect(judge({ form: disabled('SPECIAL_SCHOOL') }, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ENR-20', 'without the assessment Shanxi refuses the placement'), () => {
    expect(judge({ form: disabled('SPECIAL_SCHOOL') })).toMatchObject([
      { ruleId: 'ENR-20', outcome: 'REJECT', code: 'PLACEMENT_ASSESSMENT_MISSING' },
    ]);
  });

  it(holds('ID-26', 'an inclusive place or home teaching is proved by one of the three proofs'), () => {
    const facts = { assessedByExpertCommittee: true, disabilityProofs: ['APPRAISAL_BODY' as const] };
    expect(judge({ form: disabled('INCLUSIVE'), ...facts })).toEqual([]);
    expect(judge({ form: disabled('HOME_TEACHING'), ...facts })).toEqual([]);
  });

  it(breaks('ID-26', 'without proof it is refused DISABILITY_PROOF_MISSING'), () => {
    for (const mode of ['INCLUSIVE', 'HOME_TEACHING']) {
      expect(codes(judge({ form: disabled(mode) }, ELSEWHERE))).toEqual(['ID-26 DISABILITY_PROOF_MISSING']);
    }
  });
});
