import { randomUUID } from 'node:crypto';
import { recountNext } from '#services/transfer/workers/recount-days.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Pupil, sending, type TransferDesk, transferDeskOf, xiaodian } from './transfer-desk.ts';

/** When a step goes into the monthly report, and what calendars do to its days; tests follow one another in time. */
describe('the days of a step', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let children: Pupil[];
  let id = '';

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    children = [await desk.pupil(), await desk.pupil(), await desk.pupil(), await desk.pupil()];
  });
  const nextChild = (): Pupil => {
    const child = children.shift();
    if (child === undefined) throw new Error('No child is left');
    return child;
  };
  afterAll(() => registry?.stop());

  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const daysOf = async (transfer: string, party = 'SOURCE_SCHOOL') =>
    (
      await desk.counter.rows<{ due: string; provisional: boolean; report: string; open: boolean }>(
        'transfer',
        `select due_on::text as due, provisional, report_due_on::text as report, report_provisional as open
         from transfer_step where case_id = $1 and party = $2 and decided_at is null`,
        [transfer, party],
      )
    )[0];
  const told = async (transfer: string, type: string) =>
    (await desk.eventsOf(transfer)).filter((each) => each === type).length;
  const order = async (who: string, mutation: string, type: string, answer: string, input: object) => {
    const key = { idempotencyKey: randomUUID() };
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} findings { code } } }`;
    desk.counter.answered(await registry.ask(who, query, { input: { ...key, ...input } }));
    await registry.settled();
  };
  const setTerms = (spring: string) =>
    order('xiaodian', 'setCalendar', 'SetCalendarInput', 'calendar { region }', {
      ...{ region: '140105', schoolYear: 2026 },
      terms: [
        { term: 1, opensOn: '2026-09-01', closesOn: '2026-09-18' },
        { term: 2, opensOn: spring, closesOn: '2027-07-02' },
      ],
    });
  const publish = (year: number, holidays: string[]) =>
    order('ministry', 'publishWorkingDays', 'PublishWorkingDaysInput', 'workingDays { issue }', {
      ...{ year, holidays, makeUpDays: [], basis: `关于${year}年部分节假日安排的通知` },
    });

  test(holds('STA-01', 'the last of ten working days of a term is in time for the report'), async () => {
    ({ id } = await desk.started(nextChild()));
    expect(await daysOf(id)).toEqual({
      ...{ due: '2026-09-16', provisional: false, report: '2026-09-16', open: false },
    });
    await moveTo('2026-09-16T23:59:00');
    expect(await told(id, 'StepDueForReport')).toBe(0);
  });

  test(breaks('STA-01', 'from the next day on it goes into the report, once'), async () => {
    await moveTo('2026-09-17T00:00:00');
    expect(await told(id, 'StepDueForReport')).toBe(1);
    await moveTo('2026-09-18T09:00:00');
    expect(await told(id, 'StepDueForReport')).toBe(1);
  });

  test(holds('STA-01', 'a vacation of the unit’s county does not count for the report'), async () => {
    await setTerms('2026-10-12');
    ({ id } = await desk.started(nextChild()));
    const days = await daysOf(id);
    expect(days).toMatchObject({ report: '2026-10-23', open: false });
    expect(days?.due && days.due < '2026-10-12').toBe(true);
    expect(await daysOf(id, 'TARGET_SCHOOL')).toBeUndefined();
    await moveTo('2026-10-13T09:00:00');
    expect(await told(id, 'StepOverdueRecorded')).toBe(1);
    expect(await told(id, 'StepDueForReport')).toBe(0);
  });

  test(holds('STA-01', 'nor do its days where the county lengthens it before the day has come'), async () => {
    await setTerms('2026-10-19');
    await moveTo('2026-10-24T09:00:00');
    expect(await told(id, 'TransferStepDueMoved')).toBe(1);
    expect(await daysOf(id)).toMatchObject({ report: '2026-10-30', open: false });
    await moveTo('2026-10-30T23:59:00');
    expect(await told(id, 'StepDueForReport')).toBe(0);
  });

  test(breaks('STA-01', 'and after the vacation the rest of the ten days counts on'), async () => {
    await moveTo('2026-10-31T00:00:00');
    expect(await told(id, 'StepDueForReport')).toBe(1);
  });

  test(
    breaks('ORG-28', 'are provisional and nobody is late by them while the year is not published'),
    async () => {
      await moveTo('2026-12-28T09:00:00');
      ({ id } = await desk.started(nextChild()));
      expect(await daysOf(id)).toMatchObject({ due: '2027-01-12', provisional: true, open: true });
      await moveTo('2027-01-20T09:00:00');
      expect((await desk.seen(sending.registrar, id)).steps.at(-1)?.overdue).toBe(false);
      expect(await desk.list(xiaodian.head, { overdue: true })).not.toContain(id);
    },
  );

  test(
    holds('ORG-28', 'are fixed when it is published, and nobody is made late before that day'),
    async () => {
      await publish(2027, ['2027-01-01', '2027-01-04']);
      while (await recountNext(desk.service().core));
      expect(await daysOf(id)).toEqual({
        ...{ due: '2027-01-13', provisional: false, report: '2027-01-13', open: false },
      });
      expect(await told(id, 'TransferStepDueMoved')).toBe(1);
      await desk.atRest();
      expect((await desk.seen(sending.registrar, id)).steps.at(-1)).toMatchObject({
        ...{ deadline: '2027-01-13', provisional: false, overdue: true },
      });
      expect(await desk.list(xiaodian.head, { overdue: true })).toContain(id);
      expect(await desk.list(xiaodian.head, { overdue: false })).not.toContain(id);
    },
  );

  test(holds('ORG-28', 'move once when a year is issued anew, and not where they are over'), async () => {
    const other = await desk.started(nextChild());
    expect(await daysOf(other.id)).toMatchObject({ due: '2027-02-03', provisional: false });
    await publish(2027, ['2027-01-01', '2027-01-04', '2027-01-29']);
    while (await recountNext(desk.service().core));
    expect(await daysOf(other.id)).toMatchObject({ due: '2027-02-04', report: '2027-02-04' });
    expect(await told(other.id, 'TransferStepDueMoved')).toBe(1);
    expect(await daysOf(id)).toMatchObject({ due: '2027-01-13', report: '2027-01-13' });
    expect(await told(id, 'TransferStepDueMoved')).toBe(1);
  });
});
