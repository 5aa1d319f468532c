import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace, Stage } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type ApplicationFacts, judgeApplication } from './application.ts';
import {
  type FiledPaperFacts,
  judgeAcademicTestProof,
  judgeFiledPapers,
  judgeRequestedMaterials,
  judgeUnderAge,
  type TransferMaterial,
} from './papers.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('what a family may be asked for', () => {
  const asked = (
    materials: TransferMaterial[],
    place: LawPlace,
    { stage = 'PRIMARY' as Stage, acrossProvinces = false, on = ON } = {},
  ) => codes(judgeRequestedMaterials({ asked: materials, stage, acrossProvinces }, on, place));

  it(holds('TRF-22', 'accurate registration data and the proof of its reason'), () => {
    for (const place of PLACES) expect(asked(['REGISTRATION_INFO', 'REASON_PROOF'], place)).toEqual([]);
    expect(asked(['OTHER'], ELSEWHERE, { on: '2016-06-05' })).toEqual([]);
  });

  it(breaks('TRF-22', 'nothing more; each request is refused, once'), () => {
    for (const place of PLACES) {
      expect(asked(['OTHER', 'PAPER_APPROVAL_FORM', 'OTHER'], place)).toEqual([
        'TRF-22 REJECT MATERIAL_NOT_ALLOWED',
        'TRF-22 REJECT MATERIAL_NOT_ALLOWED',
      ]);
    }
    expect(
      asked(['ACADEMIC_TEST_PROOF'], ELSEWHERE, { stage: 'SENIOR', acrossProvinces: true }),
    ).toHaveLength(1);
    expect(asked(['ACADEMIC_TEST_PROOF'], SHANXI, { stage: 'SENIOR' })).toHaveLength(1);
    expect(asked(['ACADEMIC_TEST_PROOF'], SHANXI, { stage: 'SENIOR', acrossProvinces: true })).toEqual([]);
  });

  it(holds('TRF-45', 'a school that verifies in the platform asks for no certificate'), () => {
    expect(asked([], BEIGUAN)).toEqual([]);
  });

  it(
    breaks(
      'TRF-45',
      'the certificate of registration is abolished, in Beiguan by its measure, elsewhere by the nation',
    ),
    () => {
      expect(asked(['REGISTRATION_CERTIFICATE'], BEIGUAN)).toEqual(['TRF-45 REJECT MATERIAL_NOT_ALLOWED']);
      for (const place of [SHANXI, ELSEWHERE]) {
        expect(asked(['REGISTRATION_CERTIFICATE'], place)).toEqual(['TRF-22 REJECT MATERIAL_NOT_ALLOWED']);
      }
      expect(asked(['REGISTRATION_CERTIFICATE'], BEIGUAN, { stage: 'SENIOR' })).toEqual([
        'TRF-22 REJECT MATERIAL_NOT_ALLOWED',
      ]);
    },
  );
});

describe('what lies with a case', () => {
  const filed = (changes: Partial<FiledPaperFacts> = {}, place: LawPlace = ELSEWHERE) =>
    codes(
      judgeFiledPapers(
        { stage: 'PRIMARY', mode: 'DIGITAL', paperForm: false, reasonProofUploaded: true, ...changes },
        ON,
        place,
      ),
    );

  it(holds('TRF-23', 'no paper form, or one from the time of a fault'), () => {
    for (const place of PLACES) {
      expect(filed({}, place)).toEqual([]);
      expect(filed({ paperForm: true, mode: 'OFFLINE_FIRST' }, place)).toEqual([]);
    }
  });

  it(breaks('TRF-23', 'a paper form at any other time is warned of'), () => {
    for (const mode of ['DIGITAL', 'TRADITIONAL'] as const) {
      expect(filed({ paperForm: true, mode })).toEqual(['TRF-23 WARN PAPER_FORM_IN_NORMAL_MODE']);
    }
  });

  it(
    breaks('TRF-22', 'without the proof of the reason, which the receiving school uploads, nothing starts'),
    () => {
      expect(filed({ reasonProofUploaded: false })).toEqual(['TRF-22 REJECT REASON_PROOF_MISSING']);
    },
  );

  const test = (changes: Partial<Parameters<typeof judgeAcademicTestProof>[0]>, place: LawPlace = SHANXI) =>
    codes(
      judgeAcademicTestProof(
        { stage: 'SENIOR', acrossProvinces: true, hasSatAcademicTest: true, proofOnFile: false, ...changes },
        ON,
        place,
      ),
    );

  it(
    holds(
      'TRF-30',
      'the certificate of the sending province’s tests, or none where none were sat or none is asked',
    ),
    () => {
      expect(test({ proofOnFile: true })).toEqual([]);
      expect(test({ hasSatAcademicTest: false })).toEqual([]);
      expect(test({ acrossProvinces: false })).toEqual([]);
      expect(test({ stage: 'JUNIOR' })).toEqual([]);
      for (const place of [BEIGUAN, ELSEWHERE]) expect(test({}, place)).toEqual([]);
    },
  );

  it(breaks('TRF-30', 'in Shanxi a senior pupil from another province who sat them waits for it'), () => {
    expect(test({})).toEqual(['TRF-30 HOLD ACADEMIC_TEST_PROOF_MISSING']);
  });
});

