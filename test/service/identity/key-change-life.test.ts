import { randomUUID } from 'node:crypto';
import { dataSchemaOf, type Envelope } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recountDueDates } from '#services/identity/recount/recount-worker.ts';
import { registrationOutcomes } from '#services/identity/registration-outcomes.ts';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, counterOf, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { plainMarks } from '#test/service/statistics/events.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** What happens to a change of key information that outlives a calendar, or a school. */
describe('a change of key information', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const core = () => registry.network.service('identity').core;
  const newPupil = async (): Promise<string> => (await desk.pupil(girl(++next))).student.id;

  describe('whose pupil goes to another school', () => {
    const handOver = async (student: string): Promise<SchoolFact> => {
      const there = await core().directory.school(otherTaiyuanPrimary);
      if (there === undefined) throw new Error('No school');
      const data = {
        person: student,
        enrollment: randomUUID(),
        school: there.code,
        place: there.place,
        province: there.province,
        stage: 'PRIMARY',
        entryYearAdj: 2026,
        lastGrade: 6,
        marks: plainMarks,
        status: 'IN_SCHOOL',
        reason: 'TRANSFER',
        from: { enrollment: randomUUID(), school: there.code, place: there.place, province: there.province },
      };
      const event: Envelope = {
        specversion: '1.0',
        id: randomUUID(),
        source: 'enrollment',
        type: EnrollmentHandedOver.type,
        time: registry.clock.now(),
        subject: student,
        dataschema: dataSchemaOf(EnrollmentHandedOver),
        datacontenttype: 'application/json',
        aggregateversion: 9,
        data,
      };
      await asWorker(core().worker, (tx) => registrationOutcomes.apply(tx, [event]));
      return there;
    };
    const there = schoolDesks(otherTaiyuanPrimary);

    test('ends while it was not approved; the new school sees it and asks anew', async () => {
      const student = await newPupil();
      const opened = await desk.after(desk.request(student, { name: '改名后' }));
      await handOver(student);
      expect(await desk.change(there.registrar, opened.id)).toMatchObject({ state: 'WITHDRAWN' });
      const { change } = await desk.request(student, { name: '新校改名' }, {}, there.registrar);
      expect(change).toMatchObject({ state: 'SCHOOL_HANDLED', steps: [{ unit: otherTaiyuanPrimary }] });
      expect((await desk.list(school.registrar, { student })).data?.keyInformationChanges.edges).toEqual([]);
    });

    test('goes on once it was approved: what fails a check is mended by the new school', async () => {
      const student = await newPupil();
      const { identityDocument } = await desk.identity(school.registrar, student);
      registry.register.setOutage(true);
      const approved = await desk.approve(await desk.after(desk.request(student, { name: '改名后' })));
      registry.register.disagreeAbout(String(identityDocument.number));
      await handOver(student);
      registry.register.setOutage(false);
      const failed = await desk.checked(approved.id, there.registrar);
      expect(failed).toMatchObject({ state: 'CHECK_FAILED', allowedActions: ['HANDLE', 'WITHDRAW'] });
      expect(failed.steps.at(-1)).toMatchObject({ party: 'SCHOOL', unit: otherTaiyuanPrimary });
    });
  });

  test('of a child who is registered anew on another form ends: the form says who the child is', async () => {
    const form = girl(++next);
    const student = (await desk.pupil(form)).student.id;
    registry.register.setOutage(true);
    const approved = await desk.approve(await desk.after(desk.request(student, { name: '改名后' })));
    await counter.change('identity', 'update person set registered = false where person_id = $1', [student]);
    await counter.change('enrollment', 'update enrollment set active = false where person_id = $1', [
      student,
    ]);
    const again = await counter.registered(otherTaiyuanPrimary, form);
    expect(again.student.id).toBe(student);
    registry.register.setOutage(false);
    const there = schoolDesks(otherTaiyuanPrimary);
    expect((await desk.change(there.registrar, approved.id)).state).toBe('WITHDRAWN');
    expect((await desk.identity(there.registrar, student)).name).toBe(form.name);
  });

  describe('in working days of a year that is not published', () => {
    const publish = async (holidays: readonly string[]) =>
      counter.answered(
        await registry.ask(
          'ministry',
          'mutation ($input: PublishWorkingDaysInput!) { publishWorkingDays(input: $input) { workingDays { issue } } }',
          {
            input: {
              idempotencyKey: randomUUID(),
              year: 2027,
              basis: '关于2027年部分节假日安排的通知',
              holidays,
              makeUpDays: [],
            },
          },
        ),
      );
    const counted = async (issue: number): Promise<void> => {
      await registry.settled();
      await counter.until('the issue is known', async () =>
        (await core().directory.workingDays()).some((year) => year.issue === issue),
      );
      while (await recountDueDates(core()));
      await registry.settled();
    };

    test(
      holds(
        'ORG-28',
        'has a provisional term, fixed on publication and moved once when the year is issued anew',
      ),
      async () => {
        const student = await newPupil();
        registry.clock.moveTo('2026-12-25T09:00:00+08:00');
        const opened = await desk.after(desk.request(student, { name: '改名后' }));
        const term = async () => {
          const { steps, version } = await desk.change(school.registrar, opened.id);
          return [steps[0]?.deadline, steps[0]?.provisional, version];
        };
        expect(await term()).toEqual(['2027-01-11', true, 1]);
        await publish(['2027-01-01', '2027-01-04']);
        await counted(1);
        expect(await term()).toEqual(['2027-01-12', false, 2]);
        await publish(['2027-01-01', '2027-01-04', '2027-01-05']);
        await counted(2);
        expect(await term()).toEqual(['2027-01-13', false, 3]);
        while (await recountDueDates(core()));
        expect(await term()).toEqual(['2027-01-13', false, 3]);
      },
    );

    test(breaks('ORG-28', 'is late for nobody by a provisional term'), async () => {
      registry.clock.moveTo('2027-12-24T09:00:00+08:00');
      const opened = await desk.after(desk.request(await newPupil(), { name: '改名后' }));
      registry.clock.moveTo('2028-02-24T09:00:00+08:00');
      const { steps } = await desk.change(school.registrar, opened.id);
      expect(steps[0]).toMatchObject({ provisional: true, overdue: false });
      const listed = desk.answered(await desk.list(school.registrar, { overdue: true }));
      expect(listed.keyInformationChanges.edges.map(({ node }) => node.id)).not.toContain(opened.id);
    });
  });
});
