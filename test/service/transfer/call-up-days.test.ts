import { randomUUID } from 'node:crypto';
import { addDays } from '#libs/law/dates.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  beiguanSchool,
  type Pupil,
  receiving,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
} from './transfer-desk.ts';

/** A call-up whose ten working days reach into a year that is not published; tests follow one another in time. */
describe('the last day of a call-up', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let child: Pupil;
  let waiting: Transfer;
  const others: Pupil[] = [];

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.fromBeiguan();
    for (let n = 0; n < 4; n++) others.push(await desk.fromBeiguan());
    registry.clock.moveTo('2026-12-25T09:00:00+08:00');
    waiting = await desk.awaitingReport(child);
  });
  afterAll(() => registry?.stop());

  const seen = () => desk.seen(receiving.registrar, waiting.id);
  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const publish = async (holidays: readonly string[]): Promise<void> => {
    const { directory } = desk.service().core;
    const before = (await directory.workingDays()).find(({ year }) => year === 2027)?.issue ?? 0;
    desk.counter.answered(
      await registry.ask(
        'ministry',
        'mutation ($input: PublishWorkingDaysInput!) { publishWorkingDays(input: $input) { workingDays { issue } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), year: 2027, basis: '关于2027年部分节假日安排的通知' },
            ...{ holidays, makeUpDays: [] },
          },
        },
      ),
    );
    await registry.settled();
    await desk.counter.until('the issue is known', async () =>
      (await directory.workingDays()).some(({ year, issue }) => year === 2027 && issue > before),
    );
    await desk.atRest();
  };

  test('is provisional while the year is not published, and says so', async () => {
    expect(waiting.callUp?.deadline).toEqual({ on: '2027-01-11', provisional: true });
  });

  test(breaks('ORG-28', 'cancels nothing while it is provisional'), async () => {
    await moveTo('2027-01-12T09:00:00');
    expect(await seen()).toMatchObject({ state: 'AWAIT_REPORTING' });
  });

  test(holds('ORG-28', 'is fixed when the year is published, and moved when it is issued anew'), async () => {
    await publish(['2027-01-01', '2027-01-04']);
    expect((await seen()).callUp?.deadline).toEqual({ on: '2027-01-12', provisional: false });
    await publish(['2027-01-01', '2027-01-04', '2027-01-05']);
    expect((await seen()).callUp?.deadline).toEqual({ on: '2027-01-13', provisional: false });
    expect((await seen()).state).toBe('AWAIT_REPORTING');
  });

  test(holds('TRF-33', 'is the one of the calendar in force, and cancels when it is over'), async () => {
    await moveTo('2027-01-13T23:59:59');
    expect((await seen()).state).toBe('AWAIT_REPORTING');
    await moveTo('2027-01-14T00:00:00');
    expect((await seen()).state).toBe('AUTO_CANCELLED');
  });

  test(
    holds('TRF-33', 'has one winner: the file is called up, or the case cancelled and the registration left'),
    async () => {
      const cases = [];
      for (const pupil of others) cases.push({ pupil, begun: await desk.awaitingReport(pupil) });
      const day = cases[0]?.begun.callUp?.deadline?.on ?? '';
      await moveTo(`${day}T23:59:59`);
      const called = cases.map(({ begun }) =>
        desk.tryOn(receiving.registrar, 'callUpFile', 'CallUpFileInput', {
          ...{ transfer: begun.id, expectedVersion: begun.version, reportedOn: day },
        }),
      );
      await moveTo(`${addDays(day, 1)}T00:00:00`);
      await Promise.all(called);
      await desk.atRest();
      const right = {
        HANDED_OVER: [receiving.school, 'TAKEN'],
        AUTO_CANCELLED: [beiguanSchool.school, 'RELEASED'],
      };
      for (const { pupil, begun } of cases) {
        const { state } = await desk.seen(receiving.registrar, begun.id);
        const { school } = (await desk.registrationOf(pupil.person)) ?? {};
        expect(Object.entries(right)).toContainEqual([state, [school, await desk.placeOf(begun.id)]]);
      }
    },
  );
});