describe('young pupils across provinces', () => {
  const young = (
    birthDate: string,
    place: LawPlace,
    changes: { acrossProvinces?: boolean; stage?: Stage } = {},
  ) =>
    codes(
      judgeUnderAge(
        { acrossProvinces: true, stage: 'PRIMARY', birthDate, schoolYear: 2026, ...changes },
        ON,
        place,
      ),
    );

  it(holds('ENR-04', 'who is six on 31 August moves as any other'), () => {
    for (const place of PLACES) expect(young('2020-08-31', place)).toEqual([]);
    expect(young('2020-09-01', SHANXI, { acrossProvinces: false })).toEqual([]);
    expect(young('2020-09-01', SHANXI, { stage: 'JUNIOR' })).toEqual([]);
  });

  it(breaks('ENR-04', 'who turns six on 1 September waits for the receiving county'), () => {
    for (const place of PLACES) {
      expect(young('2020-09-01', place)).toEqual(['ENR-04 HOLD UNDER_AGE_CROSS_PROVINCE']);
    }
  });
});

describe('who applies', () => {
  const applied = (changes: Partial<ApplicationFacts>, place: LawPlace) =>
    codes(
      judgeApplication(
        { stage: 'JUNIOR', wantedBy: 'FAMILY', guardianApplied: true, writtenApplication: false, ...changes },
        ON,
        place,
      ),
    );
  const NOBODY = { guardianApplied: false };

  it(holds('TRF-05', 'a guardian with a login, or in writing'), () => {
    for (const place of PLACES) {
      expect(applied({}, place)).toEqual([]);
      expect(applied({ guardianApplied: false, writtenApplication: true }, place)).toEqual([]);
    }
    expect(applied(NOBODY, ELSEWHERE)).toEqual([]);
    expect(applied({ ...NOBODY, stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
  });

  it(breaks('TRF-05', 'nobody else, in Shanxi and Beiguan'), () => {
    for (const place of [SHANXI, BEIGUAN]) {
      expect(applied(NOBODY, place)).toEqual(['TRF-05 REJECT GUARDIAN_APPLICATION_MISSING']);
    }
    expect(applied({ ...NOBODY, stage: 'SENIOR' }, SHANXI)).toHaveLength(1);
  });

  it(holds('TRF-44', 'a family that wants to go'), () => {
    expect(applied({ wantedBy: 'FAMILY' }, BEIGUAN)).toEqual([]);
    expect(applied({ wantedBy: 'SCHOOL', stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
    for (const place of [SHANXI, ELSEWHERE]) expect(applied({ wantedBy: 'SCHOOL' }, place)).toEqual([]);
  });

  it(breaks('TRF-44', 'in Beiguan no school orders a pupil to go, a signature or not'), () => {
    expect(applied({ wantedBy: 'SCHOOL' }, BEIGUAN)).toEqual(['TRF-44 REJECT FORCED_TRANSFER']);
    expect(applied({ wantedBy: 'SCHOOL', ...NOBODY }, BEIGUAN)).toEqual([
      'TRF-05 REJECT GUARDIAN_APPLICATION_MISSING',
      'TRF-44 REJECT FORCED_TRANSFER',
    ]);
  });
});
