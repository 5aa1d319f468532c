import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { beiguanPrimary, type Counter, codesOf, counterOf, taiyuanPrimary } from './counter.ts';
import { type MarkDesk, markDeskOf, markFields } from './mark-desk.ts';
import { oldPupil, schoolWith } from './old-pupils.ts';

/** Marks beside the state, contacts, and what is never done to a registration. */
describe('beside the state of a registration', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let marks: MarkDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    marks = markDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const school = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');
  const city = authorityDesks('140100', 'CITY');

  const pupilAt = async (code: string, entryYear = 2024) => {
    const fact = await registry.network.service('enrollment').core.directory.school(code);
    if (fact === undefined) throw new Error('No such school');
    return oldPupil(registry, fact, entryYear);
  };
  const of = ({ id, version }: { id: string; version: number }) => ({
    enrollment: id,
    expectedVersion: version,
  });
  const seenBy = async (who: Desk, id: string) => {
    const { entities } = desk.answered(
      await desk.ask<{ entities: { edges: { node: { id: string } & Record<string, unknown> }[] } }>(
        who,
        `query ($school: ID!) { entities: enrollments(filter: {school: $school}, first: 200) { edges { node {
          ${markFields} blockers { ruleId code } guardianContacts { about reached note contactedOn } } } } }`,
        { school: taiyuanPrimary },
      ),
    );
    return entities.edges.map(({ node }) => node).find((node) => node.id === id);
  };

  describe('a contact with the family', () => {
    const call = {
      contactedOn: '2026-09-01',
      means: 'PHONE',
      about: 'ABSENCE',
      reached: false,
      note: '电话无人接听',
    };

    test('is put on record with its words sealed, and shown to the school', async () => {
      const pupil = await pupilAt(taiyuanPrimary);
      await marks.marked(school.registrar, 'logGuardianContact', 'GuardianContactInput', {
        ...of(pupil),
        ...call,
      });
      expect((await seenBy(school.registrar, pupil.id))?.guardianContacts).toEqual([
        { about: 'ABSENCE', reached: false, note: '电话无人接听', contactedOn: '2026-09-01' },
      ]);
      const rows = await counter.rows<{ plain: boolean }>(
        'enrollment',
        `select position('电话' in encode(sealed, 'escape')) > 0 as plain from guardian_contact where person_id = $1`,
        [pupil.person],
      );
      expect(rows).toEqual([{ plain: false }]);
    });

    test('is not put on record before it took place, nor by another school', async () => {
      const pupil = await pupilAt(taiyuanPrimary);
      const { findings } = await marks.mark(school.registrar, 'logGuardianContact', 'GuardianContactInput', {
        ...of(pupil),
        ...call,
        contactedOn: '2026-09-03',
      });
      expect(codesOf(findings)).toEqual(['CONTACT_IN_FUTURE']);
      const { errors } = await marks.tryMark(
        schoolDesks(beiguanPrimary).registrar,
        'logGuardianContact',
        'GuardianContactInput',
        { ...of(pupil), ...call },
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    });
  });

  describe('a pupil who is missing', () => {
    const missing = { reason: 'MISSING', since: '2026-08-30', report: '8月30日起失联，家长已报警' };

    test(
      holds('ENR-62', 'keeps the registration; mark and report to the authority are one act'),
      async () => {
        const pupil = await pupilAt(beiguanPrimary);
        const registrar = schoolDesks(beiguanPrimary).registrar;
        const { enrollment, findings } = await marks.mark(registrar, 'reportAway', 'ReportAwayInput', {
          ...of(pupil),
          ...missing,
        });
        expect(findings).toEqual([]);
        expect(enrollment).toMatchObject({ status: 'IN_SCHOOL', awayReason: 'MISSING', version: 2 });
        expect(await marks.noticesOf(authorityDesks('410503').registrar, 'AWAY')).toEqual([
          {
            kind: 'AWAY',
            recipient: 'REGISTRY_AUTHORITY',
            addressee: '410503',
            sender: beiguanPrimary,
            content: missing.report,
            school: { id: beiguanPrimary },
          },
        ]);
        const cleared = await marks.marked(registrar, 'clearAway', 'RegistrationOrderInput', {
          ...of({ id: pupil.id, version: 2 }),
        });
        expect(cleared).toMatchObject({ awayReason: null, version: 3 });
      },
    );

    test('is told to the own school and its authority alone', async () => {
      const pupil = await pupilAt(taiyuanPrimary);
      await marks.marked(school.registrar, 'reportAway', 'ReportAwayInput', { ...of(pupil), ...missing });
      expect((await seenBy(county.registrar, pupil.id))?.awayReason).toBe('MISSING');
      expect(await seenBy(city.registrar, pupil.id)).toMatchObject({ awayReason: null });
      expect(await marks.noticesOf(city.registrar)).toEqual([]);
    });

    test(breaks('ENR-62', 'is not cancelled for it, whoever asks; the request is on record'), async () => {
      const pupil = await pupilAt(beiguanPrimary);
      const { enrollment, findings } = await marks.mark(
        schoolDesks(beiguanPrimary).registrar,
        'askCancellation',
        'CancellationInput',
        { ...of(pupil), reason: 'AWAY' },
      );
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toContain('CANCELLATION_FORBIDDEN_AWAY');
      await registry.settled();
      const told = await counter.rows<{ type: string }>(
        'enrollment',
        `select type from event_log where type = 'CancellationRefused' and event->'data'->>'person' = $1`,
        [pupil.person],
      );
      expect(told).toHaveLength(1);
    });
  });

  test(breaks('ENR-64', 'no registration is cancelled for another reason than a death'), async () => {
    const pupil = await pupilAt(taiyuanPrimary);
    for (const reason of ['DUPLICATE', 'DROPOUT', 'OTHER']) {
      const { enrollment, findings } = await marks.mark(
        school.registrar,
        'askCancellation',
        'CancellationInput',
        { ...of(pupil), reason },
      );
      expect(enrollment).toBeNull();
      expect(codesOf(findings)).toEqual(['CANCELLATION_REASON_NOT_ALLOWED']);
    }
  });

  describe('a stay at a specialised school', () => {
    const entered = async () => {
      const pupil = await pupilAt(taiyuanPrimary, 2022);
      const there = await marks.marked(school.registrar, 'enterSpecializedSchool', 'SpecializedSchoolInput', {
        ...of(pupil),
        since: '2026-09-01',
      });
      return { ...pupil, ...there };
    };

    test(
      holds('ENR-22', 'leaves the registration where it is; school and authority fix the grade on return'),
      async () => {
        const pupil = await entered();
        expect(pupil).toMatchObject({ status: 'IN_SCHOOL', grade: 5, atSpecializedSchool: true });
        const back = { returnedOn: '2026-09-02', grade: 4 };
        const { enrollment: proposed, findings } = await marks.mark(
          school.registrar,
          'proposeReturnGrade',
          'ReturnGradeInput',
          { ...of(pupil), ...back },
        );
        expect(codesOf(findings)).toEqual(['RETURN_GRADE_NOT_FIXED']);
        expect(proposed).toMatchObject({ grade: 5, atSpecializedSchool: true, version: 3 });
        const fixed = await marks.marked(county.head, 'fixReturnGrade', 'FixReturnGradeInput', {
          ...of({ id: pupil.id, version: 3 }),
          grade: 4,
        });
        expect(fixed).toMatchObject({ grade: 4, atSpecializedSchool: false });
      },
    );

    test(breaks('ENR-22', 'does not end with a grade that the school has not named'), async () => {
      const pupil = await entered();
      const unnamed = await marks.mark(county.head, 'fixReturnGrade', 'FixReturnGradeInput', {
        ...of(pupil),
        grade: 4,
      });
      expect(unnamed.enrollment).toBeNull();
      expect(codesOf(unnamed.findings)).toEqual(['RETURN_GRADE_NOT_FIXED']);
      const twice = await marks.mark(school.registrar, 'enterSpecializedSchool', 'SpecializedSchoolInput', {
        ...of(pupil),
        since: '2026-09-01',
      });
      expect(codesOf(twice.findings)).toEqual(['STATUS_DOES_NOT_ALLOW']);
    });

    test(
      breaks('ARC-19', 'is told by no event, and to nobody but the school and its authority'),
      async () => {
        const pupil = await entered();
        expect(await seenBy(city.registrar, pupil.id)).toMatchObject({ atSpecializedSchool: null });
        await registry.settled();
        const events = await counter.rows<{ event: unknown }>(
          'enrollment',
          `select event->'data' as event from event_log where aggregate_id = $1 and version = 2`,
          [pupil.person],
        );
        expect(JSON.stringify(events)).not.toMatch(/peciali/);
        expect(events).toHaveLength(1);
      },
    );
  });

  describe('expulsion', () => {
    const expel = (who: Desk, pupil: { id: string; version: number }) =>
      desk.request(who, 'requestExpulsion', 'ExpulsionInput', { ...of(pupil), decidedOn: '2026-09-02' });

    test(breaks('ENR-53', 'of a compulsory pupil is refused, whatever the reason'), async () => {
      const { case: none, findings } = await expel(school.registrar, await pupilAt(taiyuanPrimary));
      expect(none).toBeNull();
      expect(findings.map(({ ruleId, code }) => [ruleId, code])).toEqual([
        ['ENR-53', 'EXPULSION_FORBIDDEN_COMPULSORY'],
      ]);
    });

    test(holds('ENR-53', 'of a senior pupil is the school’s decision, by two persons'), async () => {
      const senior = await schoolWith(registry, 'SENIOR');
      const staff = schoolDesks(senior.code);
      const opened = await desk.after(expel(staff.registrar, await oldPupil(registry, senior, 2025)));
      const done = await desk.after(desk.decide(staff.head, opened, 'APPROVE'));
      expect(done.enrollment?.status).toBe('EXPELLED');
    });
  });

  describe('other leave', () => {
    const back = { returnedOn: '2026-09-02', resumeGrade: 'ORIGINAL_GRADE' };

    test(holds('ENR-58', 'ends when the pupil is back at the own school'), async () => {
      const pupil = await pupilAt(taiyuanPrimary, 2023);
      const leave = await desk.after(
        desk.request(school.registrar, 'markOtherLeave', 'OtherLeaveInput', {
          ...of(pupil),
          leftOn: '2026-05-20',
          reached: false,
          reasonKnown: false,
        }),
      );
      const gone = await desk.after(desk.decide(school.head, leave, 'APPROVE'));
      expect(gone.enrollment).toMatchObject({ status: 'LEFT_OTHER', grade: 3 });
      const opened = await desk.after(
        desk.request(school.registrar, 'markBackAtSchool', 'ResumptionInput', {
          ...of({ id: pupil.id, version: 2 }),
          ...back,
        }),
      );
      const done = await desk.after(desk.decide(school.head, opened, 'APPROVE'));
      expect(done.enrollment).toMatchObject({ status: 'IN_SCHOOL', grade: 3 });
    });

    test('cannot end for somebody who never left', async () => {
      const { findings } = await desk.request(school.registrar, 'markBackAtSchool', 'ResumptionInput', {
        ...of(await pupilAt(taiyuanPrimary)),
        ...back,
      });
      expect(findings.map(({ ruleId, code }) => [ruleId, code])).toEqual([
        ['ENR-58', 'STATUS_DOES_NOT_ALLOW'],
      ]);
    });
  });
});
