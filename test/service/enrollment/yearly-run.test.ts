import { randomUUID } from 'node:crypto';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Registration, type Told, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

type Admission = {
  id: string;
  state: string;
  dueOn: string | null;
  enrollment: { status: string; grade: number; school: { id: string } } | null;
};
type AdmitAnswer = {
  admit: { admitted: number; results: { admission: Admission | null; findings: Told[] }[] };
};

const told = 'findings { ruleId outcome code }';
const admissionFields = 'id state dueOn enrollment { status grade school { id } }';

/** From the last grade of primary school into junior school (W-12). */
describe('the yearly run', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let juniorSchool: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    const { data } = await registry.ask<{
      schools: { edges: { node: { id: string; stages: { stage: string }[] } }[] };
    }>('xiaodian', '{ schools(first: 100) { edges { node { id stages { stage } } } } }');
    juniorSchool =
      data?.schools.edges.find(({ node }) => node.stages.length === 1 && node.stages[0]?.stage === 'JUNIOR')
        ?.node.id ?? '';
  });
  afterAll(() => registry?.stop());

  const primary = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  /** Six years on: the pupil is in the graduating grade. */
  const graduating = async (sequence: number, name: string, more = {}): Promise<Registration> => {
    const waiting = await counter.registered(taiyuanPrimary, girl(sequence, { name, ...more }), {
      entryYear: schoolYearOn(new Date(registry.clock.now())),
    });
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting]);
    const approved = results[0]?.enrollment;
    if (!approved) throw new Error('Not approved');
    return approved;
  };

  const ask = async <Data>(who: Desk, name: string, type: string, selection: string, input: object) => {
    const { data, errors } = await desk.ask<Data>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    if (!data || errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };

  const graduate = async (pupils: readonly Registration[]) =>
    (
      await ask<{
        graduate: {
          done: number;
          refused: number;
          results: { enrollment: { status: string } | null; findings: Told[] }[];
          findings: Told[];
        };
      }>(
        primary.registrar,
        'graduate',
        'GraduateInput',
        `done refused results { enrollment { status } ${told} } ${told}`,
        {
          school: taiyuanPrimary,
          outcome: 'GRADUATE',
          registrations: pupils.map(({ id, version }) => ({ enrollment: id, expectedVersion: version })),
        },
      )
    ).graduate;

  const admit = async (pupils: readonly { studentNumber: string | null; name: string | null }[]) =>
    (
      await ask<AdmitAnswer>(
        schoolDesks(juniorSchool).registrar,
        'admit',
        'AdmitInput',
        `admitted results { admission { ${admissionFields} } ${told} }`,
        {
          school: juniorSchool,
          stage: 'JUNIOR',
          pupils: pupils.map(({ studentNumber, name }) => ({
            studentNumber,
            name,
            meetsPolicy: true,
            inPlan: true,
          })),
        },
      )
    ).admit;

  test(breaks('ENR-27', 'nobody is admitted before graduating, and nothing is told of a child'), async () => {
    expect(juniorSchool).toMatch(/^\d{10}$/);
    const pupil = await graduating(1, '样例未毕业');
    const { admitted, results } = await admit([
      pupil.student,
      { studentNumber: pupil.student.studentNumber, name: '别人' },
      { studentNumber: 'L140105202005069999', name: '无此人' },
    ]);
    expect(admitted).toBe(0);
    const [real, misnamed, nobody] = results;
    expect(codesOf(real?.findings ?? [])).toEqual(['NOT_GRADUATED']);
    expect(misnamed).toEqual(real);
    expect(nobody).toEqual(real);
  });

  test(breaks('ENR-30', 'nobody graduates before the graduating grade'), async () => {
    const { done, results } = await graduate([await graduating(2, '样例一年级')]);
    expect(done).toBe(0);
    expect(codesOf(results[0]?.findings ?? [])).toEqual(['GRADE_MISMATCH']);
  });

  test(
    holds(
      'ENR-27',
      'graduated, admitted, reported: the registration goes on at the next school, with the child',
    ),
    async () => {
      const pupil = await graduating(3, '样例升学');
      registry.clock.moveTo('2032-05-31T23:00:00+08:00');
      const early = await graduate([pupil]);
      expect(codesOf(early.results[0]?.findings ?? [])).toEqual(['TIME_OF_STUDY_NOT_OVER']);
      registry.clock.moveTo('2032-07-05T09:00:00+08:00');
      const graduated = await graduate([pupil]);
      expect(graduated).toMatchObject({ done: 1, findings: [] });
      const { results } = await admit([pupil.student]);
      const admission = results[0]?.admission;
      expect(admission?.state).toBe('ADMITTED');
      registry.clock.moveTo('2032-09-01T09:00:00+08:00');
      const { reportAdmitted } = await ask<{
        reportAdmitted: { reported: number; results: { admission: Admission; findings: Told[] }[] };
      }>(
        schoolDesks(juniorSchool).registrar,
        'reportAdmitted',
        'ReportAdmittedInput',
        `reported results { admission { ${admissionFields} } ${told} }`,
        { school: juniorSchool, admissions: [admission?.id], reportedOn: '2032-09-01' },
      );
      expect(reportAdmitted.results[0]?.admission).toMatchObject({
        state: 'REPORTED',
        dueOn: '2032-10-01',
        enrollment: { status: 'IN_SCHOOL', grade: 1, school: { id: juniorSchool } },
      });
      await registry.settled();
      const person = pupil.student.id;
      const active = await counter.rows<{ school: string; status: string; active: boolean }>(
        'enrollment',
        'select school, status, active from enrollment where person_id = $1 order by active',
        [person],
      );
      expect(active).toEqual([
        { school: taiyuanPrimary, status: 'GRADUATED', active: false },
        { school: juniorSchool, status: 'IN_SCHOOL', active: true },
      ]);
      const seen = await desk.ask<{ student: { name: string } | null }>(
        schoolDesks(juniorSchool).registrar,
        'query ($id: ID!) { student(id: $id) { name } }',
        { id: person },
      );
      expect(seen.data?.student?.name).toBe('样例升学');
      const counted = await counter.rows<{ school: string; stage: string }>(
        'statistics',
        'select school, stage from pupil where person_id = $1',
        [person],
      );
      expect(counted).toEqual([{ school: juniorSchool, stage: 'JUNIOR' }]);
    },
  );

  test('nobody graduates while a case runs, nor goes on: nobody could decide on it any more', async () => {
    const pupil = await graduating(7, '样例事项');
    await counter.change('enrollment', 'update enrollment set entry_year_adj = 2026 where person_id = $1', [
      pupil.student.id,
    ]);
    const opened = await desk.after(
      desk.request(primary.registrar, 'reportDeath', 'DeathInput', {
        enrollment: pupil.id,
        expectedVersion: pupil.version,
        diedOn: '2032-08-20',
        knownOn: '2032-08-25',
        evidence: [await desk.paper(primary.registrar, 'DEATH_CERTIFICATE')],
      }),
    );
    const { done, results } = await graduate([pupil]);
    expect(done).toBe(0);
    expect(codesOf(results[0]?.findings ?? [])).toEqual(['CASE_ALREADY_RUNNING']);
    const takenBack = await desk.after(
      desk.request(primary.registrar, 'withdrawEnrollmentCase', 'WithdrawEnrollmentCaseInput', {
        case: opened.id,
        expectedVersion: opened.version,
        reason: '误报',
      }),
    );
    expect(takenBack.state).toBe('WITHDRAWN');
    expect((await graduate([pupil])).done).toBe(1);
    const { results: admitted } = await admit([pupil.student]);
    const admission = admitted[0]?.admission?.id;
    const report = () =>
      ask<{ reportAdmitted: { reported: number; results: { findings: Told[] }[] } }>(
        schoolDesks(juniorSchool).registrar,
        'reportAdmitted',
        'ReportAdmittedInput',
        `reported results { ${told} }`,
        { school: juniorSchool, admissions: [admission], reportedOn: '2032-09-01' },
      );
    await desk.after(
      desk.request(primary.registrar, 'reportDeath', 'DeathInput', {
        enrollment: pupil.id,
        expectedVersion: pupil.version + 2,
        diedOn: '2032-08-20',
        knownOn: '2032-08-25',
        evidence: [await desk.paper(primary.registrar, 'DEATH_CERTIFICATE')],
      }),
    );
    const { reportAdmitted } = await report();
    expect(reportAdmitted.reported).toBe(0);
    expect(codesOf(reportAdmitted.results[0]?.findings ?? [])).toEqual(['CASE_ALREADY_RUNNING']);
  });

  test(
    breaks(
      'ENR-24',
      'a disabled graduate goes on by the assessment, and who has not graduated is told nothing of it',
    ),
    async () => {
      const pupil = await graduating(8, '样例评估', {
        ...{ isDisabled: true, disabilityType: 'HEARING', placementMode: 'INCLUSIVE' },
        ...{ assessedByExpertCommittee: true, disabilityProofs: ['DISABILITY_CERTIFICATE'] },
      });
      await counter.change('enrollment', 'update enrollment set entry_year_adj = 2026 where person_id = $1', [
        pupil.student.id,
      ]);
      const assess = async (version: number, step: string) =>
        ask<{ recordProgressAssessment: { enrollment: { version: number } } }>(
          primary.registrar,
          'recordProgressAssessment',
          'ProgressAssessmentInput',
          `enrollment { version } ${told}`,
          {
            ...{ enrollment: pupil.id, expectedVersion: version, step, supports: true },
            ...{ assessedOn: registry.clock.now().slice(0, 10), committee: '140105' },
            papers: [(await desk.paper(primary.registrar, 'ASSESSMENT')).upload],
          },
        );
      const codesOfAdmission = async () => codesOf((await admit([pupil.student])).results[0]?.findings ?? []);
      expect(await codesOfAdmission()).toEqual(['NOT_GRADUATED']);
      const { recordProgressAssessment } = await assess(pupil.version, 'GRADUATION');
      const { version } = recordProgressAssessment.enrollment;
      expect((await graduate([{ ...pupil, version }])).done).toBe(1);
      expect(await codesOfAdmission()).toEqual(['ASSESSMENT_MISSING']);
      await assess(version + 1, 'GOING_ON');
      expect((await admit([pupil.student])).admitted).toBe(1);
    },
  );

  describe('a mistaken graduation', () => {
    const back = (who: Desk, { id, version }: Registration) =>
      ask<{ revertGraduation: { enrollment: { status: string } | null; findings: Told[] } }>(
        who,
        'revertGraduation',
        'RevertGraduationInput',
        `enrollment { status } ${told}`,
        { enrollment: id, expectedVersion: version + 1, reason: '误操作' },
      );

    const graduatedOn = async (sequence: number, day: string): Promise<Registration> => {
      const pupil = await graduating(sequence, `样例回退${'甲乙'.charAt(sequence % 2)}`);
      await counter.change('enrollment', 'update enrollment set entry_year_adj = $2 where person_id = $1', [
        pupil.student.id,
        Number(day.slice(0, 4)) - 6,
      ]);
      registry.clock.moveTo(`${day}T09:00:00+08:00`);
      expect((await graduate([pupil])).done).toBe(1);
      return pupil;
    };

    test(holds('ENR-35', 'is taken back by the county on the last day of half a year'), async () => {
      const pupil = await graduatedOn(4, '2033-07-05');
      registry.clock.moveTo('2034-01-05T23:59:59+08:00');
      const { revertGraduation } = await back(county.head, pupil);
      expect(revertGraduation.enrollment?.status).toBe('IN_SCHOOL');
    });

    test(breaks('ENR-35', 'is not taken back a second later'), async () => {
      const pupil = await graduatedOn(5, '2034-07-05');
      registry.clock.moveTo('2035-01-06T00:00:00+08:00');
      const { revertGraduation } = await back(county.head, pupil);
      expect(revertGraduation.enrollment).toBeNull();
      expect(codesOf(revertGraduation.findings)).toEqual(['ROLLBACK_WINDOW_CLOSED']);
    });
  });

  test(
    holds('ENR-34', 'a mistaken admission is taken back by the authority before the pupil reports'),
    async () => {
      const pupil = await graduating(6, '样例误招');
      registry.clock.moveTo('2041-07-05T09:00:00+08:00');
      await graduate([pupil]);
      const { results } = await admit([pupil.student]);
      const admission = results[0]?.admission;
      const { revertAdmission } = await ask<{
        revertAdmission: { admission: Admission; findings: Told[] };
      }>(county.head, 'revertAdmission', 'RevertAdmissionInput', `admission { ${admissionFields} } ${told}`, {
        admission: admission?.id,
        reason: '误招',
      });
      expect(revertAdmission).toMatchObject({ admission: { state: 'ROLLED_BACK' }, findings: [] });
      const again = await admit([pupil.student]);
      expect(again.admitted).toBe(1);
    },
  );
});
