import { randomUUID } from 'node:crypto';
import { recountDueDates } from '#services/enrollment/recount/recount-worker.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** Due dates that reach into a year whose working days are not published, and what becomes of them (calendar, ORG-28). */
describe('due dates in working days', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let sentBack: string;
  let caseId: string;
  const { registrar } = schoolDesks(taiyuanPrimary);

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    const [waiting, pupil] = [
      await counter.registered(taiyuanPrimary, girl(1)),
      await counter.registered(taiyuanPrimary, girl(2)),
    ];
    const approved = (await counter.decide('xiaodian', 'APPROVE', [pupil])).results[0]?.enrollment;
    registry.clock.moveTo('2026-12-25T09:00:00+08:00');
    await counter.decide('xiaodian', 'RETURN', [waiting], { reason: '请补充材料' });
    sentBack = waiting.student.id;
    const opened = await desk.after(
      desk.request(registrar, 'requestSuspension', 'SuspensionInput', {
        enrollment: approved?.id,
        expectedVersion: approved?.version,
        reasonGiven: true,
        ground: 'ILLNESS',
        from: '2026-12-28',
        to: '2027-12-27',
        missedHours: 200,
        termHours: 600,
        evidence: [
          await desk.paper(registrar, 'APPLICATION_FORM', null),
          await desk.paper(registrar, 'HOSPITAL_RECORD'),
        ],
      }),
    );
    caseId = opened.id;
    counter.answered(
      await desk.ask(
        { sub: 'guardian-of-nobody', level: 'NONE', roles: ['GUARDIAN'] },
        `mutation ($input: DeferralInput!) { requestDeferral(input: $input) { deferral { id } } }`,
        {
          input: {
            idempotencyKey: randomUUID(),
            county: '140105',
            householdCounty: '140105',
            schoolYear: 2027,
            child: { name: '缓学丙', birthDate: '2021-05-06', grounds: '先天性心脏病手术后休养' },
          },
        },
      ),
    );
  }, 40_000);
  afterAll(() => registry?.stop());

  const days = async () => {
    const [registration] = await counter.rows<{ due: string; provisional: boolean }>(
      'enrollment',
      'select due_on::text as due, due_provisional as provisional from enrollment where person_id = $1',
      [sentBack],
    );
    const [step] = await counter.rows<{ due: string; provisional: boolean }>(
      'enrollment',
      `select due_on::text as due, provisional from case_step where decided_at is null`,
    );
    const [application] = await counter.rows<{ due: string; provisional: boolean }>(
      'enrollment',
      'select due_on::text as due, provisional from deferral',
    );
    return { registration, step, application };
  };
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
  /** Until enrollment knows this issue and has looked at every day under it. */
  const counted = async (issue: number): Promise<void> => {
    await registry.settled();
    const { core } = registry.network.service('enrollment');
    await counter.until('the issue is known', async () =>
      (await core.directory.workingDays()).some((year) => year.issue === issue),
    );
    while (await recountDueDates(core));
    await registry.settled();
  };
  const told = (type: string) =>
    counter.rows<{ data: Record<string, unknown> }>(
      'enrollment',
      `select event->'data' as data from event_log where type = $1 order by seq`,
      [type],
    );

  test(breaks('ORG-28', 'are provisional and fire nothing while the year is not published'), async () => {
    const provisional = { due: '2027-01-11', provisional: true };
    expect(await days()).toEqual({
      registration: provisional,
      step: provisional,
      application: provisional,
    });
    await recountDueDates(registry.network.service('enrollment').core);
    expect(await days()).toEqual({
      registration: provisional,
      step: provisional,
      application: provisional,
    });
    expect(await told('RegistrationDueMoved')).toEqual([]);
  });

  test(
    holds('ORG-28', 'are fixed once on publication, and move once when the year is issued anew'),
    async () => {
      await registry.settled();
      const before = (await told('EnrollmentCaseMoved')).length;
      await publish(['2027-01-01', '2027-01-04']);
      await counted(1);
      const fixed = { due: '2027-01-12', provisional: false };
      expect(await days()).toEqual({ registration: fixed, step: fixed, application: fixed });
      await publish(['2027-01-01', '2027-01-04', '2027-01-05']);
      await counted(2);
      const moved = { due: '2027-01-13', provisional: false };
      expect(await days()).toEqual({ registration: moved, step: moved, application: moved });
      while (await recountDueDates(registry.network.service('enrollment').core));
      expect((await told('RegistrationDueMoved')).map(({ data }) => [data.change, data.dueOn])).toEqual([
        ['FIXED', '2027-01-12'],
        ['MOVED', '2027-01-13'],
      ]);
      const turns = (await told('EnrollmentCaseMoved')).slice(before).map(({ data }) => data);
      expect(turns).toMatchObject([
        { case: caseId.split('.')[1], turn: { dueOn: '2027-01-12', provisional: false } },
        { case: caseId.split('.')[1], turn: { dueOn: '2027-01-13', provisional: false } },
      ]);
    },
  );

  test('that are issued anew without touching them stay, and nobody is told', async () => {
    const before = [await told('RegistrationDueMoved'), await told('EnrollmentCaseMoved')].map(
      ({ length }) => length,
    );
    await publish(['2027-01-01', '2027-01-04', '2027-01-05', '2027-05-04']);
    await counted(3);
    expect(await days()).toMatchObject({ registration: { due: '2027-01-13' }, step: { due: '2027-01-13' } });
    expect(
      [await told('RegistrationDueMoved'), await told('EnrollmentCaseMoved')].map(({ length }) => length),
    ).toEqual(before);
  });
});
