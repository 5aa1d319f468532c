import { randomUUID } from 'node:crypto';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { recountDueDates } from '#services/identity/recount/recount-worker.ts';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { codes, errorsOf, type IdentityDesk, identityDeskOf, school } from './identity-desk.ts';

/** What happens to a change of information while time and the child's schooling go on. */
describe('a change of information that waits', () => {
  let registry: Registry;
  let desk: IdentityDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const waitingOf = async (student: string) => {
    const [update] = await desk.updates(school.head, { student });
    if (update === undefined) throw new Error('Nothing waits');
    return update;
  };

  test(holds('ENR-67', 'is in time to the end of the tenth working day'), async () => {
    const student = await desk.child(1);
    const entered = await desk.submit(school.registrar, student, { isBoarder: true });
    expect(entered.steps[0]).toMatchObject({ deadline: '2026-09-16', overdue: false });
    registry.clock.moveTo('2026-09-16T23:59:00+08:00');
    expect((await waitingOf(student)).blockers).toEqual([]);
    expect(await desk.updates(school.head, { overdue: true })).toEqual([]);
  });

  test(breaks('ENR-67', 'is on record from then on, and in the list of what is overdue'), async () => {
    registry.clock.moveTo('2026-09-17T00:00:00+08:00');
    const [late] = await desk.updates(school.head, { overdue: true, mine: true });
    expect(late?.steps[0]?.overdue).toBe(true);
    expect(late?.blockers).toMatchObject([{ ruleId: 'ENR-67', outcome: 'RECORD' }]);
  });

  test(holds('ORG-28', 'counts its day again when the working days of a year are published'), async () => {
    registry.clock.moveTo('2026-12-25T09:00:00+08:00');
    const student = await desk.child(2);
    const problem = await desk.report(school.registrar, student, 'FALSE_INFORMATION');
    await desk.submit(school.registrar, student, { isBoarder: true });
    const days = () =>
      desk.counter.rows<{ due: string; provisional: boolean }>(
        'identity',
        `select due_on::text as due, provisional from update_step where person_id = $1
         union all select due_on::text, provisional from problem_record where person_id = $1`,
        [student],
      );
    const provisional = { due: '2027-01-11', provisional: true };
    expect(await days()).toEqual([provisional, provisional]);
    expect(await desk.updates(school.head, { overdue: true, student })).toEqual([]);
    desk.answered(
      await registry.ask(
        'ministry',
        'mutation ($input: PublishWorkingDaysInput!) { publishWorkingDays(input: $input) { workingDays { issue } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), year: 2027, basis: '关于2027年部分节假日安排的通知' },
            ...{ holidays: ['2027-01-01', '2027-01-04'], makeUpDays: [] },
          },
        },
      ),
    );
    await registry.settled();
    const { core } = registry.network.service('identity');
    await desk.counter.until('the issue is known', async () =>
      (await core.directory.workingDays()).some(({ year }) => year === 2027),
    );
    while (await recountDueDates(core));
    await registry.settled();
    const fixed = { due: '2027-01-12', provisional: false };
    expect(await days()).toEqual([fixed, fixed]);
    expect((await waitingOf(student)).version).toBe(2);
    const [moved] = await desk.problems(school.registrar, { open: true });
    expect(moved).toMatchObject({ id: problem.id, version: 2, dueOn: '2027-01-12' });
    await recountDueDates(core);
    expect((await waitingOf(student)).version).toBe(2);
  });

  test(
    holds(
      'ENR-29',
      'is not disturbed by the nationwide promotion: same version, same turn, decided afterwards',
    ),
    async () => {
      registry.clock.moveTo('2027-08-09T09:00:00+08:00');
      const student = await desk.child(3);
      const entered = await desk.submit(school.registrar, student, { isBoarder: true });
      const problem = await desk.report(school.registrar, student, 'FALSE_INFORMATION');
      registry.clock.moveTo('2027-08-11T09:00:00+08:00');
      await registry.settled();
      const after = await waitingOf(student);
      expect(after).toMatchObject({ version: entered.version, steps: entered.steps });
      expect((await desk.problems(school.registrar, { open: true })).at(-1)).toMatchObject({
        ...{ id: problem.id, version: 1, state: 'OPEN', turn: school.registrar.school },
      });
      expect((await desk.decide(school.head, entered, 'CONFIRM')).state).toBe('APPLIED');
      expect((await desk.act(school.registrar, problem, 'VERIFY')).state).toBe('VERIFYING');
    },
  );

  test('ends with the form that it was about: another form of the child says everything anew', async () => {
    const form = girl(40, { name: '样例再报' });
    const entryYear = schoolYearOn(new Date(registry.clock.now()));
    const waiting = await desk.counter.registered(taiyuanPrimary, form, { entryYear });
    const student = waiting.student.id;
    const entered = await desk.submit(school.registrar, student, { isBoarder: true });
    const refusal = { reason: '不属于本区', ground: 'NOT_ADMITTED' };
    await desk.counter.decide('xiaodian', 'REFUSE', [waiting], refusal);
    await registry.settled();
    const again = await desk.counter.registered(taiyuanPrimary, form, { entryYear });
    expect(again.student.id).toBe(student);
    expect(await waitingOf(student)).toMatchObject({ id: entered.id, state: 'WITHDRAWN' });
  });

  test('goes with the child to the next school, whose people look at it anew', async () => {
    const junior = await desk.juniorSchool();
    const there = schoolDesks(junior);
    const student = await desk.child(4, { name: '样例升学' });
    registry.clock.moveTo('2033-07-05T09:00:00+08:00');
    const entered = await desk.submit(school.registrar, student, { isBoarder: true });
    expect(await desk.graduate([student])).toMatchObject({ done: 1 });
    const admission = await desk.admit(junior, student);
    registry.clock.moveTo('2033-09-01T09:00:00+08:00');
    await desk.reportAt(junior, admission, '2033-09-01');
    expect(errorsOf(await desk.tryDecide(school.head, entered, 'CONFIRM'))).toEqual(['OUT_OF_JURISDICTION']);
    const [moved] = await desk.updates(there.registrar, { student });
    expect(moved?.steps).toMatchObject([{ unit: junior, handledAt: null }]);
    if (moved === undefined) throw new Error('lost');
    expect(codes(desk.only(await desk.tryDecide(there.head, moved, 'CONFIRM')).findings)).toEqual([
      'ACC-18 STEP_NOT_HANDLED',
    ]);
    const handled = await desk.handle(there.registrar, moved);
    expect((await desk.decide(there.head, handled, 'CONFIRM')).state).toBe('APPLIED');
  });
});
