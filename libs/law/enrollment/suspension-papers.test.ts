import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import type { IssuerLevel } from './proof.ts';
import {
  judgeSuspensionPapers,
  type SuspensionPaperFacts,
  type SuspensionProofKind,
} from './suspension-papers.ts';

const ON = '2026-09-07';
const paper = (kind: SuspensionProofKind, issuerLevel: IssuerLevel = 'COUNTY') => [{ kind, issuerLevel }];
const judge = (changes: Partial<SuspensionPaperFacts>, place: LawPlace = SHANXI, on = ON) =>
  judgeSuspensionPapers(
    {
      stage: 'PRIMARY',
      specialSchool: false,
      ground: 'ILLNESS',
      initiator: 'GUARDIAN',
      writtenApplication: true,
      proofs: [],
      ...changes,
    },
    on,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

const MISSING = 'REJECT SUSPENSION_PROOF_MISSING';

describe('the application for a suspension', () => {
  it(holds('ENR-39', 'is the written one of the guardian, and the nation asks for no paper with it'), () => {
    expect(judge({}, ELSEWHERE)).toEqual([]);
    expect(judge({}, SHANXI, '2026-02-09')).toEqual([]);
  });

  it(breaks('ENR-39', 'is missing without writing, or when the school applies where no text lets it'), () => {
    const missing = ['ENR-39 REJECT SUSPENSION_APPLICATION_MISSING'];
    expect(judge({ writtenApplication: false }, ELSEWHERE)).toEqual(missing);
    expect(judge({ initiator: 'SCHOOL', ground: 'INFECTIOUS_DISEASE' }, ELSEWHERE)).toEqual(missing);
    expect(judge({ initiator: 'SCHOOL', proofs: paper('HOSPITAL_RECORD') }, SHANXI)).toEqual(missing);
    const beiguan = { ground: 'INFECTIOUS_DISEASE', proofs: paper('INPATIENT_RECORD') } as const;
    expect(judge({ ...beiguan, initiator: 'SCHOOL' }, BEIGUAN)).toEqual(missing);
    expect(judge({ ...beiguan, initiator: 'GUARDIAN' }, BEIGUAN)).toEqual([]);
  });
});

describe('the papers of a suspension', () => {
  it(
    holds('ENR-40', 'illness is proved by a hospital of the county or above, force majeure by a department'),
    () => {
      for (const kind of ['HOSPITAL_RECORD', 'INPATIENT_RECORD', 'OTHER_VALID_PROOF'] as const) {
        expect(judge({ proofs: paper(kind) })).toEqual([]);
      }
      expect(judge({ proofs: paper('HOSPITAL_RECORD', 'NATION') })).toEqual([]);
      for (const kind of [
        'PUBLIC_SECURITY_PROOF',
        'CIVIL_AFFAIRS_PROOF',
        'OTHER_DEPARTMENT_PROOF',
      ] as const) {
        expect(judge({ ground: 'FORCE_MAJEURE', proofs: paper(kind) })).toEqual([]);
      }
    },
  );

  it(
    breaks('ENR-40', 'a lower issuer, an unknown one, the other kind of paper or no form proves nothing'),
    () => {
      expect(judge({ proofs: paper('HOSPITAL_RECORD', 'BELOW_COUNTY') })).toEqual([`ENR-40 ${MISSING}`]);
      expect(judge({ proofs: [{ kind: 'HOSPITAL_RECORD' }] })).toEqual([`ENR-40 ${MISSING}`]);
      expect(judge({ proofs: paper('PUBLIC_SECURITY_PROOF') })).toEqual([`ENR-40 ${MISSING}`]);
      expect(judge({ ground: 'FORCE_MAJEURE', proofs: paper('HOSPITAL_RECORD') })).toEqual([
        `ENR-40 ${MISSING}`,
      ]);
      expect(judge({ writtenApplication: false, proofs: paper('HOSPITAL_RECORD') })).toEqual([
        `ENR-40 ${MISSING}`,
      ]);
      expect(judge({ writtenApplication: false })).toHaveLength(2);
    },
  );

  it(
    holds('ENR-41', 'in Beiguan sickness is proved by stage and kind of school, other leave by its papers'),
    () => {
      expect(judge({ proofs: paper('INPATIENT_RECORD') }, BEIGUAN)).toEqual([]);
      expect(judge({ stage: 'JUNIOR', proofs: paper('DIAGNOSIS_CERTIFICATE') }, BEIGUAN)).toEqual([]);
      expect(
        judge({ stage: 'JUNIOR', specialSchool: true, proofs: paper('INPATIENT_RECORD') }, BEIGUAN),
      ).toEqual([]);
      const leave = { ground: 'LONG_LEAVE', proofs: [{ kind: 'LEAVE_FORM' }] } as const;
      expect(judge({ ...leave, leaveKind: 'OTHER' }, BEIGUAN)).toEqual([]);
      expect(judge({ ground: 'OTHER_SPECIAL', proofs: [{ kind: 'LEAVE_FORM' }] }, BEIGUAN)).toEqual([]);
    },
  );

  it(
    breaks('ENR-41', 'the paper of another stage, a lower hospital or no leave papers prove nothing'),
    () => {
      const missing = [`ENR-41 ${MISSING}`];
      expect(judge({ proofs: paper('DIAGNOSIS_CERTIFICATE') }, BEIGUAN)).toEqual(missing);
      expect(judge({ proofs: paper('INPATIENT_RECORD', 'BELOW_COUNTY') }, BEIGUAN)).toEqual(missing);
      expect(judge({ stage: 'JUNIOR', proofs: paper('INPATIENT_RECORD') }, BEIGUAN)).toEqual(missing);
      expect(
        judge({ stage: 'JUNIOR', specialSchool: true, proofs: paper('DIAGNOSIS_CERTIFICATE') }, BEIGUAN),
      ).toEqual(missing);
      const sickLeave = {
        ground: 'LONG_LEAVE',
        leaveKind: 'SICK',
        proofs: [{ kind: 'LEAVE_FORM' }],
      } as const;
      expect(judge(sickLeave, BEIGUAN)).toEqual(missing);
      expect(judge({ ground: 'OTHER_SPECIAL' }, BEIGUAN)).toEqual(missing);
    },
  );

  it('asks nothing of the senior schools of Beiguan, of which the district does not speak', () => {
    expect(judge({ stage: 'SENIOR' }, BEIGUAN)).toEqual([]);
  });

  it(
    holds('ENR-42', 'the school brings a disease that needs isolation with a hospital paper and no form'),
    () => {
      const isolated = {
        ground: 'INFECTIOUS_DISEASE',
        initiator: 'SCHOOL',
        writtenApplication: false,
      } as const;
      expect(judge({ ...isolated, proofs: paper('DIAGNOSIS_CERTIFICATE', 'CITY') })).toEqual([]);
    },
  );

  it(breaks('ENR-42', 'without a paper of a county-level hospital it cannot'), () => {
    const isolated = {
      ground: 'INFECTIOUS_DISEASE',
      initiator: 'SCHOOL',
      writtenApplication: false,
    } as const;
    expect(judge(isolated)).toEqual([`ENR-42 ${MISSING}`]);
    expect(judge({ ...isolated, proofs: paper('HOSPITAL_RECORD', 'BELOW_COUNTY') })).toEqual([
      `ENR-42 ${MISSING}`,
    ]);
    expect(judge({ ...isolated, proofs: paper('OTHER_VALID_PROOF') })).toEqual([`ENR-42 ${MISSING}`]);
  });
});
