import { randomUUID } from 'node:crypto';
import { ProgressAssessed } from '#libs/contracts/events/enrollment-status.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Told, taiyuanPrimary } from './counter.ts';
import { type MarkDesk, markDeskOf } from './mark-desk.ts';
import { oldPupil } from './old-pupils.ts';

type Pupil = { id: string; person: string; version: number };
type Seen = {
  id: string;
  grade: number;
  version: number;
  blockers: { ruleId: string; code: string }[];
  progressAssessments: { step: string; supports: boolean; schoolYear: number | null; papers: object[] }[];
};

/** A disabled pupil is promoted, graduates and goes on as the expert committee has assessed (ENR-24). */
describe('the progress of a disabled pupil', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let marks: MarkDesk;

  beforeAll(async () => {
    registry = await startRegistry({ start: '2026-05-12T09:00:00+08:00' });
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    marks = markDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const school = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  const pupilOf = async (entryYear: number, disabled = true): Promise<Pupil> => {
    const fact = await registry.network.service('enrollment').core.directory.school(taiyuanPrimary);
    if (fact === undefined) throw new Error('No such school');
    return oldPupil(registry, fact, entryYear, { disabled });
  };

  const inputOf = async (pupil: Pupil, more: Record<string, unknown>) => ({
    ...{
      enrollment: pupil.id,
      expectedVersion: pupil.version,
      assessedOn: '2026-05-11',
      committee: '140105',
    },
    papers: [(await desk.paper(school.registrar, 'ASSESSMENT')).upload],
    ...more,
  });
  const record = async (pupil: Pupil, more: Record<string, unknown>) =>
    marks.mark(
      school.registrar,
      'recordProgressAssessment',
      'ProgressAssessmentInput',
      await inputOf(pupil, more),
    );
  /** The pupil with the version after an assessment that was taken. */
  const assessed = async (pupil: Pupil, step: string, supports: boolean, more = {}): Promise<Pupil> => {
    const { enrollment, findings } = await record(pupil, { step, supports, ...more });
    expect(findings).toEqual([]);
    return { ...pupil, version: enrollment?.version ?? 0 };
  };

  const seenBy = async (who: Desk, { id }: Pupil): Promise<Seen | undefined> => {
    const { data } = await desk.ask<{ enrollments: { edges: { node: Seen }[] } | null }>(
      who,
      `query ($school: ID!) { enrollments(filter: {school: $school}, first: 200) { edges { node {
         id grade version blockers { ruleId code }
         progressAssessments { step supports schoolYear papers { mediaType size } } } } } }`,
      { school: taiyuanPrimary },
    );
    return data?.enrollments?.edges.map(({ node }) => node).find((node) => node.id === id);
  };

  type Graduated = { done: number; results: { id: string; findings: Told[] }[] };
  const graduate = async (input: Record<string, unknown>, outcome = 'GRADUATE') =>
    desk.answered(
      await desk.ask<{ graduate: Graduated }>(
        school.registrar,
        `mutation ($input: GraduateInput!) { graduate(input: $input) { done results { id findings { ruleId code } } } }`,
        { input: { idempotencyKey: randomUUID(), school: taiyuanPrimary, outcome, ...input } },
      ),
    ).graduate;
  const listed = (...pupils: Pupil[]) => ({
    registrations: pupils.map(({ id, version }) => ({ enrollment: id, expectedVersion: version })),
  });

  test(
    holds('ENR-24', 'an assessment is kept with its paper, told by event and shown with the pupil'),
    async () => {
      const pupil = await assessed(await pupilOf(2023), 'PROMOTION', true);
      expect(await seenBy(school.registrar, pupil)).toMatchObject({
        grade: 3,
        blockers: [],
        progressAssessments: [
          { step: 'PROMOTION', supports: true, schoolYear: 2026, papers: [{ mediaType: 'application/pdf' }] },
        ],
      });
      expect((await seenBy(county.registrar, pupil))?.progressAssessments).toHaveLength(1);
      const told = await counter.rows<{ type: string }>(
        'enrollment',
        `select type from event_log where aggregate_id = $1 and type = $2
       union all select type from outbox where aggregate_id = $1 and type = $2`,
        [pupil.person, ProgressAssessed.type],
      );
      expect(told).toHaveLength(1);
    },
  );

  test(
    breaks('ENR-24', 'it is refused of whom it does not concern, and without a committee or a paper'),
    async () => {
      const other = await pupilOf(2023, false);
      const { enrollment, findings } = await record(other, {
        step: 'GRADUATION',
        supports: true,
        assessedOn: '2026-05-13',
      });
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['ASSESSMENT_IN_FUTURE', 'ASSESSMENT_NOT_APPLICABLE']);
      const promoted = await record(await pupilOf(2020), { step: 'PROMOTION', supports: true });
      expect(codesOf(promoted.findings)).toEqual(['STEP_NOT_AHEAD']);
      for (const wrong of [{ committee: '410503' }, { papers: [] }, { papers: [randomUUID()] }]) {
        const input = await inputOf(await pupilOf(2023), { step: 'PROMOTION', supports: true, ...wrong });
        const { errors } = await marks.tryMark(
          school.registrar,
          'recordProgressAssessment',
          'ProgressAssessmentInput',
          input,
        );
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      }
    },
  );

  test(breaks('ENR-24', 'nobody else’s registrar records or reads it'), async () => {
    const pupil = await pupilOf(2023);
    const input = await inputOf(pupil, { step: 'PROMOTION', supports: true });
    const { errors } = await marks.tryMark(
      county.registrar,
      'recordProgressAssessment',
      'ProgressAssessmentInput',
      input,
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    await assessed(pupil, 'PROMOTION', true);
    expect(await seenBy(authorityDesks('410503').registrar, pupil)).toBeUndefined();
  });

  test(
    breaks('ENR-24', 'the whole grade leaves out who is not assessed, and says so; a single one is refused'),
    async () => {
      const [first, second, against] = [await pupilOf(2020), await pupilOf(2020), await pupilOf(2020)];
      const healthy = await pupilOf(2020, false);
      const refused = await assessed(against, 'GRADUATION', false);
      registry.clock.moveTo('2026-07-06T09:00:00+08:00');
      const single = await graduate(listed(first));
      expect(codesOf(single.results[0]?.findings ?? [])).toEqual(['ASSESSMENT_MISSING']);
      const ready = await assessed(second, 'GRADUATION', true);
      const { results } = await graduate({ allOfGraduatingGrade: true });
      const said = new Map(results.map(({ id, findings }) => [id, codesOf(findings)]));
      expect(said.get(first.id)).toEqual(['ASSESSMENT_MISSING']);
      expect(said.get(refused.id)).toEqual(['ASSESSMENT_NOT_SUPPORTING']);
      expect(said.get(ready.id)).toEqual([]);
      expect(said.get(healthy.id)).toEqual([]);
      const again = await assessed(refused, 'GRADUATION', true);
      expect((await graduate(listed(again))).done).toBe(1);
    },
  );

  describe('at the nationwide promotion', () => {
    const row = ({ person }: Pupil) =>
      counter.rows('enrollment', 'select xmin::text, frozen_at from enrollment where person_id = $1', [
        person,
      ]);

    test(
      holds('ENR-24', 'who is to stay keeps the grade, and the turn of the year writes no row'),
      async () => {
        const kept = await assessed(await pupilOf(2023), 'PROMOTION', false);
        const goes = await assessed(await pupilOf(2023), 'PROMOTION', true);
        const unasked = await pupilOf(2023);
        expect(await seenBy(school.registrar, kept)).toMatchObject({
          grade: 3,
          blockers: [{ ruleId: 'ENR-24', code: 'ASSESSMENT_NOT_SUPPORTING' }],
        });
        expect((await seenBy(school.registrar, unasked))?.blockers).toEqual([
          { ruleId: 'ENR-24', code: 'ASSESSMENT_MISSING' },
        ]);
        const before = await Promise.all([kept, goes, unasked].map(row));
        registry.clock.moveTo('2026-08-11T00:00:00+08:00');
        expect((await seenBy(school.registrar, kept))?.grade).toBe(3);
        expect((await seenBy(school.registrar, goes))?.grade).toBe(4);
        expect((await seenBy(school.registrar, unasked))?.grade).toBe(4);
        expect(await Promise.all([kept, goes, unasked].map(row))).toEqual(before);

        const later = await assessed(kept, 'PROMOTION', true, { schoolYear: 2026 });
        expect((await seenBy(school.registrar, later))?.grade).toBe(4);
        registry.clock.moveTo('2027-08-11T00:00:00+08:00');
        expect((await seenBy(school.registrar, later))?.grade).toBe(5);
      },
    );

    test(
      holds('ENR-28', 'who stayed for a year goes on with the next promotion, one grade behind'),
      async () => {
        const kept = await assessed(await pupilOf(2025), 'PROMOTION', false);
        registry.clock.moveTo('2028-08-11T00:00:00+08:00');
        expect((await seenBy(school.registrar, kept))?.grade).toBe(3);
        const goes = await assessed(kept, 'PROMOTION', true, { assessedOn: '2028-08-10' });
        expect((await seenBy(school.registrar, goes))?.grade).toBe(3);
        registry.clock.moveTo('2029-08-11T00:00:00+08:00');
        expect((await seenBy(school.registrar, goes))?.grade).toBe(4);
      },
    );

    test(
      holds('ENR-24', 'who stayed sits with the pupils of that grade, and keeps the seat going on with them'),
      async () => {
        const kept = await assessed(await pupilOf(2030), 'PROMOTION', false, { assessedOn: '2026-05-11' });
        registry.clock.moveTo('2033-09-01T09:00:00+08:00');
        const grade = (await seenBy(school.registrar, kept))?.grade ?? 0;
        const { createClass } = desk.answered(
          await desk.ask<{ createClass: { schoolClass: { id: string } } }>(
            school.registrar,
            `mutation ($i: CreateClassInput!) { createClass(input: $i) { schoolClass { id } } }`,
            {
              i: {
                idempotencyKey: randomUUID(),
                school: taiyuanPrimary,
                stage: 'PRIMARY',
                grade,
                name: '1班',
                capacity: 40,
              },
            },
          ),
        );
        const { assignClass } = desk.answered(
          await desk.ask<{ assignClass: { assigned: number; findings: Told[] } }>(
            school.registrar,
            `mutation ($i: AssignClassInput!) { assignClass(input: $i) { assigned findings { ruleId code } } }`,
            {
              i: {
                ...{ idempotencyKey: randomUUID(), schoolClass: createClass.schoolClass.id },
                enrollments: [{ enrollment: kept.id, expectedVersion: kept.version }],
              },
            },
          ),
        );
        expect(assignClass).toMatchObject({ assigned: 1, findings: [] });
        await assessed({ ...kept, version: kept.version + 1 }, 'PROMOTION', true);
        const rows = await counter.rows<{ class: string }>(
          'enrollment',
          'select class_id as class from enrollment where person_id = $1',
          [kept.person],
        );
        expect(rows).toEqual([{ class: createClass.schoolClass.id }]);
      },
    );
  });

  test(holds('ENR-24', 'the same request again changes nothing'), async () => {
    const pupil = await pupilOf(2032);
    const input = {
      ...(await inputOf(pupil, { step: 'PROMOTION', supports: true })),
      idempotencyKey: randomUUID(),
    };
    const send = () =>
      marks.mark(school.registrar, 'recordProgressAssessment', 'ProgressAssessmentInput', input);
    expect((await send()).enrollment?.version).toBe(2);
    expect((await send()).enrollment?.version).toBe(2);
  });
});
