import { randomUUID } from 'node:crypto';
import { authorityDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { openSchool, pupilOf, type SchoolOfTests, someSchool } from './elsewhere.ts';
import {
  beiguan,
  beiguanSchool,
  codes,
  type Pupil,
  sending,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  xiaodian,
} from './transfer-desk.ts';

const across = { kind: 'CROSS_PROVINCE_TRANSFER' };

/** What the receiving place asks of pupils who come across provinces: the grade, the class, the academic test. */
describe('a transfer across provinces', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let fiveYears: SchoolOfTests;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    fiveYears = await openSchool(desk, '410502', { system: 'S54' });
  });
  afterAll(() => registry?.stop());

  const judged = ({ findings }: Pick<Transfer, 'findings'>) =>
    findings.filter(({ outcome }) => outcome !== 'WARN').map(({ code, outcome }) => `${outcome} ${code}`);
  const lower = (child: Pupil, more: Record<string, unknown> = {}) =>
    desk.initiate(fiveYears, child, { ...across, grade: 5, ...more });

  test(
    breaks('TRF-18', 'takes nobody into another grade unless nine full years are guaranteed'),
    async () => {
      const child = await pupilOf(desk, { school: sending.school, county: '140105' }, { entryYear: 2021 });
      const answer = await lower(child);
      expect(answer.transfer).toBeNull();
      expect(answer.findings.find(({ ruleId }) => ruleId === 'TRF-18')).toMatchObject({ outcome: 'REJECT' });
      const fourth = await lower(child, { grade: 4, nineYearsGuaranteed: true });
      expect(fourth.findings.find(({ ruleId }) => ruleId === 'TRF-18')).toMatchObject({ outcome: 'HOLD' });
    },
  );

  test(
    holds(
      'TRF-18',
      'takes a pupil around primary graduation into another grade with the county’s express consent',
    ),
    async () => {
      const child = await pupilOf(desk, { school: sending.school, county: '140105' }, { entryYear: 2021 });
      const draft = await desk.after(lower(child, { nineYearsGuaranteed: true }));
      expect(judged(draft)).toEqual(['HOLD GRADE_CHANGE_FORBIDDEN']);
      const begun = await desk.after(desk.decide(fiveYears.head, draft, 'APPROVE'));
      await desk.approve(sending, begun);
      await desk.approve(xiaodian, begun);
      const county = authorityDesks('410502');
      const handled = await desk.after(
        desk.handle(county.registrar, await desk.seen(county.registrar, begun.id)),
      );
      const bare = await desk.decide(county.head, handled, 'APPROVE', { note: '同意接收' });
      expect(codes(bare)).toContain('GRADE_CHANGE_FORBIDDEN');
      const approved = await desk.after(
        desk.decide(county.head, handled, 'APPROVE', { note: '学制不同，学生自愿', gradeConsent: true }),
      );
      expect(approved).toMatchObject({ state: 'AWAIT_REPORTING', blockers: [] });
    },
  );

  /** A pupil of the second senior year at a school of Beiguan. */
  const senior = async (): Promise<Pupil> => {
    const school = await someSchool(desk, '410503', 'SENIOR');
    const child = await pupilOf(desk, { school: beiguanSchool.school, county: '410503' });
    const { directory } = registry.network.service('enrollment').core;
    const place = (await directory.school(school.school))?.place;
    await desk.counter.change(
      'enrollment',
      `update enrollment set school = $2, place = $3, stage = 'SENIOR', entry_year_adj = 2025, last_grade = 3
       where person_id = $1`,
      [child.person, school.school, place],
    );
    await desk.counter.change('enrollment', 'update pupil set place = $2 where person_id = $1', [
      child.person,
      place,
    ]);
    return child;
  };
  const toSenior = async (child: Pupil, kinds: readonly string[]): Promise<Transfer> => {
    const target = await someSchool(desk, '140106', 'SENIOR');
    const evidence = await desk.papers(target.registrar);
    for (const kind of kinds)
      evidence.push({ upload: (await desk.desk.paper(target.registrar, kind)).upload, kind });
    return desk.after(
      desk.initiate(target, child, {
        ...{ ...across, stage: 'SENIOR', evidence, hasSatAcademicTest: true },
        reason: {
          ground: 'HOUSEHOLD_MOVE',
          household: { across: 'PROVINCE', withGuardians: true },
          ...{ proofChecked: true, meetsLocalRequirements: true },
          ...{ residenceMoved: true, targetAtHousehold: true },
        },
      }),
    );
  };

  test(
    breaks('TRF-30', 'waits on the receiving side for the proof of an academic test that was sat'),
    async () => {
      const draft = await toSenior(await senior(), []);
      expect(judged(draft)).toContain('HOLD ACADEMIC_TEST_PROOF_MISSING');
      expect(draft.blockers).toMatchObject([{ side: 'TARGET' }, { side: 'TARGET' }]);
      const { registrar } = await someSchool(desk, '140106', 'SENIOR');
      const { upload } = await desk.desk.paper(registrar, 'ACADEMIC_TEST_PROOF');
      const evidence = [{ upload, kind: 'ACADEMIC_TEST_PROOF' }];
      const handIn = (who: typeof registrar) =>
        desk.order(who, 'handInTransferPapers', 'HandInTransferPapersInput', {
          ...{ transfer: draft.id, expectedVersion: draft.version, evidence },
        });
      expect((await desk.after(handIn(registrar))).blockers).toHaveLength(1);
      expect((await desk.eventsOf(draft.id)).at(-1)).toBe('TransferPapersHandedIn');
    },
  );

  test(holds('TRF-30', 'goes on with that proof'), async () => {
    expect(judged(await toSenior(await senior(), ['ACADEMIC_TEST_PROOF']))).toEqual([
      'HOLD SENIOR_GROUND_NOT_MET',
    ]);
  });

  /** A second-grader of Taiyuan whose registration has moved to Beiguan. */
  const arrived = async (): Promise<string> => {
    const child = await desk.pupil();
    const draft = await desk.after(desk.initiate(beiguanSchool, child, across));
    const filed = await desk.after(
      desk.order(beiguanSchool.registrar, 'prefileTransfer', 'PrefileTransferInput', {
        ...{ transfer: draft.id, expectedVersion: draft.version },
        ...{ dataChecked: true, nature: 'MIGRANT_CHILD', proofsChecked: true },
      }),
    );
    const approved = await desk.approve(beiguan, filed, { note: '同意备案' });
    const begun = await desk.after(desk.decide(beiguanSchool.head, approved, 'APPROVE'));
    await desk.approve(sending, begun);
    await desk.approve(xiaodian, begun);
    const waiting = await desk.approve(beiguan, begun);
    await desk.after(desk.callUp(beiguanSchool.registrar, waiting, '2026-09-02'));
    await desk.atRest();
    await registry.settled();
    return child.person;
  };
  type Placed = { id: string; version: number; blockers: { ruleId: string; code: string }[] };
  const registrationOf = async (person: string): Promise<Placed> =>
    desk.desk.answered(
      await desk.desk.ask<{ student: { enrollment: Placed } }>(
        beiguanSchool.registrar,
        'query ($id: ID!) { student(id: $id) { enrollment { id version blockers { ruleId code } } } }',
        { id: person },
      ),
    ).student.enrollment;
  const blockersOf = async (person: string) =>
    (await registrationOf(person)).blockers.map(({ ruleId, code }) => `${ruleId} ${code}`);
  const newClass = async (): Promise<string> => {
    const { createClass } = desk.counter.answered(
      await desk.counter.ask<{ createClass: { schoolClass: { id: string } } }>(
        beiguanSchool.school,
        'mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: beiguanSchool.school },
            ...{ stage: 'PRIMARY', grade: 2, name: '1班' },
          },
        },
      ),
    );
    return createClass.schoolClass.id;
  };
  const place = async (person: string, schoolClass: string) => {
    const { id, version } = await registrationOf(person);
    desk.counter.answered(
      await desk.counter.ask(
        beiguanSchool.school,
        'mutation ($input: AssignClassInput!) { assignClass(input: $input) { assigned } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), schoolClass },
            enrollments: [{ enrollment: id, expectedVersion: version }],
          },
        },
      ),
    );
  };

  const arrivals = { prompt: '', late: '' };

  test(holds('TRF-48', 'ends in a class of the Beiguan school within ten working days'), async () => {
    arrivals.prompt = await arrived();
    arrivals.late = await arrived();
    registry.clock.moveTo('2026-09-16T12:00:00+08:00');
    expect(await blockersOf(arrivals.prompt)).toEqual([]);
    await place(arrivals.prompt, await newClass());
    registry.clock.moveTo('2026-09-17T09:00:00+08:00');
    expect(await blockersOf(arrivals.prompt)).toEqual([]);
  });

  test(
    breaks('TRF-48', 'is on record from the day after while no class was assigned, and later'),
    async () => {
      expect(await blockersOf(arrivals.late)).toEqual(['TRF-48 CLASS_NOT_ASSIGNED']);
      const [{ id } = { id: '' }] = await desk.counter.rows<{ id: string }>(
        'enrollment',
        'select class_id as id from school_class where school = $1',
        [beiguanSchool.school],
      );
      await place(arrivals.late, id);
      expect(await blockersOf(arrivals.late)).toEqual(['TRF-48 CLASS_NOT_ASSIGNED']);
    },
  );
});
