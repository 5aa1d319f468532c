import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type Case, type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import {
  beiguanPrimary,
  type Counter,
  codesOf,
  counterOf,
  type Registration,
  taiyuanPrimary,
} from './counter.ts';
import { girl } from './pupils.ts';

/** What else may happen to a registration, from the school's desk to the county's. */
describe('a registration', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  const inSchool = async (sequence: number, more: Record<string, unknown> = {}): Promise<Registration> => {
    const waiting = await counter.registered(taiyuanPrimary, girl(sequence, more));
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting], { reason: '已核实' });
    const approved = results[0]?.enrollment;
    if (!approved) throw new Error('Not approved');
    return approved;
  };

  const ask = (
    mutation: string,
    type: string,
    { id, version }: Pick<Registration, 'id' | 'version'>,
    more: Record<string, unknown>,
    who = school.registrar,
  ) => desk.request(who, mutation, type, { enrollment: id, expectedVersion: version, ...more });

  /** The case through every step, with a reason where it is held. */
  const through = async (opened: Case, reason: string | null = null): Promise<Case> => {
    const confirmed = await desk.after(desk.decide(school.head, opened, 'APPROVE'));
    if (confirmed.state !== 'RUNNING') return confirmed;
    const handled = await desk.after(desk.handle(county.registrar, confirmed));
    return desk.after(desk.decide(county.head, handled, 'APPROVE', reason));
  };

  const now = ({ enrollment }: Case): Registration => {
    if (enrollment === null) throw new Error('No registration');
    return enrollment;
  };

  describe('after a death', () => {
    const died = { diedOn: '2026-08-20', knownOn: '2026-08-25' };

    test(holds('ENR-63', 'is cancelled on proof, by the school and its authority'), async () => {
      const evidence = [await desk.paper(school.registrar, 'DEATH_CERTIFICATE')];
      const opened = await desk.after(
        ask('reportDeath', 'DeathInput', await inSchool(1), { ...died, evidence }),
      );
      expect(opened.steps[0]?.deadline).toBe('2026-11-23');
      const done = now(await through(opened));
      expect(done.status).toBe('CANCELLED');
      await registry.settled();
      const rows = await counter.rows<{ status: string }>(
        'statistics',
        'select status from pupil where person_id = $1',
        [done.student.id],
      );
      expect(rows).toEqual([{ status: 'CANCELLED' }]);
    });

    test(breaks('ENR-63', 'is not cancelled without proof'), async () => {
      const { case: none, findings } = await ask('reportDeath', 'DeathInput', await inSchool(2), died);
      expect(none).toBeNull();
      expect(codesOf(findings)).toEqual(['DEATH_PROOF_MISSING']);
    });
  });

  describe('of somebody who goes abroad', () => {
    test(
      holds('ENR-66', 'is taken up again in the grade of the study record, under the same number'),
      async () => {
        const pupil = await inSchool(3);
        const document = await desk.paper(school.registrar, 'TRAVEL_DOCUMENT', 'NATION');
        const left = now(
          await through(
            await desk.after(
              ask('markAbroad', 'AbroadInput', pupil, { leavesOn: '2026-09-05', evidence: [document] }),
            ),
          ),
        );
        expect(left.status).toBe('ABROAD');
        const held = await desk.after(
          ask('markReturned', 'ReturnInput', left, { returnedOn: '2026-09-20', grade: 1 }),
        );
        expect(held.blockers.map(({ code }) => code)).toContain('STUDY_RECORD_MISSING');
        const confirmed = await desk.after(desk.decide(school.head, held, 'APPROVE'));
        const handled = await desk.after(desk.handle(county.registrar, confirmed));
        const unreasoned = await desk.decide(county.head, handled, 'APPROVE');
        expect(unreasoned.case).toBeNull();
        const back = now(
          await desk.after(desk.decide(county.head, handled, 'APPROVE', '随班就读，年级相符')),
        );
        expect(back).toMatchObject({ status: 'IN_SCHOOL', grade: 1, student: { id: pupil.student.id } });
      },
    );

    test(breaks('ENR-65', 'is not marked without a valid document'), async () => {
      const { findings } = await ask('markAbroad', 'AbroadInput', await inSchool(4), {
        leavesOn: '2026-09-05',
      });
      expect(codesOf(findings)).toEqual(['ABROAD_DOCUMENT_MISSING']);
    });
  });

  test(breaks('ENR-53', 'of a compulsory pupil is not withdrawn, whoever asks'), async () => {
    const application = await desk.paper(school.registrar, 'APPLICATION_FORM', null);
    const { case: none, findings } = await ask('requestWithdrawal', 'WithdrawalInput', await inSchool(5), {
      ground: 'GUARDIAN_REQUEST',
      formalitiesOn: '2026-09-02',
      evidence: [application],
    });
    expect(none).toBeNull();
    expect(findings.map(({ ruleId, code }) => [ruleId, code])).toEqual([
      ['ENR-53', 'WITHDRAWAL_FORBIDDEN_COMPULSORY'],
    ]);
  });

  test(breaks('ENR-58', 'is not set to other leave before three months are over'), async () => {
    const { case: none, findings } = await ask('markOtherLeave', 'OtherLeaveInput', await inSchool(6), {
      leftOn: '2026-06-02',
      reached: false,
      reasonKnown: false,
    });
    expect(none).toBeNull();
    expect(codesOf(findings)).toContain('OTHER_LEAVE_TOO_EARLY');
  });

  describe('and its grade', () => {
    test(breaks('ENR-36', 'repeating is refused in Shanxi'), async () => {
      const { findings } = await ask('requestGradeChange', 'GradeChangeInput', await inSchool(7), {
        change: 'REPEAT',
        askedBy: 'GUARDIAN',
        grade: 1,
      });
      expect(codesOf(findings)).toContain('GRADE_REPEAT_FORBIDDEN');
    });

    test(holds('ENR-52', 'skipping in Beiguan waits for the bureau’s written reason'), async () => {
      const beiguan = schoolDesks(beiguanPrimary);
      const bureau = authorityDesks('410503');
      const waiting = await counter.registered(beiguanPrimary, girl(8));
      const { results } = await counter.decide('beiguan', 'APPROVE', [waiting]);
      const pupil = results[0]?.enrollment ?? waiting;
      const opened = await desk.after(
        ask(
          'requestGradeChange',
          'GradeChangeInput',
          pupil,
          { change: 'SKIP', askedBy: 'GUARDIAN', grade: 2 },
          beiguan.registrar,
        ),
      );
      const confirmed = await desk.after(desk.decide(beiguan.head, opened, 'APPROVE'));
      const handled = await desk.after(desk.handle(bureau.registrar, confirmed));
      expect((await desk.decide(bureau.head, handled, 'APPROVE')).case).toBeNull();
      const done = now(await desk.after(desk.decide(bureau.head, handled, 'APPROVE', '确属学有余力')));
      expect(done).toMatchObject({ status: 'IN_SCHOOL', grade: 2, cohort: 2025 });
    });

    /** What Shanxi sets for skipping, once enrollment knows of it. */
    const shanxiSets = async (setting: string) => {
      counter.answered(
        await registry.ask(
          'shanxi',
          'mutation ($input: SetGradePermissionInput!) { setGradePermission(input: $input) { findings { code } } }',
          {
            input: { idempotencyKey: randomUUID(), province: '140000', kind: 'GRADE_SKIP', setting },
          },
        ),
      );
      await registry.settled();
    };
    const skip = { change: 'SKIP', askedBy: 'GUARDIAN', grade: 2 };

    test(holds('ACC-16', 'is skipped at the level that the province has named'), async () => {
      await shanxiSets('COUNTY');
      const pupil = await inSchool(11);
      const opened = await desk.after(ask('requestGradeChange', 'GradeChangeInput', pupil, skip));
      expect(now(await through(opened))).toMatchObject({ status: 'IN_SCHOOL', grade: 2 });
    });

    test(breaks('ACC-16', 'is not skipped below that level, nor where the province forbids it'), async () => {
      const pupil = await inSchool(12);
      for (const [setting, code] of [
        ['CITY', 'PERMISSION_NOT_GRANTED'],
        ['FORBIDDEN', 'GRADE_SKIP_NOT_PERMITTED'],
      ] as const) {
        await shanxiSets(setting);
        const { case: none, findings } = await ask('requestGradeChange', 'GradeChangeInput', pupil, skip);
        expect(none).toBeNull();
        expect(codesOf(findings)).toContain(code);
      }
    });

    const lower = { change: 'LOWER', askedBy: 'SCHOOL', grade: 1, assessedOn: '2027-09-01' };

    test(breaks('ENR-24', 'is not lowered for anybody who is not disabled'), async () => {
      const pupil = await inSchool(9);
      registry.clock.moveTo('2027-09-02T09:00:00+08:00');
      const { findings } = await ask('requestGradeChange', 'GradeChangeInput', pupil, {
        ...lower,
        assessmentSupports: true,
      });
      expect(codesOf(findings)).toContain('GRADE_REPEAT_FORBIDDEN');
    });

    test(holds('ENR-24', 'of a disabled pupil is lowered on the committee’s assessment'), async () => {
      const pupil = await inSchool(10, {
        birthDate: '2021-03-04',
        isDisabled: true,
        disabilityType: 'HEARING',
        placementMode: 'INCLUSIVE',
        assessedByExpertCommittee: true,
        disabilityProofs: ['DISABILITY_CERTIFICATE'],
      });
      registry.clock.moveTo('2028-09-04T09:00:00+08:00');
      const { findings } = await ask('requestGradeChange', 'GradeChangeInput', pupil, lower);
      expect(codesOf(findings)).toEqual(['ASSESSMENT_NOT_SUPPORTING']);
      const opened = await desk.after(
        ask('requestGradeChange', 'GradeChangeInput', pupil, { ...lower, assessmentSupports: true }),
      );
      expect(now(await through(opened))).toMatchObject({ status: 'IN_SCHOOL', grade: 1, cohort: 2028 });
    });
  });
});
