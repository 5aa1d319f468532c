import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import {
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  type Registration,
  taiyuanPrimary,
} from './counter.ts';
import { girl } from './pupils.ts';

/** Suspension and resumption from the school's desk to the county's (W-13). */
describe('a suspension', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const { registrar, head } = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  const inSchool = async (sequence: number): Promise<Registration> => {
    const waiting = await counter.registered(taiyuanPrimary, girl(sequence));
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting]);
    const approved = results[0]?.enrollment;
    if (!approved) throw new Error('Not approved');
    return approved;
  };

  const illness = {
    ground: 'ILLNESS',
    from: '2026-09-10',
    to: '2027-09-09',
    missedHours: 200,
    termHours: 600,
  };
  const papers = async () => [
    await desk.paper(registrar, 'APPLICATION_FORM', null),
    await desk.paper(registrar, 'HOSPITAL_RECORD'),
  ];

  const ask = async (
    { id, version }: Pick<Registration, 'id' | 'version'>,
    more: Record<string, unknown> = {},
    who: Desk = registrar,
  ) =>
    desk.request(who, 'requestSuspension', 'SuspensionInput', {
      enrollment: id,
      expectedVersion: version,
      reasonGiven: true,
      ...illness,
      evidence: await papers(),
      ...more,
    });

  const suspended = async (sequence: number): Promise<Registration> => {
    const opened = await desk.after(ask(await inSchool(sequence)));
    const confirmed = await desk.after(desk.decide(head, opened, 'APPROVE'));
    const handled = await desk.after(desk.handle(county.registrar, confirmed, { opinion: '材料齐全' }));
    const done = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
    expect(done.state).toBe('DONE');
    if (done.enrollment === null) throw new Error('No registration');
    return done.enrollment;
  };

  test(
    holds(
      'ENR-39',
      'is applied for, confirmed by the school and approved by its authority, two persons each',
    ),
    async () => {
      const pupil = await inSchool(1);
      const opened = await desk.after(ask(pupil));
      expect(opened).toMatchObject({
        kind: 'SUSPENSION',
        state: 'RUNNING',
        policyOn: '2026-09-02',
        steps: [{ party: 'SCHOOL', unit: taiyuanPrimary, overdue: false, deadline: '2026-09-16' }],
        allowedActions: ['HANDLE', 'WITHDRAW'],
      });
      const confirmed = await desk.after(desk.decide(head, opened, 'APPROVE'));
      expect(confirmed.steps.map(({ party, decision }) => [party, decision])).toEqual([
        ['SCHOOL', 'APPROVE'],
        ['AUTHORITY', null],
      ]);
      const handled = await desk.after(desk.handle(county.registrar, confirmed, { opinion: '材料齐全' }));
      const done = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
      expect(done).toMatchObject({
        state: 'DONE',
        allowedActions: [],
        enrollment: { status: 'SUSPENDED', version: pupil.version + 1, grade: 1 },
      });
      await registry.settled();
      const [row] = await counter.rows<{ status: string }>(
        'statistics',
        'select status from pupil where person_id = $1',
        [pupil.student.id],
      );
      expect(row?.status).toBe('SUSPENDED');
    },
  );

  test(
    breaks('ACC-18', 'is not decided by its own handler, nor before a handling, nor by another unit'),
    async () => {
      const opened = await desk.after(ask(await inSchool(2)));
      const both = { ...head, sub: registrar.sub };
      expect(codesOf((await desk.decide(both, opened, 'APPROVE')).findings)).toEqual([
        'SAME_PERSON_HANDLES_AND_DECIDES',
      ]);
      expect(codesOf((await desk.decide(county.head, opened, 'APPROVE')).findings)).toEqual(['ROLE_MISSING']);
      const confirmed = await desk.after(desk.decide(head, opened, 'APPROVE'));
      expect(codesOf((await desk.decide(county.head, confirmed, 'APPROVE')).findings)).toEqual([
        'STEP_NOT_HANDLED',
      ]);
    },
  );

  test(
    breaks('ENR-37', 'of less than a third of the hours is refused with everything else at once'),
    async () => {
      const { case: none, findings } = await ask(await inSchool(3), {
        missedHours: 199,
        to: '2027-09-11',
        evidence: [],
      });
      expect(none).toBeNull();
      const codes = codesOf(findings);
      expect(codes).toContain('SUSPENSION_GROUND_NOT_MET');
      expect(codes).toContain('SUSPENSION_PROOF_MISSING');
      expect(codes).toContain('SUSPENSION_TOO_LONG');
      expect(findings.every(({ basis }) => basis.length > 0)).toBe(true);
    },
  );

  test('that is given back begins again with the school, and keeps its history', async () => {
    const opened = await desk.after(ask(await inSchool(4)));
    const confirmed = await desk.after(desk.decide(head, opened, 'APPROVE'));
    const handled = await desk.after(desk.handle(county.registrar, confirmed));
    expect(codesOf((await desk.decide(county.head, handled, 'RETURN')).findings)).toEqual([
      'DECISION_REASON_MISSING',
    ]);
    const back = await desk.after(desk.decide(county.head, handled, 'RETURN', '缺少病历'));
    expect(back.steps.map(({ party, decision }) => [party, decision])).toEqual([
      ['SCHOOL', 'APPROVE'],
      ['AUTHORITY', 'RETURN'],
      ['SCHOOL', null],
    ]);
    const evidence = [await desk.paper(registrar, 'HOSPITAL_RECORD')];
    const again = await desk.after(desk.handle(registrar, back, { evidence }));
    const onward = await desk.after(desk.decide(head, again, 'APPROVE'));
    expect(onward.steps.at(-1)?.party).toBe('AUTHORITY');
  });

  test('of one pupil runs once at a time, until the school takes it back', async () => {
    const pupil = await inSchool(5);
    const opened = await desk.after(ask(pupil));
    expect(codesOf((await ask(pupil)).findings)).toContain('CASE_ALREADY_RUNNING');
    const withdrawn = await desk.after(
      desk.request(registrar, 'withdrawEnrollmentCase', 'WithdrawEnrollmentCaseInput', {
        case: opened.id,
        expectedVersion: opened.version,
        reason: '家长撤回',
      }),
    );
    expect(withdrawn.state).toBe('WITHDRAWN');
    await desk.after(ask(pupil));
  });

  test(
    breaks('PRV-12', 'is nobody’s business at another school, and its papers are its own school’s'),
    async () => {
      const pupil = await inSchool(6);
      const other = schoolDesks(otherTaiyuanPrimary);
      const { errors } = await desk.tryRequest(other.registrar, 'requestSuspension', 'SuspensionInput', {
        enrollment: pupil.id,
        expectedVersion: pupil.version,
        reasonGiven: true,
        ...illness,
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      const foreign = [await desk.paper(other.registrar, 'HOSPITAL_RECORD')];
      const answer = await desk.tryRequest(registrar, 'requestSuspension', 'SuspensionInput', {
        enrollment: pupil.id,
        expectedVersion: pupil.version,
        reasonGiven: true,
        ...illness,
        evidence: [...(await papers()), ...foreign],
      });
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      const opened = await desk.after(ask(pupil));
      const seen = await desk.ask(other.registrar, `query ($id: ID!) { enrollmentCase(id: $id) { id } }`, {
        id: opened.id,
      });
      expect(seen.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test(
    holds('ENR-47', 'ends with a resumption to the grade that was left, which is no repeating'),
    async () => {
      const pupil = await suspended(7);
      registry.clock.moveTo('2027-09-10T09:00:00+08:00');
      const evidence = [
        await desk.paper(registrar, 'APPLICATION_FORM', null),
        await desk.paper(registrar, 'FITNESS_CERTIFICATE'),
      ];
      const opened = await desk.after(
        desk.request(registrar, 'requestResumption', 'ResumptionInput', {
          enrollment: pupil.id,
          expectedVersion: pupil.version,
          resumeGrade: 'ORIGINAL_GRADE',
          returnedOn: '2027-09-10',
          evidence,
        }),
      );
      const confirmed = await desk.after(desk.decide(head, opened, 'APPROVE'));
      const handled = await desk.after(desk.handle(county.registrar, confirmed));
      const done = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
      expect(done.enrollment).toMatchObject({ status: 'IN_SCHOOL', grade: 1, cohort: 2027 });
    },
  );

  test('of two hands that decide at one moment one wins', async () => {
    const opened = await desk.after(ask(await inSchool(8), { from: '2027-09-10', to: '2028-09-09' }));
    const others = ['a', 'b'].map((name) => ({ ...head, sub: `head-${name}` }));
    const answers = await Promise.all(
      others.map((each) =>
        desk.tryRequest(each, 'decideEnrollmentCase', 'DecideEnrollmentCaseInput', {
          case: opened.id,
          expectedVersion: opened.version,
          decision: 'APPROVE',
        }),
      ),
    );
    const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(codes).toEqual(['VERSION_CONFLICT']);
  });
});
