import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Batch,
  type CertificateDesk,
  certificateDeskOf,
  codesOf,
  everyCondition,
  type Pupil,
} from './certificate-desk.ts';

const county = authorityDesks('140105');
const beiguan = authorityDesks('410503');

describe('outcomes', () => {
  let registry: Registry;
  let desk: CertificateDesk;
  let senior: SchoolFact;
  let own: ReturnType<typeof schoolDesks>;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-06-22T09:00:00+08:00' });
    desk = certificateDeskOf(registry);
    senior = await desk.schoolWith('SENIOR');
    own = schoolDesks(senior.code);
  });
  afterAll(() => registry?.stop());

  const graduation = ({ person }: Pupil, conditions: object | null = everyCondition) => ({
    ...{ student: person, outcome: 'GRADUATION', conditions },
  });
  const completion = (pupil: Pupil) => ({
    ...graduation(pupil, { ...everyCondition, credits: { earned: 140, required: 144 } }),
    outcome: 'COMPLETION',
  });
  const demerit = ({ person }: Pupil, endsOn: string | null) =>
    asWorker(registry.network.service('archive').core.worker, (tx) =>
      execute(
        tx,
        `insert into archive_measure (person_id, entry, source_place, target_place, level, decided_on, ends_on)
         values ($1, 900, $2, $2, 'DEMERIT', '2026-03-02', $3)`,
        [person, senior.place, endsOn],
      ),
    );
  const uploaded = async (pupils: readonly Pupil[]): Promise<Batch> => {
    const { batch } = await desk.upload(
      own.registrar,
      pupils.map((pupil) => graduation(pupil)),
    );
    if (batch === null) throw new Error('Nothing proceeds');
    return batch;
  };

  test(
    holds('CRT-02', 'who meets all seven conditions goes to the superior authority as a graduate'),
    async () => {
      const pupils = await desk.graduating(senior, 2);
      const [first, second] = pupils;
      if (first === undefined || second === undefined) throw new Error('nobody');
      await demerit(second, '2026-06-01');
      const { batch, held } = await desk.upload(
        own.registrar,
        pupils.map((pupil) => graduation(pupil)),
      );
      expect(held).toEqual([]);
      expect(batch).toMatchObject({ state: 'UPLOADED', authority: '140105', size: 2, held: 0 });
      expect(batch?.outcomes.map(({ outcome, state }) => `${outcome} ${state}`)).toEqual([
        'GRADUATION UPLOADED',
        'GRADUATION UPLOADED',
      ]);
    },
  );

  test(
    breaks('CRT-02', 'who does not is listed with every condition that is not met, and the others proceed'),
    async () => {
      const [good, bad, punished, silent] = await desk.graduating(senior, 4);
      if (!good || !bad || !punished || !silent) throw new Error('nobody');
      await demerit(punished, null);
      const unmet = {
        ...everyCondition,
        ...{ schoolYears: 2.5, credits: { earned: 100, required: 144 }, fitnessPassed: null },
        test: [{ subject: '物理', passed: false }],
      };
      const answer = await desk.upload(own.registrar, [
        graduation(good),
        graduation(bad, unmet),
        graduation(punished),
        graduation(silent, null),
      ]);
      expect(answer.proceed).toEqual([{ id: good.person }]);
      const reasons = new Map(
        answer.held.map(({ student, findings }) => [student.id, findings.map(({ path }) => path?.[1])]),
      );
      expect(reasons.get(bad.person)).toEqual(['STUDY_TIME', 'CREDITS', 'FITNESS', 'ACADEMIC_TEST']);
      expect(reasons.get(punished.person)).toEqual(['CONDUCT']);
      expect(reasons.get(silent.person)).toHaveLength(6);
      expect(answer.held.flatMap(codesOf)).toContain('CRT-02 REJECT GRADUATION_CONDITION_NOT_MET');
      expect(answer.batch?.outcomes.filter(({ state }) => state === 'HELD')).toHaveLength(3);
    },
  );

  test(
    holds('CRT-04', 'a senior student whose time is up without meeting the conditions completes'),
    async () => {
      const [pupil] = await desk.graduating(senior, 1);
      if (!pupil) throw new Error('nobody');
      const { proceed } = await desk.upload(own.registrar, [completion(pupil)]);
      expect(proceed).toEqual([{ id: pupil.person }]);
    },
  );

  test(
    breaks('CRT-04', 'nobody completes primary or junior school, nor who meets every condition'),
    async () => {
      const junior = await desk.schoolWith('JUNIOR');
      const [child] = await desk.graduating(junior, 1);
      const [able] = await desk.graduating(senior, 1);
      if (!child || !able) throw new Error('nobody');
      const { held, batch } = await desk.upload(schoolDesks(junior.code).registrar, [
        { student: child.person, outcome: 'COMPLETION' },
      ]);
      expect(held.flatMap(codesOf)).toEqual(['CRT-04 REJECT TYPE_NOT_APPLICABLE']);
      expect(batch).toBeNull();
      const claimed = { ...graduation(able), outcome: 'COMPLETION' };
      expect((await desk.upload(own.registrar, [claimed])).held.flatMap(codesOf)).toEqual([
        'CRT-07 REJECT OUTCOME_CONTRADICTED',
      ]);
    },
  );

  test(
    breaks('CRT-05', 'nobody of a junior school is incomplete, nor who is still in senior school'),
    async () => {
      const junior = await desk.schoolWith('JUNIOR');
      const [child] = await desk.graduating(junior, 1);
      const [pupil] = await desk.graduating(senior, 1);
      if (!child || !pupil) throw new Error('nobody');
      const left = (student: string) => [{ student, outcome: 'INCOMPLETION' }];
      const { held } = await desk.upload(schoolDesks(junior.code).registrar, left(child.person));
      expect(held.flatMap(codesOf)).toEqual(['CRT-05 REJECT TYPE_NOT_APPLICABLE']);
      const { proceed } = await desk.upload(own.registrar, left(pupil.person));
      expect(proceed).toEqual([]);
    },
  );

  test('strangers, and who is uploaded already, are told apart from nothing and from nobody', async () => {
    const elsewhere = await desk.schoolWith('SENIOR', '410503');
    const [foreign] = await desk.graduating(elsewhere, 1);
    const pupils = await desk.graduating(senior, 1);
    const [pupil] = pupils;
    if (!foreign || !pupil) throw new Error('nobody');
    await uploaded(pupils);
    const { held } = await desk.upload(own.registrar, [graduation(foreign), graduation(pupil)]);
    expect(held.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
      'STUDENT_NOT_OF_SCHOOL',
      'OUTCOME_STANDS',
    ]);
    const other = await desk.ask(own.registrar, 'uploadOutcomes', 'UploadOutcomesInput', 'batch { id }', {
      school: elsewhere.code,
      outcomes: [graduation(foreign)],
    });
    expect(other.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
  });

  test(
    holds('CRT-07', 'registrar and head of the superior authority review, and the students graduate'),
    async () => {
      const pupils = await desk.graduating(senior, 2);
      const batch = await desk.reviewed(county, await uploaded(pupils));
      expect(batch).toMatchObject({ state: 'REVIEWED', size: 2 });
      expect(await desk.graduate(senior, pupils)).toMatchObject({ done: 2 });
    },
  );

  test(
    breaks(
      'CRT-07',
      'a senior student does not graduate before the outcome was reviewed, nor otherwise than reviewed',
    ),
    async () => {
      const [pupil, other] = await desk.graduating(senior, 2);
      if (!pupil || !other) throw new Error('nobody');
      const before = await desk.graduate(senior, [pupil]);
      expect(before.done).toBe(0);
      expect(before.results.flatMap(codesOf)).toEqual(['CRT-07 REJECT OUTCOME_NOT_REVIEWED']);
      const { batch } = await desk.upload(own.registrar, [completion(pupil), graduation(other)]);
      expect((await desk.graduate(senior, [pupil])).done).toBe(0);
      await desk.reviewed(county, batch);
      const asGraduate = await desk.graduate(senior, [pupil]);
      expect(asGraduate.results.flatMap(codesOf)).toEqual(['CRT-02 REJECT GRADUATION_CONDITION_NOT_MET']);
      const asCompleted = await desk.graduate(senior, [other], 'COMPLETE');
      expect(asCompleted.results.flatMap(codesOf)).toEqual(['CRT-07 REJECT OUTCOME_CONTRADICTED']);
      expect((await desk.graduate(senior, [pupil], 'COMPLETE')).done).toBe(1);
      expect((await desk.graduate(senior, [other])).done).toBe(1);
    },
  );

  test(
    holds(
      'CRT-04',
      'where no text sets conditions the claim of the school stands: a junior pupil completes as well',
    ),
    async () => {
      const elsewhere = await desk.schoolWith('JUNIOR', '410503');
      const pupils = await desk.graduating(elsewhere, 1);
      const { batch } = await desk.upload(
        schoolDesks(elsewhere.code).registrar,
        pupils.map(({ person }) => ({ student: person, outcome: 'COMPLETION' })),
      );
      expect(batch?.outcomes.map(({ outcome }) => outcome)).toEqual(['COMPLETION']);
      expect(await desk.graduate(elsewhere, pupils, 'COMPLETE')).toMatchObject({ done: 1 });
    },
  );

  test(
    breaks('CRT-07', 'nobody reviews where no text asks for it: the batch stands as it was uploaded'),
    async () => {
      const elsewhere = await desk.schoolWith('JUNIOR', '410503');
      const [pupil] = await desk.graduating(elsewhere, 1);
      const { batch } = await desk.upload(schoolDesks(elsewhere.code).registrar, [
        { student: pupil?.person, outcome: 'GRADUATION' },
      ]);
      if (batch === null) throw new Error('Nothing was uploaded');
      expect(batch).toMatchObject({ state: 'REVIEWED', overdue: false, allowedActions: [] });
      expect(codesOf(await desk.handle(beiguan.registrar, batch))).toEqual(['ACC-18 REJECT CASE_ENDED']);
    },
  );

  test(
    breaks('CRT-02', 'the record is asked as well: nobody has studied longer than the class has existed'),
    async () => {
      const [pupil] = await desk.inSchool(senior, 1, { entryYear: 2024 });
      if (!pupil) throw new Error('nobody');
      await asWorker(registry.network.service('certificate').core.worker, (tx) =>
        execute(tx, `update study set last_grade = 2 where person_id = $1`, [pupil.person]),
      );
      const { held } = await desk.upload(own.registrar, [graduation(pupil)]);
      expect(held.flatMap(({ findings }) => findings.map(({ path }) => path?.[1]))).toEqual(['STUDY_TIME']);
    },
  );

  test('one person alone never reviews, and giving back needs a reason', async () => {
    const pupils = await desk.graduating(senior, 1);
    const batch = await uploaded(pupils);
    const early = await desk.decide(county.head, batch);
    expect(codesOf(early)).toEqual(['ACC-18 REJECT STEP_NOT_HANDLED']);
    const handled = (await desk.handle(county.registrar, batch)).batch;
    if (handled === null) throw new Error('Not handled');
    const both = { ...county.head, sub: county.registrar.sub };
    expect(codesOf(await desk.decide(both, handled))).toEqual([
      'ACC-18 REJECT SAME_PERSON_HANDLES_AND_DECIDES',
    ]);
    const silent = await desk.decide(county.head, handled, { decision: 'RETURN' });
    expect(codesOf(silent)).toEqual(['ACC-18 REJECT DECISION_REASON_MISSING']);
    const returned = await desk.decide(county.head, handled, { decision: 'RETURN', reason: '学分有误' });
    expect(returned.batch?.state).toBe('RETURNED');
    expect((await uploaded(pupils)).size).toBe(1);
  });

  test('another authority hears nothing of a batch, and a stale version changes nothing', async () => {
    const batch = await uploaded(await desk.graduating(senior, 1));
    const foreign = await desk.ask(
      beiguan.registrar,
      'handleOutcomes',
      'HandleOutcomesInput',
      'batch { id }',
      {
        ...{ batch: batch.id, expectedVersion: 1 },
      },
    );
    expect(foreign.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    const stale = await desk.ask(county.registrar, 'handleOutcomes', 'HandleOutcomesInput', 'batch { id }', {
      ...{ batch: batch.id, expectedVersion: 7 },
    });
    expect(stale.errors[0]?.extensions.code).toBe('VERSION_CONFLICT');
  });

  test('a review that takes longer than ten working days is on record once', async () => {
    const batch = await uploaded(await desk.graduating(senior, 1));
    expect(batch.dueOn).toBe('2026-07-06');
    registry.clock.moveTo('2026-07-07T09:00:00+08:00');
    await registry.network.service('certificate').atRest();
    await registry.settled();
    const seen = await desk.batchOf(county.registrar, batch.id);
    expect(seen).toMatchObject({ overdue: true, allowedActions: ['HANDLE'] });
    const { data } = await desk.desk.ask<{ outcomeBatches: { edges: { node: { id: string } }[] } }>(
      county.registrar,
      '{ outcomeBatches(filter: { mine: true, overdue: true }) { edges { node { id } } } }',
    );
    expect(data?.outcomeBatches.edges.map(({ node }) => node.id)).toContain(batch.id);
  });

  test(breaks('ENR-30', 'only those who graduate or complete are late after 30 July'), async () => {
    registry.clock.moveTo('2026-07-31T09:00:00+08:00');
    const [leaver, graduate] = await desk.graduating(senior, 2);
    if (!leaver || !graduate) throw new Error('nobody');
    await asWorker(registry.network.service('certificate').core.worker, (tx) =>
      execute(tx, `update study set status = 'ABROAD', ended_on = '2026-06-30' where person_id = $1`, [
        leaver.person,
      ]),
    );
    const late = async (outcomes: object[]) =>
      (
        await desk.ask<{ findings: { code: string }[]; held: unknown[] }>(
          own.registrar,
          'uploadOutcomes',
          'UploadOutcomesInput',
          'held { findings { code } } findings { code }',
          { school: senior.code, outcomes },
        )
      ).data?.uploadOutcomes;
    expect(await late([{ student: leaver.person, outcome: 'INCOMPLETION' }])).toEqual({
      held: [],
      findings: [],
    });
    expect((await late([graduation(graduate)]))?.findings).toEqual([{ code: 'GRADUATION_OPERATION_LATE' }]);
  });
});
