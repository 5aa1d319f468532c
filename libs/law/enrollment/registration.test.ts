import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { completeForm, idNumberBornOn, lawfulRegistration } from '../testing/registration.ts';
import { judgeRegistration, mayProceed, type RegistrationFacts } from './registration.ts';

const ON = '2026-09-01';
const judge = (changes: Partial<RegistrationFacts> = {}, place: LawPlace = SHANXI, on = ON) =>
  judgeRegistration(lawfulRegistration(changes), on, place);
const bornOn = (birthDate: string): Partial<RegistrationFacts> => ({
  form: completeForm({ birthDate, idDocumentNumber: idNumberBornOn(birthDate) }),
});
const codes = (findings: ReturnType<typeof judge>) => findings.map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('a lawful registration', () => {
  it.each([SHANXI, BEIGUAN, ELSEWHERE])('is found without fault in $county', (place) => {
    expect(judge({}, place)).toEqual([]);
    expect(mayProceed([])).toBe(true);
  });

  it('shows everything that is wrong at once, each with its input', () => {
    const findings = judge(
      {
        ...bornOn('2020-09-01'),
        grade: 2,
        form: completeForm({ name: ' ', gender: 'MALE', hasResidencePermit: true, isDisabled: true }),
        duplicates: { searched: false, hits: [] },
      },
      SHANXI,
    );
    expect(codes(findings)).toEqual([
      'ENR-09 NON_GRADE_ONE_BATCH_REQUIRED',
      'ID-23 REQUIRED_ITEM_MISSING',
      'ID-23 REQUIRED_ITEM_MISSING',
      'ID-23 REQUIRED_ITEM_MISSING',
      'ID-22 IDENTITY_DATA_MISMATCH',
      'ID-25 RESIDENCE_PERMIT_INCOMPLETE',
      'ID-25 RESIDENCE_PERMIT_INCOMPLETE',
      'ENR-20 PLACEMENT_ASSESSMENT_MISSING',
      'ID-17 DUPLICATE_CHECK_NOT_RUN',
    ]);
    expect(mayProceed(findings)).toBe(false);
    for (const { basis, remedy } of findings) {
      expect(basis.length).toBeGreaterThan(0);
      expect(remedy).toMatch(/\p{Script=Han}/u);
    }
  });

  it('says nothing of the child in any text', () => {
    const form = completeForm({
      idDocumentNumber: `${idNumberBornOn('2020-05-06').slice(0, 17)}*`,
      gender: 'MALE',
    });
    const told = JSON.stringify(judge({ form }));
    expect(told).toContain('IDENTITY_NUMBER_INVALID');
    for (const secret of ['样例', '20200506', '13800000000']) expect(told).not.toContain(secret);
  });

  it('is not judged before the first measure was in force', () => {
    expect(judge({}, SHANXI, '2013-08-31')).toMatchObject([
      { ruleId: 'ORG-25', code: 'POLICY_NOT_IN_FORCE' },
    ]);
  });

  it('can be asked about on any day since', () => {
    for (const on of ['2013-09-01', '2016-06-05', '2016-06-06', '2025-01-02', '2025-01-03', '2031-02-10']) {
      for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
        expect(judge({ duplicates: { searched: false, hits: [] } }, place, on)).toHaveLength(1);
        expect(
          judge({ ...bornOn('2021-05-06'), form: {}, channel: 'NON_GRADE_ONE_BATCH' }, place, on),
        ).toBeInstanceOf(Array);
      }
    }
  });
});
